package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/ast/astutil"
	"cuelang.org/go/cue/parser"
)

// mostInlined bounds how many references are written out in one value.
const mostInlined = 200

// selfContained is a value as syntax that needs nothing around it. CUE writes what
// a value refers to as `let` clauses; definitions and helpers take the place of
// their names, so that names do not show. What refers to data keeps its clause.
func selfContained(v cue.Value) ast.Node {
	n := v.Syntax(cue.Attributes(false))
	lets := map[string]*ast.LetClause{}
	clauses := func(decls []ast.Decl) (rest []ast.Decl) {
		for _, d := range decls {
			if let, ok := d.(*ast.LetClause); ok && namesNoData(let) {
				lets[let.Ident.Name] = let
				continue
			}
			rest = append(rest, d)
		}
		return rest
	}
	switch x := n.(type) {
	case *ast.StructLit:
		x.Elts = clauses(x.Elts)
	case *ast.File:
		x.Decls = clauses(x.Decls)
		for _, d := range x.Decls {
			if embedded, ok := d.(*ast.EmbedDecl); ok {
				if s, ok := embedded.Expr.(*ast.StructLit); ok {
					s.Elts = clauses(s.Elts)
				}
			}
		}
	}
	if len(lets) == 0 {
		return n
	}
	left := mostInlined
	return inlined(n, lets, &left, nil)
}

// inlined puts what names stand for in their place; open are those on the way.
func inlined(n ast.Node, lets map[string]*ast.LetClause, left *int, open []string) ast.Node {
	return astutil.Apply(n, nil, func(c astutil.Cursor) bool {
		id, ok := c.Node().(*ast.Ident)
		if !ok || lets[id.Name] == nil || *left == 0 {
			return true
		}
		switch parent := c.Parent().Node().(type) {
		case *ast.Field:
			if ast.Node(parent.Label) == ast.Node(id) {
				return true
			}
		case *ast.SelectorExpr:
			if ast.Node(parent.Sel) == ast.Node(id) {
				return true
			}
		}
		for _, name := range open {
			if name == id.Name {
				return true // it holds itself, and so cannot stand alone
			}
		}
		*left--
		text := formatted(lets[id.Name].Expr)
		if x, err := parser.ParseExpr("", text); err == nil {
			if again, ok := inlined(x, lets, left, append(open, id.Name)).(ast.Expr); ok {
				c.Replace(&ast.ParenExpr{X: again})
			}
		}
		return true
	})
}

// namesNoData says that a clause of CUE's stands for a definition or a helper.
func namesNoData(let *ast.LetClause) bool {
	for _, group := range ast.Comments(let) {
		for _, comment := range group.List {
			path, ok := strings.CutPrefix(comment.Text, "//cue:path: ")
			if !ok {
				continue
			}
			last := path[strings.LastIndexByte(path, '.')+1:]
			return path != "#observed" && (strings.HasPrefix(last, "#") || strings.HasPrefix(last, "_"))
		}
	}
	return false
}
