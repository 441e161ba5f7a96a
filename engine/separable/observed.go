package separable

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// judgeObserved lets patterns cross whose entities are read through #observed
// where that is not known to the plan: by what is no entity, or by what crosses
// itself; and lists that are read at all, since positions in a part of a list
// are others than those in the whole.
func (s *scan) judgeObserved(chosen []*candidate) {
	for again := true; again; {
		again = false
		told := map[*ast.Ident]bool{}
		for _, c := range chosen {
			if len(c.reasons) > 0 {
				continue
			}
			for _, r := range c.reads {
				if id, ok := r.node.(*ast.Ident); ok {
					told[id] = true
				}
			}
		}
		for _, c := range chosen {
			if len(c.reasons) > 0 {
				continue
			}
			for _, x := range s.uses.observed {
				if c.ownPlaces[x.ident] || !leadsTo(x.steps, c.path) || told[x.ident] && !s.throughList(c) {
					continue
				}
				c.cross(x.ident, s.reading(x, "#observed."+pathText(c.path[:len(c.path)-1])))
				again = true
			}
		}
	}
}

// throughList says that a list lies on the way to the entities.
func (s *scan) throughList(c *candidate) bool {
	for _, places := range c.levels {
		if slices.ContainsFunc(places, func(p *place) bool { return p.isList }) {
			return true
		}
	}
	return false
}
