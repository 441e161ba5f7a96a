package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// union is the schema of a disjunction. With a default, the default only: any
// other value is a drift.
func (e *emitter) union(u union, beside []ast.Expr, closed bool) schema {
	e.unions = append(e.unions, len(e.steps))
	defer func() { e.unions = e.unions[:len(e.unions)-1] }()
	if s, ok := e.preferred(u); ok {
		if _, isList := s.keywords["const"].([]any); isList && !e.isAlone() {
			return e.no(u.node, "a list by default beside other constraints") // of an open list CUE takes [] for the default
		}
		return s
	}
	var values []any
	var parts []schema
	structs, lists := []ast.Expr{}, 0
	for _, a := range u.alternatives {
		if c, ok := e.constantOf(a.value); ok && c.comparable() {
			values = append(values, c.value)
			continue
		}
		g := e.flatten([]ast.Expr{a.value})
		switch {
		case len(g.failed) > 0:
			e.reasons = append(e.reasons, g.failed...)
			return schema{never: true, why: g.failed}
		case len(g.structs)+len(g.closed) > 0:
			structs = append(structs, a.value)
		case len(g.unions) > 0 || len(g.leaves) == 0:
			return e.no(u.node, "alternatives within alternatives")
		case e.isList(g.leaves):
			lists++
		}
		s := e.place([]ast.Expr{a.value}, beside, closed)
		if s.never && len(s.why) > 0 {
			return s // it might fit as well
		}
		parts = append(parts, s)
	}
	if lists > 1 || len(structs) > 1 && !e.discriminated(structs) {
		return e.no(u.node, "alternatives that no constant tells apart")
	}
	if len(values) > 0 {
		parts = append(parts, oneOfValues(distinct(values)))
	}
	return either(parts...)
}

// preferred is the schema of a union that marks a default, here or further in.
func (e *emitter) preferred(u union) (schema, bool) {
	var chosen []ast.Expr
	for _, a := range u.alternatives {
		if a.preferred {
			chosen = append(chosen, a.value)
		}
		if e.hasDefault(a.value, 0) {
			return e.no(u.node, "defaults within alternatives"), true
		}
	}
	if len(chosen) == 0 {
		return schema{}, false
	}
	if len(chosen) == 1 {
		if c, ok := e.constantOf(chosen[0]); ok && c.comparable() {
			return oneOfValues([]any{c.value}), true
		}
		if list, ok := e.constantList(chosen[0]); ok {
			return oneOfValues([]any{list}), true
		}
	}
	return e.no(u.node, "a default that is no constant"), true
}

// hasDefault says that a value itself may have a default, not just a member of it.
func (e *emitter) hasDefault(x ast.Expr, depth int) bool {
	if depth > deepest {
		return true
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.hasDefault(x.X, depth+1)
	case *ast.UnaryExpr:
		return x.Op == token.MUL
	case *ast.BinaryExpr:
		return e.hasDefault(x.X, depth+1) || e.hasDefault(x.Y, depth+1)
	case *ast.StructLit:
		for _, decl := range x.Elts {
			if embed, ok := decl.(*ast.EmbedDecl); ok && e.hasDefault(embed.Expr, depth+1) {
				return true
			}
		}
	case *ast.Ident, *ast.SelectorExpr:
		for _, d := range e.refer(x.(ast.Expr)).Declarations {
			if e.hasDefault(d.Value, depth+1) {
				return true
			}
		}
	}
	return false
}

// isList says that conjuncts ask for a list.
func (e *emitter) isList(leaves []ast.Expr) bool {
	for _, x := range leaves {
		switch x := x.(type) {
		case *ast.ListLit:
			return true
		case *ast.CallExpr:
			switch e.standard(x.Fun) {
			case "list.MinItems", "list.MaxItems":
				return true
			case "struct.MinFields", "struct.MaxFields":
				return true // as careful as with lists: one such alternative is enough
			}
		}
	}
	return false
}

// discriminated says that of any two alternatives a member that both must have
// holds different constants: an observed value fits one at most.
func (e *emitter) discriminated(alternatives []ast.Expr) bool {
	told := make([]map[string]map[string]bool, len(alternatives))
	for i, x := range alternatives {
		told[i] = e.constantMembers(x)
	}
	for i := range told {
		for k := range i {
			if !apart(told[i], told[k]) {
				return false
			}
		}
	}
	return true
}

func apart(a, b map[string]map[string]bool) bool {
	for name, values := range a {
		others, both := b[name]
		for v := range values {
			both = both && !others[v]
		}
		if both {
			return true
		}
	}
	return false
}

// constantMembers are the members that must be there and hold one of some constants, by name.
func (e *emitter) constantMembers(x ast.Expr) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	g := e.flatten([]ast.Expr{x})
	for _, d := range g.closed {
		inner := e.flatten(d.values)
		g.structs = append(g.structs, inner.structs...)
	}
	for _, s := range g.structs {
		for _, decl := range s.Elts {
			f, ok := decl.(*ast.Field)
			if !ok || f.Constraint == token.OPTION || isHiddenName(f) {
				continue
			}
			name, static := syntax.StaticLabel(f)
			if values := e.constantsOf(syntax.Value(f)); static && len(values) > 0 {
				out[name] = values
			}
		}
	}
	return out
}

// constantsOf are the constants that a value is one of, as JSON texts; none where the text does not tell.
func (e *emitter) constantsOf(x ast.Expr) map[string]bool {
	out := map[string]bool{}
	g := e.flatten([]ast.Expr{x})
	if len(g.failed)+len(g.structs)+len(g.closed) > 0 || len(g.unions)+len(g.leaves) != 1 {
		return out
	}
	for _, leaf := range g.leaves {
		g.unions = append(g.unions, union{alternatives: []alternative{{value: leaf}}})
	}
	for _, a := range g.unions[0].alternatives {
		c, ok := e.constantOf(a.value)
		if !ok || !c.comparable() {
			return map[string]bool{}
		}
		out[jsonText(c.value)] = true
	}
	return out
}
