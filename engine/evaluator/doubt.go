package evaluator

import (
	"slices"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
)

// A restricted check finds of its entities what the whole check finds of them, as
// long as nothing ties entities together but what they read. The evaluator itself
// ties some: what failed is taken out for everybody who reads it. Such a tie is
// noticed where it comes about, and the answer is then that only the whole check can tell.

// doubt notes why the answer to a restricted check would not be that of the whole.
func (c *checking) doubt(why string) {
	if c.desired.source.restriction != nil && c.doubts == "" {
		c.doubts = why
	}
}

// apart says that two places lie in different entities, or only one of them in any.
func (c *checking) apart(a, b location) bool {
	return c.borders().key(a) != c.borders().key(b)
}

// borders are the patterns whose entities are separable: those of the
// restriction, which are all there are, else what the fragments' text tells.
func (c *checking) borders() borders {
	if only := c.desired.source.restriction; only != nil {
		return only.borders
	}
	if c.known == nil {
		c.known = borders{}
		for _, p := range separable.Scan(c.desired.scanInput()) {
			if len(p.Reasons) == 0 {
				c.known = append(c.known, p.Path)
			}
		}
	}
	return c.known
}

// key tells entities apart; it is empty where there is none.
func (b borders) key(at location) string {
	entity, ok := b.entity(at.labels())
	if !ok {
		return ""
	}
	return pathKey(entity)
}

// onlyTheWhole is the answer of a restricted check that cannot be had.
func onlyTheWhole(why string) []protocol.EngineFinding {
	return []protocol.EngineFinding{{
		Kind: "unreadable", Path: protocol.Path{}, Message: "only a check of the whole can tell: " + why,
		Rule:      protocol.EngineRule{ID: unreadableRule, Explicit: true},
		Conjuncts: []protocol.EngineConjunct{}, Reads: []protocol.Path{},
	}}
}

// conflicting says that fragments conflict where entities are: taking a conflict
// out may take out text that speaks of others as well.
func (r *restriction) conflicting(findings []protocol.EngineFinding) bool {
	return r != nil && slices.ContainsFunc(findings, func(f protocol.EngineFinding) bool {
		return isConflict(f) && r.borders.meets(f.Path)
	})
}
