package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// mostPeels bounds how often conflicts are taken out and the rest unified again.
const mostPeels = 6

// conflict is a place at which the fragments alone unify to bottom.
type conflict struct {
	at           location
	message      string
	rule         protocol.EngineRule
	conjuncts    []protocol.EngineConjunct
	alternatives []protocol.EngineAlternative
	victims      edits // what has to go so that the rest can show
}

// conflicts finds every conflict of the fragments among themselves. CUE hides
// some behind others, so what conflicts is taken out of the files and the rest
// unified again, until nothing new shows.
func (d *desired) conflicts() []protocol.EngineFinding {
	found := map[string]*conflict{}
	taken := noEdits()
	current := d
	for round := 0; round < mostPeels && current.value.Exists(); round++ {
		more := false
		for _, c := range current.conflictsNow() {
			key := c.at.key() + "\x00" + c.rule.ID
			if old, ok := found[key]; ok {
				old.join(c)
			} else {
				found[key] = c
			}
			more = taken.add(c.victims) || more
		}
		if !more {
			break
		}
		current = loadWithout(d.source.fragments, taken, d.source.restriction)
	}
	list := make([]*conflict, 0, len(found))
	for _, c := range found {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *conflict) int {
		if c := compareLocations(a.at, b.at); c != 0 {
			return c
		}
		return strings.Compare(a.rule.ID, b.rule.ID)
	})
	out := make([]protocol.EngineFinding, 0, len(list))
	for _, c := range list {
		out = append(out, c.finding())
	}
	return out
}

// join adds what a later round found at the same place for the same rule.
func (c *conflict) join(other *conflict) {
	if !strings.Contains(c.message, other.message) {
		c.message += "; " + other.message
	}
	c.conjuncts = sortConjuncts(append(c.conjuncts, other.conjuncts...))
	if c.alternatives == nil {
		c.alternatives = other.alternatives
	}
}

func (c *conflict) finding() protocol.EngineFinding {
	return protocol.EngineFinding{
		Kind: "conflict", Path: c.at.labels(), At: c.at.at(), Message: c.message, Rule: c.rule,
		Conjuncts: c.conjuncts, Reads: []protocol.Path{}, Alternatives: c.alternatives,
	}
}

// conflictsNow are the conflicts that CUE names in one evaluation, one for each place.
func (d *desired) conflictsNow() []*conflict {
	errs := flatten(d.value.Validate())
	errs = append(errs, d.requiredConflicts()...)
	errs = d.placed(errs)
	var out []*conflict
	for _, f := range familiesOf(errs) {
		if d.isEcho(f, errs) {
			continue
		}
		out = append(out, d.conflictOf(f))
	}
	return append(out, d.lostValidators()...)
}

// isEcho says that errors lie where no value is, a `let`, and are told again where that is used.
func (d *desired) isEcho(f family, all []cueError) bool {
	if len(f.at) == 0 || lookupFrom(d.value, f.at).Exists() {
		return false
	}
	for _, e := range f.errors {
		told := slices.ContainsFunc(all, func(other cueError) bool {
			return compareLocations(other.at, e.at) != 0 && lookupFrom(d.value, other.at).Exists() && containsAll(other.places, e.places)
		})
		if !told {
			return false
		}
	}
	return len(f.errors) > 0
}

func containsAll(all, some []place) bool {
	return len(some) > 0 && !slices.ContainsFunc(some, func(p place) bool { return !slices.Contains(all, p) })
}

// conflictOf says of one place what is in conflict there, and whose it is.
func (d *desired) conflictOf(f family) *conflict {
	if f.notAllowed() {
		return d.closedConflict(f)
	}
	return d.conflictFrom(d.inConflict(f), f.at)
}

// conflictFrom attributes a contradiction to those who wrote it.
func (d *desired) conflictFrom(m contradiction, at location) *conflict {
	c := &conflict{at: at, message: m.message, alternatives: m.alternatives, victims: noEdits()}
	var nodes []ast.Node
	for i, j := range d.withOrigins(m.conjuncts) {
		n := d.index.nodeOf(j, at)
		if n == nil {
			c.conjuncts = append(c.conjuncts, d.index.conjunctAt(j.at, at)...)
			continue
		}
		c.conjuncts = append(c.conjuncts, d.index.conjunctOf(n, at)...)
		if i < len(m.conjuncts) {
			nodes = append(nodes, n)
		}
	}
	c.conjuncts = sortConjuncts(c.conjuncts)
	c.rule = d.index.ruleFor(c.message, nodes, at)
	c.victims = d.index.victimsOf(m, at)
	return c
}

// closedConflict is a field that a closed struct refuses: with the field, and with what closes the struct.
func (d *desired) closedConflict(f family) *conflict {
	offending := placesOf(f.errors)
	closing := d.closedBy(f.at)
	c := &conflict{at: f.at, message: messageOf(f.errors), victims: noEdits()}
	c.conjuncts = d.index.conjunctsAt(slices.Concat(offending, closing), f.at)
	var nodes []ast.Node
	for _, p := range closing {
		if n := d.index.at(p, f.at); n != nil {
			nodes = append(nodes, n)
		}
	}
	for _, p := range offending {
		n := d.index.at(p, f.at)
		if len(closing) == 0 && n != nil {
			nodes = append(nodes, n)
		}
		c.victims.drop[p] = true
	}
	c.rule = d.index.withoutDoc(d.index.ruleFor(c.message, nodes, f.at), nodes)
	return c
}
