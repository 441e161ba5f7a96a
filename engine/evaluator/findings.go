package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// draft is a finding in the making.
type draft struct {
	kind    string
	at      location
	message string
	rule    protocol.EngineRule
	// conjuncts break, ask, or close; never satisfied ones.
	conjuncts    []conjunct
	reads        []location
	alternatives []protocol.EngineAlternative
	// causes are the places that an undecided value hangs on.
	causes []place
}

// because says what an undecided value hangs on.
func (d draft) because(list []cueError) draft {
	d.causes = placesOf(list)
	return d
}

func (c *checking) draft(kind string, at location, message string) draft {
	return draft{kind: kind, at: at, message: message}
}

// finding is a draft about a value, with all its authored conjuncts.
func (c *checking) finding(kind string, at location, value cue.Value, message string) draft {
	d := c.draft(kind, at, message)
	d.conjuncts = speaking(conjunctsOf(value))
	return d
}

// findings collects drafts and joins those of one kind, path and rule.
type findings struct {
	index *index
	// exists tells observed places, for hidden tails to be cut at.
	exists func(location) bool
	byKey  map[string]*draft
	// once holds kinds of which there is one finding at a path, whatever the rules.
	once map[string]bool
	// failed are the places of conditions and loops that failed and are reported as that.
	failed []hindrance
}

// count is how many findings there are.
func (f *findings) count() int { return len(f.byKey) }

// hindrance is text because of which something is missing or failed at a location:
// what hangs on it in the same entity is a consequence.
type hindrance struct {
	at   location
	text place
}

func newFindings(ix *index, o *observation) *findings {
	return &findings{index: ix, byKey: map[string]*draft{}, exists: func(at location) bool { return o.find(at) != nil }, once: map[string]bool{
		"missing": true, "unobserved": true, "stale": true, "refused": true, "incomplete": true, "unexpected": true, "drift": true,
	}}
}

func (f *findings) add(d draft) {
	d.at = cutHidden(d.at, f.exists)
	if d.rule.ID == "" {
		d.rule = f.ruleOf(d.message, d.conjuncts, d.at)
	}
	key := d.kind + "\x00" + d.at.key()
	if !f.once[d.kind] {
		key += "\x00" + d.rule.ID
	}
	old, ok := f.byKey[key]
	if !ok {
		f.byKey[key] = &d
		return
	}
	old.join(d)
	if f.once[d.kind] && goesBefore(d.rule, false, old.rule, false) {
		old.rule = d.rule
	}
}

func (d *draft) join(other draft) {
	if strings.Compare(other.message, d.message) < 0 {
		d.message, d.alternatives = other.message, other.alternatives
	}
	d.conjuncts = joinConjuncts(d.conjuncts, other.conjuncts)
	for _, at := range other.reads {
		if !slices.ContainsFunc(d.reads, func(l location) bool { return compareLocations(l, at) == 0 }) {
			d.reads = append(d.reads, at)
		}
	}
	for _, p := range other.causes {
		if !slices.Contains(d.causes, p) {
			d.causes = append(d.causes, p)
		}
	}
}

func joinConjuncts(a, b []conjunct) []conjunct {
	out := slices.Clone(a)
	for _, j := range b {
		if !slices.ContainsFunc(out, func(k conjunct) bool { return k.at == j.at }) {
			out = append(out, j)
		}
	}
	return out
}
