package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// staysOpen says that a definition of this text refuses no label at any place: all
// structs that it is made of are written open, or in other definitions. Where the
// text does not show that, it says no.
func staysOpen(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BasicLit, *ast.BottomLit, *ast.Interpolation:
		return true
	case *ast.UnaryExpr:
		return x.Op != token.MUL || staysOpen(x.X)
	case *ast.BinaryExpr:
		return x.Op != token.AND && x.Op != token.OR || staysOpen(x.X) && staysOpen(x.Y)
	case *ast.ParenExpr:
		return staysOpen(x.X)
	case *ast.Ident:
		return namesDefinition(x.Name) || x.Name == "_" || x.Node == nil && syntax.IsPredeclared(x.Name) || isLabelAlias(x)
	case *ast.SelectorExpr:
		label, ok := x.Sel.(*ast.Ident)
		return ok && namesDefinition(label.Name) || isInDefinition(x)
	case *ast.IndexExpr:
		return isInDefinition(x)
	case *ast.CallExpr:
		return !slices.ContainsFunc(x.Args, func(arg ast.Expr) bool { return !staysOpen(arg) })
	case *ast.ListLit:
		return !slices.ContainsFunc(x.Elts, func(e ast.Expr) bool {
			rest, ok := e.(*ast.Ellipsis)
			return ok && rest.Type != nil && !staysOpen(rest.Type) || !ok && !staysOpen(e)
		})
	case *ast.StructLit:
		return slices.ContainsFunc(x.Elts, permitsAny) && declsStayOpen(x.Elts)
	}
	return false
}

// isInDefinition says that an expression selects from a definition, which is judged
// with all that it holds where it is declared.
func isInDefinition(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return namesDefinition(x.Name)
	case *ast.SelectorExpr:
		return isInDefinition(x.X)
	case *ast.IndexExpr:
		return isInDefinition(x.X)
	}
	return false
}

// isLabelAlias says that a name stands for the label of the pattern around it.
func isLabelAlias(x *ast.Ident) bool {
	f, ok := x.Scope.(*ast.Field)
	return ok && syntax.Pattern(f) != nil && x.Node == ast.Node(syntax.Pattern(f))
}

func namesDefinition(name string) bool {
	return strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_#")
}

// permitsAny says that a declaration opens the struct that it stands in: `...`, or
// a pattern for every label.
func permitsAny(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.Ellipsis:
		return true
	case *ast.Field:
		name, ok := syntax.Pattern(d).(*ast.Ident)
		return ok && name.Node == nil && name.Name == "string"
	}
	return false
}

func declsStayOpen(decls []ast.Decl) bool {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.Field:
			if d.Alias != nil || !staysOpen(d.Value) {
				return false
			}
		case *ast.EmbedDecl:
			if !staysOpen(d.Expr) {
				return false
			}
		case *ast.Comprehension: // what it yields is added to the struct that it stands in
			if s, ok := d.Value.(*ast.StructLit); !ok || d.Fallback != nil || !declsStayOpen(s.Elts) {
				return false
			}
		case *ast.Ellipsis:
			if d.Type != nil && !staysOpen(d.Type) {
				return false
			}
		case *ast.Attribute, *ast.CommentGroup:
		default:
			return false
		}
	}
	return true
}
