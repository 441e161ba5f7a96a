package acceptance

import (
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// said is what struct literals say of one member.
type said struct {
	values []ast.Expr
	// wanted: it is part of what must be there.
	wanted bool
	// demanded: it is marked as required.
	demanded bool
	// elsewhere: other means see to what it is.
	elsewhere bool
	node      ast.Node
}

// object is the schema of struct literals at one place. In a closed one they are
// all of one definition, and rest is what else that says there.
func (e *emitter) object(structs []*ast.StructLit, rest []ast.Expr, closed bool) schema {
	members := map[string]*said{}
	own := shape{names: map[string][]ast.Expr{}}
	parts := []schema{}
	for _, s := range structs {
		own.learn(e, s)
		for _, decl := range s.Elts {
			if !e.learn(members, decl) {
				parts = append(parts, e.declaration(decl, s, rest, closed))
			}
		}
	}
	var others shape
	if closed {
		others = e.shapeOf(rest)
	}
	k := keywords{"type": "object"}
	properties := keywords{}
	var required []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		m := members[name]
		var s schema
		switch {
		case isUnsafeName(name):
			s = e.no(m.node, "a name that only the evaluator compares")
			m.wanted = true
		case m.elsewhere && len(m.values) == 0:
			s = anything()
		default:
			s = e.under(step{name: name, up: inMember(name)}, func() schema { return e.place(m.values, alsoAt(name, own, others, closed), closed) })
		}
		if m.wanted && (m.demanded || !e.mayBeAbsent(name, m)) {
			if s.never {
				return s
			}
			required = append(required, name)
		}
		if !s.isTrue() {
			properties[name] = s.value()
		}
	}
	for _, p := range own.patterns {
		parts = append(parts, e.patternPart(p, closed))
	}
	if len(required) > 0 {
		k["required"] = required
	}
	if closed && !own.open && !others.open {
		own.close(others, k, properties)
	}
	if len(properties) > 0 {
		k["properties"] = properties
	}
	return all(append([]schema{{keywords: k}}, parts...)...)
}

// alsoAt is what else a definition says at a member.
func alsoAt(name string, own, others shape, closed bool) []ast.Expr {
	if !closed {
		return nil
	}
	also := slices.Clone(others.names[name])
	for _, p := range own.patterns {
		if p.labels.has(name) {
			also = append(also, p.value)
		}
	}
	return also
}

// learn collects a regular, optional or required member; false for other declarations.
func (e *emitter) learn(members map[string]*said, decl ast.Decl) bool {
	f, ok := decl.(*ast.Field)
	if !ok || isHiddenName(f) {
		return false
	}
	name, static := syntax.StaticLabel(f)
	if !static {
		return false
	}
	m := members[name]
	if m == nil {
		m = &said{node: f}
		members[name] = m
	}
	if e.taken[f] {
		m.elsewhere = true
		return true
	}
	m.wanted = m.wanted || f.Constraint != token.OPTION
	m.demanded = m.demanded || f.Constraint == token.NOT
	m.values = append(m.values, syntax.Value(f))
	return true
}

// declaration is the schema of anything in a struct but a member with a name.
func (e *emitter) declaration(decl ast.Decl, around *ast.StructLit, rest []ast.Expr, closed bool) schema {
	switch d := decl.(type) {
	case *ast.Ellipsis:
		if d.Type == nil {
			return anything()
		}
	case *ast.EmbedDecl, *ast.CommentGroup, *ast.Attribute, *ast.LetClause:
		return anything() // embeddings were taken apart; a let says nothing by itself
	case *ast.Comprehension:
		return e.condition(d, around, rest, closed)
	case *ast.Field:
		if syntax.Pattern(d) != nil {
			if _, ok := e.labelsOf(syntax.Pattern(d)); ok {
				return anything() // patternPart sees to it
			}
			return e.no(d, "a pattern that only the evaluator matches")
		}
		if isHiddenName(d) {
			if isTop(syntax.Value(d)) {
				return anything()
			}
			if name, static := syntax.StaticLabel(d); static {
				if _, ok := e.parameterOf(name, around); ok {
					return anything()
				}
			}
			return e.no(d, "a helper inside what is constrained")
		}
		return e.no(d, "a label that is computed")
	}
	return e.no(decl, "a declaration of which only an evaluation tells what it says")
}

func (e *emitter) patternPart(p labelPattern, closed bool) schema {
	return p.labels.schema(e.under(step{field: p.field, up: p.labels.schema}, func() schema { return e.place([]ast.Expr{p.value}, nil, closed) }))
}

// inMember makes a schema of a member one of the map around it.
func inMember(name string) func(schema) schema {
	return func(s schema) schema {
		if s.isTrue() {
			return s
		}
		return schema{keywords: keywords{"properties": keywords{name: s.value()}}}
	}
}

// close refuses members that neither a shape nor others of its definition name.
func (s shape) close(others shape, k, properties keywords) {
	patterns := keywords{}
	for _, p := range append(slices.Clone(s.patterns), others.patterns...) {
		switch {
		case p.labels.isEvery():
			return
		case p.labels.others:
			continue // what it permits beyond the others' labels is left to the evaluator
		case p.labels.pattern != nil:
			patterns[p.labels.pattern.text] = true
			if n := p.labels.pattern.longest; n > 0 {
				if names, ok := k["propertyNames"].(keywords); ok {
					n = min(n, names["maxLength"].(int))
				}
				k["propertyNames"] = keywords{"maxLength": n}
			}
		}
		for _, name := range p.labels.names {
			allow(properties, name)
		}
	}
	for name := range others.names {
		allow(properties, name)
	}
	for name := range s.names {
		allow(properties, name)
	}
	if len(patterns) > 0 {
		k["patternProperties"] = patterns
	}
	k["additionalProperties"] = false
}

func allow(properties keywords, name string) {
	if _, known := properties[name]; !known {
		properties[name] = true
	}
}
