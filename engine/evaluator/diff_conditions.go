package evaluator

import (
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// conditions compares loops and conditions that data decides, by their text. Those
// that are decided show in the members.
func (w *differ) conditions(at location, base, head cue.Value) {
	if base.Err() == nil && head.Err() == nil {
		return
	}
	before, after := w.base.undecidedIn(base), w.head.undecidedIn(head)
	c := change{at: at, kind: "unordered"}
	c.gone, c.new = w.base.unlike(before, w.head, after), w.head.unlike(after, w.base, before)
	if len(c.gone)+len(c.new) == 0 {
		return
	}
	c.before, c.after = w.base.joinedTexts(c.gone), w.head.joinedTexts(c.new)
	w.add(c)
}

// undecidedIn are the loops and conditions of a struct that are undecided.
func (s *side) undecidedIn(v cue.Value) []ast.Node {
	var out []ast.Node
	if v.Err() == nil {
		return nil
	}
	for _, p := range placesOf(flatten(v.Err())) {
		for _, around := range s.index.stackAt(p, nil) {
			if _, ok := around.(*ast.Comprehension); ok {
				if !slices.Contains(out, around) {
					out = append(out, around)
				}
				break
			}
		}
	}
	return out
}
