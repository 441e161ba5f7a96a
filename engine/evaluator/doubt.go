package evaluator

import (
	"regexp"
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

// apart says that two places lie in different entities of a restriction, or only one of them in any.
func (r *restriction) apart(a, b location) bool {
	return r != nil && r.borders.key(a) != r.borders.key(b)
}

// borders are the patterns whose entities are separable by the fragments' text;
// those of a restriction go before what is left of the text tells.
func (c *checking) borders() borders {
	known := &c.desired.learned.borders
	if *known == nil {
		*known = borders{}
		if only := c.desired.source.restriction; only != nil {
			*known = append(*known, only.borders...)
		}
		patterns, _ := separable.Scan(c.desired.scanInput())
		for _, p := range patterns {
			if len(p.Reasons) == 0 {
				*known = append(*known, p.Path)
			}
		}
	}
	return *known
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

// blames says that something is found at a place on the way to entities: of such
// CUE may tell what lies inside some entity.
func (r *restriction) blames(findings []protocol.EngineFinding) bool {
	return r != nil && slices.ContainsFunc(findings, func(f protocol.EngineFinding) bool { return r.borders.above(f.Path) })
}

// tellsPosition says that words of a finding may name a position in a list of
// entities: in a part of the list it is another than in the whole.
func (c *checking) tellsPosition(f protocol.EngineFinding) bool {
	entity, ok := c.borders().entity(f.Path)
	if !ok || len(entity) < 2 {
		return false
	}
	if list := c.observed.find(c.observed.locate(entity[:len(entity)-1])); list == nil || list.kind != listNode {
		return false
	}
	list := regexp.QuoteMeta(entity[len(entity)-2]) + `"?\.[0-9]`
	position, err := regexp.Compile(list)
	return err != nil || position.MatchString(f.Message) || slices.ContainsFunc(f.Alternatives, func(a protocol.EngineAlternative) bool {
		return position.MatchString(a.Message)
	})
}

// conflicting says that fragments conflict where entities are: taking a conflict
// out may take out text that speaks of others as well.
func (r *restriction) conflicting(findings []protocol.EngineFinding) bool {
	return r != nil && slices.ContainsFunc(findings, func(f protocol.EngineFinding) bool {
		return isConflict(f) && r.borders.meets(f.Path)
	})
}
