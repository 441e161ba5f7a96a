package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// arguments are what an attribute holds between its parentheses, as CUE reads them.
type arguments struct {
	attribute cue.Attribute
	valid     bool
}

// argumentsOf lets CUE itself read an attribute, on a dummy field.
func argumentsOf(ctx *cue.Context, a *ast.Attribute) arguments {
	v := ctx.CompileString("x: _ " + a.Text).LookupPath(cue.MakePath(cue.Str("x")))
	read := v.Attribute(strings.TrimPrefix(a.Name(), "@"))
	return arguments{read, v.Exists() && read.Err() == nil}
}

// position is the i-th argument where it has no key.
func (a arguments) position(i int) string {
	s, err := a.attribute.String(i)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(s)
}

// value is the argument `key=…`.
func (a arguments) value(key string) (string, bool) {
	s, found, err := a.attribute.Lookup(0, key)
	return strings.TrimSpace(s), found && err == nil
}

// flag says that a bare word is among the arguments.
func (a arguments) flag(word string) bool {
	found, err := a.attribute.Flag(0, word)
	return found && err == nil
}
