package separable

import (
	"slices"
)

// judgeObserved lets lists cross that are read through #observed: positions in a
// part of a list are others than those in the whole. Maps may be read, since the
// whole of what was observed is given to every part.
func (s *scan) judgeObserved(chosen []*candidate) {
	for _, c := range chosen {
		if len(c.reasons) > 0 || !s.throughList(c) {
			continue
		}
		for _, x := range s.uses.observed {
			if leadsTo(x.Steps, c.path) {
				c.cross(x.Ident, s.reading(x, "#observed."+pathText(c.path[:len(c.path)-1])))
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
