// Package acceptance writes JSON Schemas of what constraints permit, from their
// text alone: nothing is evaluated.
//
// A schema accepts less than the evaluator does, never more: an accepted entity
// satisfies every constraint, has every field that a constraint names as wanted,
// has no field that a closed struct refuses, and holds each default as it stands.
// So a check has no finding at all about it. Since data that each of several
// conjuncts accepts alone is accepted by all together, every conjunct becomes a
// schema of its own. Whatever the text does not tell for certain makes its place
// one that no schema accepts.
//
// Numbers are those that a JavaScript number says exactly, and the names of an
// entity's members are in Unicode's normal form C: other entities are for the
// evaluator, whatever the schemas say of them.
package acceptance

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// Member is one pattern constraint on the entities of a map, or the element type of a list.
type Member struct {
	// Label is what labels the constraint applies to, without a label alias; nil is every label.
	Label ast.Expr
	Value ast.Expr
}

// Reason is a piece of syntax of which only an evaluation can tell what it permits.
type Reason struct {
	Node    ast.Node
	Message string
}

// Result is what the constraints on the entities of one pattern come to.
type Result struct {
	// Accept holds schemas that an accepted entity satisfies all, as far as its label matches.
	Accept []protocol.Acceptance
	// Sight is what the constraints can see of an entity.
	Sight protocol.Sight
	// Undecidable says why no schema accepts anything; then Accept is empty.
	Undecidable []Reason
	// Partly says why some entities are left to the evaluator although others are accepted.
	Partly []Reason
	// NotNamed says that Accept is for entities only that no fragment names: where nothing
	// is observed a condition holds, so that the fragments alone may conflict about a named one.
	NotNamed bool
	// Outcomes are what came of conditions, where something is known beforehand.
	Outcomes Outcomes

	absence *absence
}

// Pattern writes the schemas of what members say together of each entity.
func Pattern(p *syntax.Program, members []Member) Result {
	r := schemas(p, members, nil)
	r.Sight = SightOf(p, members)
	return r
}

// PatternKnowing writes the schemas for one entity of which something is known; Sight is left out.
func PatternKnowing(p *syntax.Program, members []Member, known *Known) Result {
	return schemas(p, members, known)
}

func schemas(p *syntax.Program, members []Member, known *Known) Result {
	r := Result{Accept: []protocol.Acceptance{}, absence: &absence{}, Outcomes: Outcomes{decided: map[*ast.Ident]bool{}}}
	for _, m := range members {
		r.absence.all = append(r.absence.all, m.Value)
	}
	if n := experiment(p); n != nil {
		r.NotNamed = true
		r.Undecidable = []Reason{{n, "CUE means other things under an experiment"}}
		return r
	}
	for _, m := range members {
		e := newEmitter(p, m.Value)
		e.known, e.outcomes, e.beside = known, &r.Outcomes, others(members, m)
		if !e.closed {
			e.absence = r.absence
		}
		label, otherwise, ok := labelExpression(e, m.Label)
		s := e.root(m.Value)
		r.NotNamed = r.NotNamed || e.holdsUnobserved
		if s.never && (!ok || label == "") {
			r.Undecidable = append(r.Undecidable, s.reasons(m.Value)...)
			continue
		}
		r.Partly = append(r.Partly, e.reasons...)
		if !s.isTrue() {
			r.Accept = append(r.Accept, protocol.Acceptance{Label: label, Others: otherwise, Schema: s.text()})
		}
	}
	switch {
	case len(r.Undecidable) > 0:
		r.Accept, r.Partly = []protocol.Acceptance{}, nil
	case len(r.Accept) == 0:
		r.Accept = append(r.Accept, protocol.Acceptance{Schema: anything().text()})
	}
	r.Undecidable, r.Partly = eachOnce(r.Undecidable), eachOnce(r.Partly)
	return r
}

// others are the values of all members but one.
func others(members []Member, but Member) []ast.Expr {
	var out []ast.Expr
	for _, m := range members {
		if m.Value != but.Value {
			out = append(out, m.Value)
		}
	}
	return out
}

// experiment is an attribute that turns on an experiment of CUE's in any file, or nil.
func experiment(p *syntax.Program) ast.Node {
	for _, f := range p.Files() {
		for _, decl := range f.Syntax.Decls {
			if a, ok := decl.(*ast.Attribute); ok {
				if name, _ := a.Split(); name == "experiment" {
					return a
				}
				continue
			}
			if _, isField := decl.(*ast.Field); isField {
				break
			}
		}
	}
	return nil
}

func eachOnce(list []Reason) []Reason {
	var out []Reason
	for _, r := range list {
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// Named says what values ask of one entity of the pattern that they name: constants
// that must be there just so, and schemas of the rest. It fails where only an
// evaluation can tell.
func (r Result) Named(p *syntax.Program, values []ast.Expr) (constants string, schemas []string, ok bool) {
	if r.NotNamed {
		return "", nil, false
	}
	found := newConstants()
	for _, v := range values {
		e := newEmitter(p, v)
		e.taken = map[*ast.Field]bool{}
		if !found.take(e, v) {
			return "", nil, false
		}
		s := e.root(v)
		if s.never || e.holdsUnobserved {
			return "", nil, false
		}
		if !s.isTrue() && !s.isObject() {
			schemas = append(schemas, s.text())
		}
	}
	if r.absence != nil && len(r.absence.used)+len(r.absence.lists) > 0 && len(values) > 0 && !r.absence.permits(newEmitter(p, values[0]), values) {
		return "", nil, false
	}
	return found.text(), schemas, true
}
