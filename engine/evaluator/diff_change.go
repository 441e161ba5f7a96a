package evaluator

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// change is a change in the making.
type change struct {
	at            location
	kind          string
	before, after string
	example       *protocol.ChangeExample
	opposite      *protocol.ChangeExample
	// gone and new are what only base, only head contributes to the value.
	gone, new []ast.Node
}

// change is one at a location, with the texts that make it; a value that does not exist contributes nothing.
func (w *differ) change(at location, kind string, base, head cue.Value) change {
	gone, fresh := w.base.contributionsTo(base, at), w.head.contributionsTo(head, at)
	c := change{at: at, kind: kind}
	c.gone, c.new = w.base.unlike(gone, w.head, fresh), w.head.unlike(fresh, w.base, gone)
	return c
}

// contributionsTo are the authored conjuncts of a value that may be there.
func (s *side) contributionsTo(v cue.Value, at location) []ast.Node {
	if !v.Exists() {
		return nil
	}
	var out []ast.Node
	for _, c := range s.contributions(v, at) {
		out = append(out, c.node)
	}
	return out
}

// unlike are the nodes whose text is not among that of the other side's.
func (s *side) unlike(list []ast.Node, other *side, others []ast.Node) []ast.Node {
	texts := map[string]bool{}
	for _, n := range others {
		texts[other.normal.of(n)] = true
	}
	return slices.DeleteFunc(slices.Clone(list), func(n ast.Node) bool { return texts[s.normal.of(n)] })
}

// add takes a change, unless it is told at a pattern already.
func (w *differ) add(c change) {
	if w.isTold(c) {
		return
	}
	if slices.ContainsFunc(c.at, func(s step) bool { return s.kind == patternStep }) {
		w.base.told.add(c.gone, c.at)
		w.head.told.add(c.new, c.at)
	}
	w.found = append(w.found, c)
}

// isTold says that all text that makes a change makes one at a pattern, where it is told.
func (w *differ) isTold(c change) bool {
	return len(c.gone)+len(c.new) > 0 && w.base.told.covers(w.base.index, c.gone, c.at) && w.head.told.covers(w.head.index, c.new, c.at)
}

// toldText is text that stands in patterns and whose change is told there, by where that is.
type toldText map[ast.Node]string

func (t toldText) add(list []ast.Node, at location) {
	for _, n := range list {
		if t[n] == "" {
			t[n] = at.key()
		}
	}
}

// covers says that all nodes are told elsewhere, by themselves or by what they stand in.
func (t toldText) covers(ix *index, list []ast.Node, at location) bool {
	here := at.key()
	return !slices.ContainsFunc(list, func(n ast.Node) bool {
		return !slices.ContainsFunc(ix.around(n), func(around ast.Node) bool { return t[around] != "" && t[around] != here })
	})
}

// finish writes all changes as the protocol has them, sorted, what is found twice at one place as one.
func (w *differ) finish() []protocol.EngineChange {
	out := []protocol.EngineChange{}
	for _, c := range joinedChanges(w.found) {
		out = append(out, w.written(c))
	}
	slices.SortStableFunc(out, func(a, b protocol.EngineChange) int {
		return cmp.Or(slices.Compare(a.Path, b.Path), strings.Compare(a.Change, b.Change), strings.Compare(a.At, b.At))
	})
	return out
}

// joinedChanges makes one of what is tighter, looser or undecided at one place.
func joinedChanges(list []change) []change {
	var out []change
	at := map[string]int{}
	for _, c := range list {
		key := c.at.key()
		if c.kind == "default" {
			key += "\x00default"
		}
		i, twice := at[key]
		if !twice {
			at[key] = len(out)
			out = append(out, c)
			continue
		}
		out[i] = out[i].joined(c)
	}
	return out
}

func (c change) joined(other change) change {
	if c.kind != other.kind {
		opposed := c.kind == "tighter" && other.kind == "looser" || c.kind == "looser" && other.kind == "tighter"
		switch {
		case opposed, c.kind == "changed", other.kind == "changed":
			c.kind = "changed"
		default:
			c.kind = "unordered"
		}
	}
	c.before, c.after = joinedText(c.before, other.before), joinedText(c.after, other.after)
	if c.example == nil {
		c.example, c.opposite = other.example, other.opposite
	}
	c.gone, c.new = append(c.gone, other.gone...), append(c.new, other.new...)
	return c
}

func joinedText(a, b string) string {
	switch {
	case a == b || b == "":
		return a
	case a == "":
		return b
	}
	return a + " & " + b
}

func (w *differ) written(c change) protocol.EngineChange {
	out := protocol.EngineChange{
		Path: c.at.labels(), At: patternedAt(c.at), Change: c.kind, Before: shorten(c.before), After: shorten(c.after),
		Example: c.example, Opposite: c.opposite, Conjuncts: []protocol.EngineConjunct{}, Side: "head", Teams: []string{},
	}
	teams := map[string]bool{}
	gone, fresh := w.base.conjunctsOfNodes(c.gone, c.at), w.head.conjunctsOfNodes(c.new, c.at)
	for _, j := range slices.Concat(gone, fresh) {
		teams[j.Team] = true
	}
	out.Teams = append(out.Teams, slices.Sorted(maps.Keys(teams))...)
	out.Conjuncts = append(out.Conjuncts, fresh...)
	if len(fresh) == 0 && len(gone) > 0 {
		out.Conjuncts, out.Side = gone, "base"
	}
	return out
}

func (s *side) conjunctsOfNodes(list []ast.Node, at location) []protocol.EngineConjunct {
	var out []protocol.EngineConjunct
	for _, n := range list {
		out = append(out, s.index.conjunctOf(n, at)...)
	}
	return sortConjuncts(out)
}

// patternedAt is a location with its patterns, where they are not that of every label.
func patternedAt(at location) string {
	var b strings.Builder
	for i, s := range at {
		switch {
		case s.kind == patternStep && s.label != "" && s.label != everyLabel:
			b.WriteString("[" + s.label + "]")
		case s.kind == patternStep:
			b.WriteString(".[]")
		case s.kind == indexStep:
			b.WriteString("[" + s.label + "]")
		default:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.text())
		}
	}
	return strings.TrimPrefix(b.String(), ".")
}
