// Package evaluator unifies the fragments of an environment into one desired
// state with CUE and says what conflicts, what an observed state breaks, and why.
//
// It is ordinary Go over CUE's public API: no clock, no disk, no network, no
// package-level state. Everything positional goes through syntax (index.go).
package evaluator

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"

	"congruent.dev/engine/protocol"
)

// desired is the unified state of one environment, with all that is needed to
// tell whose each part is.
type desired struct {
	ctx    *cue.Context
	value  cue.Value // D: the unified packages and data parts; does not Exist if nothing could be built
	parts  []loadedPart
	source *loader
	index  *index // syntax of every file that took part

	digest   string
	findings []protocol.EngineFinding // kind unreadable: files that could not be parsed or built
	notes    []protocol.EngineNote
	learned  *learned
}

// learned is what was found out of the desired state alone, once it was needed.
type learned struct {
	own     []protocol.EngineFinding
	reads   *reads
	borders borders
}

// load builds the desired state. If anything cannot be parsed or built there is
// none, and findings say why; all of it, not the first.
func load(fragments *protocol.Fragments) *desired {
	return loadWithout(fragments, noEdits(), nil)
}

// loadWithout does the same after something was taken out of the files, or left out as nobody asks about it.
func loadWithout(fragments *protocol.Fragments, taken edits, only *restriction) *desired {
	if fragments == nil {
		fragments = &protocol.Fragments{}
	}
	l := newLoader(fragments, taken, only)
	d := &desired{ctx: l.ctx, source: l, notes: []protocol.EngineNote{}, learned: &learned{}}
	d.parts = l.load()
	d.index = newIndex(l, d.parts)
	if len(l.problems) == 0 {
		var err errors.Error
		if d.value, err = unifyOnce(l.ctx, d.parts); err != nil {
			l.report(err)
			d.value = cue.Value{}
		}
	}
	d.index.value = d.value
	d.digest = digestOf(l)
	d.findings = d.unreadable()
	if taken.empty() && only == nil {
		d.notes = d.ruleNotes()
	}
	return d
}

// with is the desired state and further expressions, evaluated together in one go.
func (d *desired) with(further ...ast.Expr) (cue.Value, error) {
	v, err := unifyOnce(d.ctx, d.parts, further...)
	if err != nil {
		return cue.Value{}, err
	}
	return v, nil
}
