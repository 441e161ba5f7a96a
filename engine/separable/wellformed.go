package separable

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// constantText judges text that is left out of a build: whatever mistake compiling
// would find in it must be excluded by its form. Names that stand for fields,
// definitions and packages are allowed only if names says so.
type constantText struct {
	program *syntax.Program
	names   bool
}

func (t constantText) expr(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BasicLit:
		return isSoundLiteral(x)
	case *ast.BottomLit:
		return true
	case *ast.Ident:
		return t.ident(x)
	case *ast.ParenExpr:
		return t.expr(x.X)
	case *ast.UnaryExpr:
		return x.Op != token.MUL && t.expr(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.OR {
			return t.alternative(x.X) && t.alternative(x.Y)
		}
		return t.expr(x.X) && t.expr(x.Y)
	case *ast.StructLit:
		for _, e := range x.Elts {
			if !t.decl(e) {
				return false
			}
		}
		return true
	case *ast.ListLit:
		for i, e := range x.Elts {
			if rest, ok := e.(*ast.Ellipsis); ok {
				if i < len(x.Elts)-1 || rest.Type != nil && !t.expr(rest.Type) {
					return false
				}
				continue
			}
			if !t.expr(e) {
				return false
			}
		}
		return true
	case *ast.SelectorExpr:
		return t.names && t.expr(x.X) && !syntax.Selected(x).Computed
	}
	return false
}

// alternative is a branch of a disjunction, which alone may be marked as the default.
func (t constantText) alternative(x ast.Expr) bool {
	switch y := x.(type) {
	case *ast.UnaryExpr:
		if y.Op == token.MUL {
			return t.expr(y.X)
		}
	case *ast.BinaryExpr:
		if y.Op == token.OR {
			return t.alternative(y.X) && t.alternative(y.Y)
		}
	}
	return t.expr(x)
}

func (t constantText) decl(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.Field:
		if _, static := syntax.StaticLabel(d); !static || d.Alias != nil || d.Label != ast.Label(syntax.Label(d)) {
			return false
		}
		return syntax.KindOfLabel(d) == syntax.Field && t.expr(d.Value)
	case *ast.Ellipsis:
		return d.Type == nil || t.expr(d.Type)
	case *ast.Attribute, *ast.CommentGroup:
		return true
	}
	return false
}

// ident allows types, and what is known to stand for something.
func (t constantText) ident(x *ast.Ident) bool {
	switch m := t.program.Meaning(x); m.Kind {
	case syntax.Top:
		return true
	case syntax.Predeclared:
		return isType(x.Name)
	case syntax.Definition, syntax.Hidden, syntax.Field, syntax.Import:
		return t.names
	}
	return false
}

func isType(name string) bool {
	switch name {
	case "string", "bytes", "bool", "int", "float", "number":
		return true
	}
	return strings.HasPrefix(name, "int") && name != "int" && isSized(name[3:]) ||
		strings.HasPrefix(name, "uint") && (name == "uint" || isSized(name[4:])) ||
		strings.HasPrefix(name, "float") && (name[5:] == "32" || name[5:] == "64")
}

func isSized(bits string) bool {
	switch bits {
	case "8", "16", "32", "64", "128":
		return true
	}
	return false
}

// isSoundLiteral says that a literal means something.
func isSoundLiteral(x *ast.BasicLit) bool {
	switch x.Kind {
	case token.STRING:
		if len(x.Value) > 1 && x.Value[0] == '"' && !strings.ContainsAny(x.Value, "\\\n") && !strings.HasPrefix(x.Value, `"""`) {
			return true
		}
		_, err := literal.Unquote(x.Value)
		return err == nil
	case token.INT, token.FLOAT:
		return isDecimal(x.Value) || literal.ParseNum(x.Value, &literal.NumInfo{}) == nil
	case token.TRUE, token.FALSE, token.NULL:
		return true
	}
	return false
}

func isDecimal(text string) bool {
	if len(text) == 0 || text[0] == '0' && len(text) > 1 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
