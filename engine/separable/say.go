package separable

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// say takes one expression that speaks at a place: structs and lists give
// members, `&`, references to definitions, close() and parentheses are gone
// through; whatever else might speak of members makes the place unclear.
func (s *scan) say(p *place, c conjunct, through map[ast.Expr]bool) {
	switch x := c.value.(type) {
	case *ast.ParenExpr:
		c.value = x.X
		s.say(p, c, through)
	case *ast.BinaryExpr:
		if x.Op != token.AND {
			s.sayOther(p, x, "it is not one struct but "+nameOf(x))
			return
		}
		left, right := c, c
		left.value, right.value = x.X, x.Y
		s.say(p, left, through)
		s.say(p, right, through)
	case *ast.Alias:
		c.value = x.Expr
		s.say(p, c, through)
	case *ast.StructLit:
		s.decls(p, x, x.Elts, c)
	case *ast.ListLit:
		s.list(p, x, c)
	case *ast.Ident:
		s.reference(p, c, s.program.Meaning(x), through)
	case *ast.SelectorExpr:
		s.reference(p, c, s.selected(x), through)
	case *ast.CallExpr:
		if name, ok := x.Fun.(*ast.Ident); ok && name.Name == "close" && name.Node == nil && len(x.Args) == 1 {
			s.say(p, conjunct{value: x.Args[0], closed: true}, through)
			return
		}
		s.sayOther(p, x, "a validator or function speaks of the whole")
	default:
		s.sayOther(p, x, "it is not one struct but "+nameOf(x))
	}
}

// sayOther notes what is neither a struct nor a list.
func (s *scan) sayOther(p *place, x ast.Expr, message string) {
	p.isLeaf = true
	p.unclearAt(x, message)
}

// list takes a list: an open one without fixed elements has a constraint for all.
func (s *scan) list(p *place, x *ast.ListLit, c conjunct) {
	p.isList = true
	if len(x.Elts) == 1 {
		if rest, ok := x.Elts[0].(*ast.Ellipsis); ok {
			if rest.Type != nil && !isTop(rest.Type) {
				c.value, c.cut = rest.Type, false
				p.patterns = append(p.patterns, constraint{value: rest.Type, conjunct: c})
				g := p.anyMember()
				g.said = append(g.said, c)
			}
			return
		}
	}
	p.unclearAt(x, "a list with elements of its own")
}

// reference takes what a name stands for, if it is a definition or a helper.
func (s *scan) reference(p *place, c conjunct, m syntax.Meaning, through map[ast.Expr]bool) {
	switch m.Kind {
	case syntax.Top:
		return
	case syntax.Predeclared:
		s.sayOther(p, c.value, "a type is not one struct")
		return
	case syntax.Definition, syntax.Hidden, syntax.Let:
	case syntax.Field:
		s.sayOther(p, c.value, "it is given by another place of the tree")
		return
	default:
		s.sayOther(p, c.value, "the text does not tell what it stands for")
		return
	}
	for _, d := range m.Declarations {
		if through[d.Value] {
			p.unclearAt(c.value, "a definition that holds itself")
			continue
		}
		next := map[ast.Expr]bool{d.Value: true}
		for x := range through {
			next[x] = true
		}
		s.say(p, conjunct{value: d.Value, closed: c.closed || isClosing(d)}, next)
	}
}

// isClosing says that a declaration is a definition, which closes structs.
func isClosing(d syntax.Declaration) bool {
	closing := func(f *ast.Field) bool {
		name, ok := syntax.Label(f).(*ast.Ident)
		return ok && (strings.HasPrefix(name.Name, "#") || strings.HasPrefix(name.Name, "_#"))
	}
	for _, around := range d.Stack {
		if f, ok := around.(*ast.Field); ok && closing(f) {
			return true
		}
	}
	return d.Field != nil && closing(d.Field)
}

// selected is what `x.y` stands for, of imported packages and of definitions.
func (s *scan) selected(x *ast.SelectorExpr) syntax.Meaning {
	name := syntax.Selected(x)
	if name.Computed {
		return syntax.Meaning{}
	}
	var of syntax.Meaning
	switch base := x.X.(type) {
	case *ast.Ident:
		of = s.program.Meaning(base)
		if of.Kind == syntax.Import {
			if of.Standard {
				return syntax.Meaning{}
			}
			return s.imported(of.Import, name.Label)
		}
	case *ast.SelectorExpr:
		of = s.selected(base)
	}
	if of.Kind != syntax.Definition && of.Kind != syntax.Hidden {
		return syntax.Meaning{}
	}
	declarations, ok := s.program.Select(of.Declarations, name.Label)
	if !ok {
		return syntax.Meaning{}
	}
	return syntax.Meaning{Kind: syntax.Definition, Declarations: declarations}
}

// imported is what `pkg.name` stands for. A regular field of a package that is
// only imported is as constant as its definitions.
func (s *scan) imported(pkg, name string) syntax.Meaning {
	m := s.program.MemberAlone(pkg, name)
	if m.Kind == syntax.Field && !s.program.IsRoot(pkg) {
		m.Kind = syntax.Hidden
	}
	return m
}

// nameOf names a form of expression in a reason.
func nameOf(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.BinaryExpr:
		if x.Op == token.OR {
			return "a disjunction"
		}
		return "computed"
	case *ast.BasicLit, *ast.BottomLit:
		return "a constant"
	case *ast.UnaryExpr:
		return "a bound"
	case *ast.IndexExpr, *ast.SliceExpr, *ast.Interpolation:
		return "computed"
	}
	return "something else"
}
