package acceptance

import (
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// shape is which members the structs of some conjuncts name, and what they say of them.
type shape struct {
	names    map[string][]ast.Expr
	patterns []labelPattern
	// open: one of them ends in `...`.
	open bool
}

// labelPattern is which labels a pattern constraint applies to, and what it says.
type labelPattern struct {
	field  *ast.Field
	labels labels
	value  ast.Expr
}

// shapeOf collects members; what the text does not tell names nothing.
func (e *emitter) shapeOf(values []ast.Expr) shape {
	s := shape{names: map[string][]ast.Expr{}}
	e.shapeInto(&s, values, 0)
	return s
}

func (e *emitter) shapeInto(s *shape, values []ast.Expr, depth int) {
	if depth > deepest/4 {
		return
	}
	g := e.flatten(values)
	for _, x := range g.structs {
		s.learn(e, x)
	}
	for _, d := range g.closed {
		e.shapeInto(s, d.values, depth+1)
	}
	for _, u := range g.unions {
		if e.closesItself(u) {
			s.addAlternatives(e, u, depth)
		}
	}
}

func (s *shape) learn(e *emitter, x *ast.StructLit) {
	for _, decl := range x.Elts {
		switch d := decl.(type) {
		case *ast.Ellipsis:
			s.open = s.open || d.Type == nil
		case *ast.Field:
			if name, static := syntax.StaticLabel(d); static {
				if !isHiddenName(d) {
					s.names[name] = append(s.names[name], syntax.Value(d))
				}
			} else if x := syntax.Pattern(d); x != nil {
				if l, ok := e.labelsOf(x); ok {
					s.patterns = append(s.patterns, labelPattern{d, l, syntax.Value(d)})
				}
			}
		}
	}
}

// addAlternatives adds the labels of all alternatives, but nothing of what they say
// further down: which of them it is that counts there the shape does not tell.
func (s *shape) addAlternatives(e *emitter, u union, depth int) {
	for _, a := range u.alternatives {
		inner := shape{names: map[string][]ast.Expr{}}
		e.shapeInto(&inner, []ast.Expr{a.value}, depth+1)
		for name := range inner.names {
			s.names[name] = append(s.names[name], nil...)
		}
		for _, p := range inner.patterns {
			p.value = nil
			s.patterns = append(s.patterns, p)
		}
		s.open = s.open || inner.open
	}
}

// closesItself says that every alternative of a union is judged with its own
// labels, so that the rest of its definition need not refuse them.
func (e *emitter) closesItself(u union) bool {
	for _, a := range u.alternatives {
		g := e.flatten([]ast.Expr{a.value})
		if len(g.failed) > 0 || len(g.unions) > 0 || len(g.structs)+len(g.closed)+len(g.leaves) == 0 {
			return false
		}
	}
	return true
}
