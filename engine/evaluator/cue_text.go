package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/ast/astutil"
	"cuelang.org/go/cue/token"
)

// cueText is a value as CUE, evaluated, with defaults in place; one that fails is written as CUE writes bottom.
func cueText(v cue.Value) string {
	n := cueSyntax(v)
	if s, ok := n.(*ast.StructLit); ok && len(s.Elts) > 0 {
		return formatted(&ast.File{Decls: s.Elts})
	}
	return formatted(n)
}

func cueSyntax(v cue.Value) ast.Node {
	return astutil.Apply(v.Syntax(cue.Final(), cue.ErrorsAsValues(true), cue.Attributes(false)), nil, func(c astutil.Cursor) bool {
		if s, ok := c.Node().(*ast.SelectorExpr); ok && pathLabel(s.Sel) == "undecided" {
			c.Replace(ast.NewIdent("_")) // a masked value
		}
		if _, ok := c.Node().(*ast.BottomLit); ok {
			ast.SetComments(c.Node(), nil) // findings say why, in an order that is stable
		}
		return true
	})
}

// rootText is the whole state as CUE.
func (d *desired) rootText(v cue.Value) string {
	if v.Err() != nil {
		return d.undecidedRoot(v)
	}
	return cueText(v)
}

// undecidedRoot is the whole state as CUE where a loop or condition at the top
// cannot be decided: its members, and in a comment what is undecided. CUE itself
// would write the expression that unifies the parts.
func (d *desired) undecidedRoot(v cue.Value) string {
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return "_|_"
	}
	var imports, members []ast.Decl
	for fields.Next() {
		kind := fields.FieldType()
		if kind&cue.OptionalConstraint != 0 {
			continue
		}
		value, used := exprOf(cueSyntax(fields.Value()))
		for _, decl := range used {
			if text := formatted(decl); !slices.ContainsFunc(imports, func(have ast.Decl) bool { return formatted(have) == text }) {
				imports = append(imports, decl)
			}
		}
		member := &ast.Field{Label: ast.NewStringLabel(fields.Selector().Unquoted()), Value: value}
		if kind&cue.RequiredConstraint != 0 {
			member.Constraint = token.NOT
		}
		members = append(members, member)
	}
	text := formatted(&ast.File{Decls: append(imports, members...)})
	for _, condition := range d.undecidedConditions(v.Err()) {
		text += "\n// undecided: " + shorten(condition)
	}
	return strings.TrimSpace(text)
}

// exprOf is what a piece of exported syntax says, apart from what it imports.
func exprOf(n ast.Node) (ast.Expr, []ast.Decl) {
	file, ok := n.(*ast.File)
	if !ok {
		x, _ := n.(ast.Expr)
		return x, nil
	}
	var imports, rest []ast.Decl
	for _, decl := range file.Decls {
		if _, ok := decl.(*ast.ImportDecl); ok {
			imports = append(imports, decl)
		} else {
			rest = append(rest, decl)
		}
	}
	if len(rest) == 1 {
		if embedded, ok := rest[0].(*ast.EmbedDecl); ok {
			return embedded.Expr, imports
		}
	}
	return &ast.StructLit{Elts: rest}, imports
}

// undecidedConditions are the loops and conditions in which an error arises, as they were written, sorted.
func (d *desired) undecidedConditions(err error) []string {
	var out []string
	for _, p := range placesOf(flatten(err)) {
		for _, around := range d.index.stackAt(p, nil) {
			if _, ok := around.(*ast.Comprehension); !ok {
				continue
			}
			if text := d.index.textOf(around); !slices.Contains(out, text) {
				out = append(out, text)
			}
			break
		}
	}
	slices.Sort(out)
	return out
}
