package acceptance

import (
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// group is what some conjuncts at one place consist of, references followed.
type group struct {
	structs []*ast.StructLit
	// closed are definitions, each of which closes by itself.
	closed []definition
	unions []union
	// leaves are all other conjuncts.
	leaves []ast.Expr
	// failed holds what the text does not tell.
	failed []Reason
}

// definition is what all declarations of a definition say.
type definition struct {
	of     ast.Node
	values []ast.Expr
	// beside is what is embedded with it, and by what: it does not refuse their fields.
	beside []ast.Expr
}

// union is a disjunction without branches that are errors.
type union struct {
	node         ast.Expr
	alternatives []alternative
	beside       []ast.Expr
}

type alternative struct {
	value ast.Expr
	// preferred: it is marked as the default.
	preferred bool
}

// deepest bounds how far references are followed.
const deepest = 40

// flatten takes conjuncts apart, through parentheses, `&`, embeddings and references.
func (e *emitter) flatten(values []ast.Expr) *group {
	g := &group{}
	for _, v := range values {
		e.flattenInto(g, v, nil, 0)
	}
	return g
}

func (e *emitter) flattenInto(g *group, x ast.Expr, beside []ast.Expr, depth int) {
	if e.spend(); depth > deepest || e.budget < 0 {
		g.failed = append(g.failed, Reason{x, "too much text for a schema"})
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		e.flattenInto(g, x.X, beside, depth+1)
	case *ast.Alias:
		e.flattenInto(g, x.Expr, beside, depth+1)
	case *ast.BinaryExpr:
		e.flattenBinary(g, x, beside, depth)
	case *ast.StructLit:
		g.structs = append(g.structs, x)
		embedded := embeddedIn(x)
		for i, embed := range embedded {
			around := append(slices.Clone(beside), plainly(x))
			around = append(append(around, embedded[:i]...), embedded[i+1:]...)
			e.flattenInto(g, embed, around, depth+1)
		}
	case *ast.Ident, *ast.SelectorExpr:
		e.flattenReference(g, x.(ast.Expr), beside, depth)
	default:
		g.addLeaf(x, beside)
	}
}

// embeddedIn are the values that a struct literal embeds.
func embeddedIn(x *ast.StructLit) []ast.Expr {
	var out []ast.Expr
	for _, decl := range x.Elts {
		if embed, ok := decl.(*ast.EmbedDecl); ok {
			out = append(out, embed.Expr)
		}
	}
	return out
}

// plainly is a struct literal without what it embeds.
func plainly(x *ast.StructLit) ast.Expr {
	out := &ast.StructLit{}
	for _, decl := range x.Elts {
		if _, embedded := decl.(*ast.EmbedDecl); !embedded {
			out.Elts = append(out.Elts, decl)
		}
	}
	return out
}

// addLeaf adds a conjunct that is no struct; embedded in one it makes the struct something else.
func (g *group) addLeaf(x ast.Expr, beside []ast.Expr) {
	if len(beside) > 0 {
		g.failed = append(g.failed, Reason{x, "an embedded value that is no struct"})
		return
	}
	g.leaves = append(g.leaves, x)
}

func (e *emitter) flattenBinary(g *group, x *ast.BinaryExpr, beside []ast.Expr, depth int) {
	switch x.Op {
	case token.AND:
		e.flattenInto(g, x.X, beside, depth+1)
		e.flattenInto(g, x.Y, beside, depth+1)
	case token.OR:
		u := union{node: x, alternatives: e.alternatives(x), beside: beside}
		switch {
		case len(u.alternatives) == 1 && !u.alternatives[0].preferred:
			e.flattenInto(g, u.alternatives[0].value, beside, depth+1)
		default:
			g.unions = append(g.unions, u)
		}
	default:
		g.addLeaf(x, beside)
	}
}

// alternatives are the branches of a disjunction but those that are errors.
func (e *emitter) alternatives(x ast.Expr) []alternative {
	switch x := x.(type) {
	case *ast.ParenExpr:
		if b, ok := x.X.(*ast.BinaryExpr); ok && b.Op == token.OR && !marksDefault(b) {
			return e.alternatives(b)
		}
	case *ast.BinaryExpr:
		if x.Op == token.OR {
			return append(e.alternatives(x.X), e.alternatives(x.Y)...)
		}
	case *ast.UnaryExpr:
		if x.Op == token.MUL {
			return []alternative{{value: x.X, preferred: true}}
		}
	}
	if e.isError(x) {
		return nil
	}
	return []alternative{{value: x}}
}

// marksDefault says that a branch of a disjunction, itself or within, is marked as the default.
func marksDefault(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return marksDefault(x.X)
	case *ast.BinaryExpr:
		return marksDefault(x.X) || marksDefault(x.Y)
	case *ast.UnaryExpr:
		return x.Op == token.MUL
	}
	return false
}

// isError says that an expression is an error whatever is observed: `_|_`, or a call of error.
func (e *emitter) isError(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.isError(x.X)
	case *ast.BottomLit:
		return true
	case *ast.CallExpr:
		name, ok := x.Fun.(*ast.Ident)
		return ok && name.Name == "error" && e.p.Meaning(name).Kind == syntax.Predeclared && e.isSaid(x.Args)
	}
	return false
}

// isSaid says that a message holds nothing but text and labels: one that reads
// what may not be there is no error, but undecided.
func (e *emitter) isSaid(args []ast.Expr) bool {
	for _, arg := range args {
		parts := []ast.Expr{arg}
		if i, ok := arg.(*ast.Interpolation); ok {
			parts = i.Elts
		}
		for _, part := range parts {
			switch part := part.(type) {
			case *ast.BasicLit:
			case *ast.Ident:
				if e.p.Meaning(part).Kind != syntax.LabelAlias {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// flattenReference follows a name to what it stands for.
func (e *emitter) flattenReference(g *group, x ast.Expr, beside []ast.Expr, depth int) {
	m := e.refer(x)
	switch m.Kind {
	case syntax.Top:
		return
	case syntax.Predeclared, syntax.LabelAlias:
		g.addLeaf(x, beside)
	case syntax.Definition:
		g.closed = append(g.closed, definition{of: m.Declarations[0].Field, values: valuesOf(m), beside: beside})
	case syntax.Hidden, syntax.Let:
		for _, v := range valuesOf(m) {
			e.flattenInto(g, v, beside, depth+1)
		}
	default:
		g.failed = append(g.failed, Reason{x, "it reads another value"})
	}
}

func valuesOf(m syntax.Meaning) []ast.Expr {
	out := make([]ast.Expr, 0, len(m.Declarations))
	for _, d := range m.Declarations {
		out = append(out, d.Value)
	}
	return out
}
