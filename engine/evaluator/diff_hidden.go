package evaluator

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// hiddenCheck is a hidden field that reads data, and so can fail with it.
type hiddenCheck struct {
	label step
	value cue.Value
	texts []string
}

// hiddenChecks compares hidden fields that read data, by what is written, whatever
// they are called. No data shows any other hidden field.
func (w *differ) hiddenChecks(at location, base, head cue.Value) {
	before, after := w.base.hiddenChecksIn(base, at), w.head.hiddenChecksIn(head, at)
	for label, was := range before {
		for other, is := range after {
			if slices.Equal(was.texts, is.texts) {
				delete(before, label)
				delete(after, other)
				break
			}
		}
	}
	labels := slices.Concat(slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after)))
	slices.Sort(labels)
	for _, label := range slices.Compact(labels) {
		was, had := before[label]
		is, has := after[label]
		below := at.child(step{hiddenStep, label})
		switch {
		case had && has:
			w.dependent(w.change(below, "unordered", was.value, is.value), was.value, is.value)
		case has:
			nodes := w.head.contributionsTo(is.value, below)
			w.add(change{at: below, kind: "added", after: w.head.joinedTexts(nodes), new: nodes})
		default:
			nodes := w.base.contributionsTo(was.value, below)
			w.add(change{at: below, kind: "removed", before: w.base.joinedTexts(nodes), gone: nodes})
		}
	}
}

func (s *side) hiddenChecksIn(v cue.Value, at location) map[string]hiddenCheck {
	out := map[string]hiddenCheck{}
	if !s.holdsChecks {
		return out
	}
	fields, err := v.Fields(cue.Hidden(true))
	for err == nil && fields.Next() {
		label := stepOfSelector(fields.Selector())
		if fields.Selector().LabelType() != cue.HiddenLabel {
			continue
		}
		below := at.child(label)
		if slices.ContainsFunc(s.contributionsTo(fields.Value(), below), s.normal.readsData) {
			out[label.label] = hiddenCheck{label, fields.Value(), s.conjunctTexts(fields.Value(), below)}
		}
	}
	return out
}

// holdChecks says that some hidden field reads data.
func (s *side) holdChecks() bool {
	found := false
	for _, loaded := range s.source.syntax {
		ast.Walk(loaded.file, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok && syntax.KindOfLabel(f) == syntax.Hidden {
				name, _ := syntax.StaticLabel(f)
				found = found || !strings.HasPrefix(name, "_#") && s.normal.readsData(f.Value)
			}
			return !found
		}, nil)
	}
	return found
}
