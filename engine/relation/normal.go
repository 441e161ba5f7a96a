package relation

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/token"
)

// Normal is the text of an expression in which neither order nor repetition of
// conjuncts and alternatives shows, nor parentheses, marks of defaults, and
// alternatives that only say why nothing else fits.
func Normal(x ast.Expr) string {
	parts := flat(x, token.AND)
	if len(parts) > 1 {
		return strings.Join(normals(parts), " & ")
	}
	branches := branchesOf(parts[0])
	if len(branches) != 1 {
		return "(" + strings.Join(normals(branches), " | ") + ")"
	}
	if branches[0] != x {
		return Normal(branches[0])
	}
	text, err := format.Node(x, format.Simplify())
	if err != nil {
		return "_|_"
	}
	return string(text)
}

// normals are the normal texts of a list, sorted, each once.
func normals(list []ast.Expr) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, Normal(x))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// flat are the operands of a chain of one operator; one expression if it is none.
func flat(x ast.Expr, op token.Token) []ast.Expr {
	x = unwrapped(x)
	if b, ok := x.(*ast.BinaryExpr); ok && b.Op == op {
		return append(flat(b.X, op), flat(b.Y, op)...)
	}
	return []ast.Expr{x}
}

// branchesOf are the alternatives of an expression but those that fail whatever is given.
func branchesOf(x ast.Expr) []ast.Expr {
	all := flat(x, token.OR)
	if len(all) == 1 {
		return all
	}
	out := slices.DeleteFunc(slices.Clone(all), fails)
	if len(out) == 0 {
		return all[:1]
	}
	return out
}

// fails says that an expression is bottom as it is written: `_|_`, `error("…")`.
func fails(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BottomLit:
		return true
	case *ast.CallExpr:
		name, ok := x.Fun.(*ast.Ident)
		return ok && name.Name == "error"
	}
	return false
}

// unwrapped is an expression without what only wraps it: parentheses, the mark of
// a default, braces around nothing but it.
func unwrapped(x ast.Expr) ast.Expr {
	switch y := x.(type) {
	case *ast.ParenExpr:
		return unwrapped(y.X)
	case *ast.UnaryExpr:
		if y.Op == token.MUL {
			return unwrapped(y.X)
		}
	case *ast.StructLit:
		if len(y.Elts) == 1 {
			if embedded, ok := y.Elts[0].(*ast.EmbedDecl); ok {
				return unwrapped(embedded.Expr)
			}
		}
	}
	return x
}

// bare is an expression without marks of defaults among its own alternatives;
// those inside structs and lists stay.
func bare(x ast.Expr) ast.Expr {
	switch y := x.(type) {
	case *ast.ParenExpr:
		return &ast.ParenExpr{X: bare(y.X)}
	case *ast.UnaryExpr:
		if y.Op == token.MUL {
			return bare(y.X)
		}
	case *ast.BinaryExpr:
		if y.Op == token.OR || y.Op == token.AND {
			return &ast.BinaryExpr{X: bare(y.X), Op: y.Op, Y: bare(y.Y)}
		}
	}
	return x
}

// split is what a piece of syntax imports and the expression that it is.
func split(n ast.Node) (imports []ast.Decl, expr ast.Expr) {
	file, ok := n.(*ast.File)
	if !ok {
		x, _ := n.(ast.Expr)
		return nil, x
	}
	var rest []ast.Decl
	for _, decl := range file.Decls {
		if _, ok := decl.(*ast.ImportDecl); ok {
			imports = append(imports, decl)
		} else {
			rest = append(rest, decl)
		}
	}
	return imports, unwrapped(&ast.StructLit{Elts: rest})
}

// written is the text of an expression with the imports that it uses.
func written(imports []ast.Decl, expr ast.Expr) (string, error) {
	names := map[string]bool{}
	ast.Walk(expr, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	}, nil)
	var decls []ast.Decl
	for _, decl := range imports {
		if d, ok := decl.(*ast.ImportDecl); ok {
			for _, spec := range d.Specs {
				if names[importName(spec)] {
					decls = append(decls, &ast.ImportDecl{Specs: []*ast.ImportSpec{spec}})
				}
			}
		}
	}
	text, err := format.Node(&ast.File{Decls: append(decls, &ast.EmbedDecl{Expr: expr})})
	return string(text), err
}

// importName is the name by which an import is used.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	path := strings.Trim(spec.Path.Value, `"`)
	return path[strings.LastIndexAny(path, "/:")+1:]
}
