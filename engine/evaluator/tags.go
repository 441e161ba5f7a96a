package evaluator

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// injectTags gives every field with @tag(name) the value of the environment's
// tag of that name, as one more conjunct that stands where the attribute stands.
func (l *loader) injectTags(file *ast.File) {
	ast.Walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ListLit:
			l.refuseTags(n, "within lists")
			return false
		case *ast.Comprehension:
			l.refuseTags(n, "within comprehensions")
			return false
		case *ast.Field:
			if _, _, err := ast.LabelName(n.Label); err != nil || n.Constraint != token.ILLEGAL {
				l.refuseTags(n, "on optional and required fields and patterns, nor below them")
				return false
			}
			for _, a := range n.Attrs {
				if a.Name() == "tag" {
					l.injectTag(n, a)
				}
			}
		}
		return true
	}, nil)
}

func (l *loader) refuseTags(n ast.Node, where string) {
	ast.Walk(n, func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok {
			for _, a := range f.Attrs {
				if a.Name() == "tag" {
					l.reportPos(a.Pos(), "@tag is not allowed "+where+": put it on a field outside and refer to that")
				}
			}
		}
		return true
	}, nil)
}

func (l *loader) injectTag(f *ast.Field, a *ast.Attribute) {
	args := argumentsOf(l.ctx, a)
	name := args.position(0)
	if !args.valid || !ast.IsValidIdent(name) {
		l.reportPos(a.Pos(), "@tag needs a name: `"+a.Text+"`")
		return
	}
	l.usedTags[name] = true
	if variable, ok := args.value("var"); ok {
		l.reportPos(a.Pos(), "@tag("+name+",var="+variable+") is not the same everywhere and always: give `"+name+"` a value under the environment's tags, and leave `var` out")
		return
	}
	kind, _ := args.value("type")
	text, given := l.tags[name]
	given = given && (text != "" || kind == "" || kind == "string")
	short, _ := args.value("short")
	for _, s := range strings.Split(short, "|") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		l.usedTags[s] = true
		if value, ok := l.tags[s]; ok && value == "" {
			l.addConjunct(f, a, name, s, kind)
		}
	}
	if given {
		l.addConjunct(f, a, name, text, kind)
	}
}

func (l *loader) addConjunct(f *ast.Field, a *ast.Attribute, name, text, kind string) {
	value, problem := tagValue(text, kind)
	if problem != "" {
		l.reportPos(a.Pos(), "tag `"+name+"`: "+problem)
		return
	}
	ast.SetPos(value, a.Pos())
	l.injected[value] = true
	f.Value = ast.NewBinExpr(token.AND, f.Value, value)
}

// tagValue reads the text of a tag as the type that the attribute asks for.
func tagValue(text, kind string) (ast.Expr, string) {
	switch kind {
	case "", "string":
		return ast.NewString(text), ""
	case "bool":
		switch strings.ToLower(text) {
		case "true", "t", "1":
			return ast.NewBool(true), ""
		case "false", "f", "0":
			return ast.NewBool(false), ""
		}
		return nil, "`" + text + "` is no bool"
	case "int", "number":
		var number literal.NumInfo
		if literal.ParseNum(text, &number) != nil || kind == "int" && !number.IsInt() {
			return nil, "`" + text + "` is no " + kind
		}
		if number.IsInt() {
			return ast.NewLit(token.INT, text), ""
		}
		return ast.NewLit(token.FLOAT, text), ""
	}
	return nil, "type `" + kind + "` is none of string, int, number, bool"
}

// reportUnusedTags complains about tags that no fragment reads: most often a misspelling.
func (l *loader) reportUnusedTags() {
	for _, name := range slices.Sorted(maps.Keys(l.tags)) {
		if !l.usedTags[name] {
			l.reportAt(place{}, "no fragment has `@tag("+name+")` or `@if("+name+")`: the environment sets a tag that nothing reads")
		}
	}
}
