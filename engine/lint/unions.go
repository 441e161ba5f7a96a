package lint

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// openUnions finds a value on which more unions of structs meet than can be
// tried: every alternative of one is tried with every one of the others.
func (m *meeting) openUnions(said []conjunct) {
	var unions []ast.Node
	own := false
	for i, c := range said {
		found := m.unionsIn(c.value)
		unions = append(unions, found...)
		own = own || i < m.own && len(found) > 0
	}
	slices.SortStableFunc(unions, comparePlaces)
	if unions = slices.Compact(unions); len(unions) > mostUnions && own {
		m.add(openUnions, fmt.Sprintf("%d unions of structs that no constant tells apart meet here: each alternative is tried with all of the others, which soon takes minutes; "+
			"give the variants a field that tells them apart, `kind: \"a\"` and `kind: \"b\"`", len(unions)), unions...)
	}
}

// unionsIn are the open unions that a conjunct is, itself or through definitions and hidden fields.
func (m *meeting) unionsIn(x ast.Expr) []ast.Node {
	if isDisjunction(x) {
		if m.isOpen(x) {
			return []ast.Node{x}
		}
		return nil
	}
	var out []ast.Node
	for _, p := range m.named(x) {
		out = append(out, m.unionsOf(p)...)
	}
	return out
}

// unionsOf are the open unions that a definition or hidden field is, each once, worked out once.
func (m *meeting) unionsOf(p *place) []ast.Node {
	if known, done := m.unions[p]; done || m.depth > deepestOrigin {
		return known
	}
	m.unions[p] = nil // what leads to itself adds nothing
	m.depth++
	var out []ast.Node
	for _, c := range p.said {
		out = append(out, m.unionsIn(c.value)...)
	}
	m.depth--
	slices.SortStableFunc(out, comparePlaces)
	out = slices.Compact(out)
	m.unions[p] = out[:min(len(out), mostNodes)]
	return m.unions[p]
}

// named are the places of a definition or hidden field that a name stands for.
func (m *meeting) named(x ast.Expr) []*place {
	name, ok := x.(*ast.Ident)
	if !ok {
		return nil
	}
	m.current = m.Program.FileOf(name)
	if m.current == nil || m.tree.scopes[m.current.Syntax] == nil {
		return nil
	}
	if o := m.base(name); o.parameter {
		return o.places
	}
	return nil
}

// isOpen says that a union has several structs that no constant tells apart.
func (m *meeting) isOpen(x ast.Expr) bool {
	var structs []map[string]string
	for _, a := range alternatives(x) {
		if members, ok := m.constantsOf(a.value); ok {
			structs = append(structs, members)
		}
	}
	if len(structs) < 2 {
		return false
	}
	for label := range structs[0] {
		seen := map[string]bool{}
		for _, members := range structs {
			if value, ok := members[label]; ok {
				seen[value] = true
			}
		}
		if len(seen) == len(structs) {
			return false
		}
	}
	return true
}

// constantsOf are the members of a struct that are constants; false if the alternative is no struct.
func (m *meeting) constantsOf(x ast.Expr) (map[string]string, bool) {
	if s, ok := x.(*ast.StructLit); ok {
		out := map[string]string{}
		for _, decl := range s.Elts {
			if f, ok := decl.(*ast.Field); ok {
				if name, static := syntax.StaticLabel(f); static {
					if value, ok := constant(syntax.Value(f)); ok {
						out[name] = value
					}
				}
			}
		}
		return out, true
	}
	places := m.named(x)
	if !slices.ContainsFunc(places, func(p *place) bool { return len(p.members) > 0 }) {
		return nil, false
	}
	out := map[string]string{}
	for _, p := range places {
		for label, member := range p.members {
			for _, c := range member.said {
				if value, ok := constant(c.value); ok {
					out[label] = value
				}
			}
		}
	}
	return out, true
}
