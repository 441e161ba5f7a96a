package evaluator

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// lostValidators finds conflicts that CUE v0.17.1 overlooks: of two matchN (or
// matchIf) that differ only in the element type of an open list it keeps one.
// Where several validators meet on a value, each is tried with the rest alone.
func (d *desired) lostValidators() []*conflict {
	if d.source.countingCalls() < 2 {
		return nil
	}
	var out []*conflict
	t := &trial{data: func() cue.Value { return d.ctx.CompileString("_") }}
	d.eachValue(d.value, location{}, 0, func(at location, v cue.Value) {
		var validators, others []conjunct
		for _, j := range conjunctsOf(v) {
			if op, _ := j.value.Expr(); op == cue.CallOp {
				validators = append(validators, j)
			} else {
				others = append(others, j)
			}
		}
		if len(validators) < 2 || len(others) == 0 || v.Validate() != nil {
			return
		}
		m := contradiction{}
		for _, j := range validators {
			set := append([]conjunct{j}, others...)
			if errs := t.together(set); len(errs) > 0 {
				m.conjuncts = append(m.conjuncts, t.smallest(set)...)
				m.message = messageOf(errs)
			}
		}
		if len(m.conjuncts) > 0 {
			out = append(out, d.conflictFrom(m, at))
		}
	})
	return out
}

// countingCalls is how many calls of matchN and matchIf the files hold, with what was left out of them.
func (l *loader) countingCalls() int {
	var traits textTraits
	for _, loaded := range l.syntax {
		ast.Walk(loaded.file, func(n ast.Node) bool {
			traits.note(n)
			return true
		}, nil)
	}
	if l.restriction != nil {
		traits.calls += l.restriction.left.calls
	}
	return traits.calls
}

// eachValue visits every value of data, members before what holds them.
func (d *desired) eachValue(v cue.Value, at location, depth int, visit func(location, cue.Value)) {
	if depth > 256 {
		return
	}
	switch v.IncompleteKind() {
	case cue.StructKind:
		if fields, err := v.Fields(); err == nil {
			for fields.Next() {
				d.eachValue(fields.Value(), at.child(stepOfSelector(fields.Selector())), depth+1, visit)
			}
		}
	case cue.ListKind:
		if elements, err := v.List(); err == nil {
			for i := 0; elements.Next(); i++ {
				d.eachValue(elements.Value(), at.child(element(i)), depth+1, visit)
			}
		}
	}
	visit(at, v)
}
