package evaluator

import (
	"cuelang.org/go/cue"
)

// lists compares two lists without validators: element by element, then what
// further elements may be. Two lists of values that differ in length differ as wholes.
func (w *differ) lists(at location, base, head cue.Value) {
	before, after := elementsOf(base), elementsOf(head)
	restBefore, restAfter := base.LookupPath(cue.MakePath(cue.AnyIndex)), head.LookupPath(cue.MakePath(cue.AnyIndex))
	if len(before) != len(after) && !restBefore.Exists() && !restAfter.Exists() && isData(base) && isData(head) {
		c := w.change(at, "changed", base, head)
		c.before, c.after = writtenValue(base), writtenValue(head)
		w.add(c)
		return
	}
	for i := range max(len(before), len(after)) {
		below := at.child(element(i))
		switch {
		case i >= len(before):
			c, _ := w.head.appears(below, memberOf{at: element(i), value: after[i]}, base, nil)
			w.add(change{at: c.at, kind: "added", after: c.text, new: c.nodes})
		case i >= len(after):
			c, _ := w.base.appears(below, memberOf{at: element(i), value: before[i]}, head, nil)
			w.add(change{at: c.at, kind: "removed", before: c.text, gone: c.nodes})
		default:
			w.compare(below, before[i], after[i])
		}
	}
	switch {
	case restBefore.Exists() && restAfter.Exists():
		w.compare(at.child(step{patternStep, everyLabel}), restBefore, restAfter)
	case restBefore.Exists() != restAfter.Exists():
		kind := "tighter"
		if restAfter.Exists() {
			kind = "looser"
		}
		c := w.change(at, kind, base, head)
		c.before, c.after = writtenValue(base), writtenValue(head)
		w.add(c)
	}
}

func elementsOf(v cue.Value) []cue.Value {
	var out []cue.Value
	if elements, err := v.List(); err == nil {
		for elements.Next() {
			out = append(out, elements.Value())
		}
	}
	return out
}

// isData says that nothing in a value is left open.
func isData(v cue.Value) bool { return v.Validate(cue.Concrete(true)) == nil }
