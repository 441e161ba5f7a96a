package separable

import (
	"slices"
	"sort"

	"cuelang.org/go/cue/ast"
)

// candidatesBelow lists the highest patterns at and below places that one path stands for.
func (s *scan) candidatesBelow(path []*string, levels [][]*place) []*candidate {
	places := levels[len(levels)-1]
	if len(path) > deepestPlace {
		return nil
	}
	for _, p := range places {
		s.grow(p)
	}
	if repeats(levels) {
		return nil
	}
	if slices.ContainsFunc(places, func(p *place) bool { return p.any != nil }) {
		if len(path) == 0 {
			for _, p := range places {
				for _, x := range p.patterns {
					p.unclearAt(x.field, "a pattern speaks of everything at the root")
				}
			}
		} else {
			return []*candidate{newCandidate(append(slices.Clone(path), nil), levels)}
		}
	}
	var out []*candidate
	for _, label := range labelsOf(places) {
		var next []*place
		for _, p := range places {
			if m := p.members[label]; m != nil {
				next = append(next, m)
			}
		}
		out = append(out, s.candidatesBelow(append(slices.Clone(path), &label), append(slices.Clone(levels), next))...)
	}
	return out
}

// repeats says that the last level is said by a struct that an earlier one is
// said by: a definition that holds itself, which would go on for ever.
func repeats(levels [][]*place) bool {
	seen := map[ast.Node]bool{}
	last := len(levels) - 1
	for _, places := range levels[:last] {
		for _, p := range places {
			for _, form := range p.forms {
				seen[form] = true
			}
		}
	}
	return slices.ContainsFunc(levels[last], func(p *place) bool {
		return slices.ContainsFunc(p.forms, func(form ast.Node) bool { return seen[form] })
	})
}

// mostInside is how many patterns may lie inside one another on one path.
const mostInside = 4

func labelsOf(places []*place) []string {
	seen := map[string]bool{}
	var out []string
	for _, p := range places {
		for label := range p.members {
			if !seen[label] {
				seen[label] = true
				out = append(out, label)
			}
		}
	}
	sort.Strings(out)
	return out
}

// choose takes a pattern itself, or patterns inside its entities where an entity
// is nothing but the maps that they are in, and those can be divided.
func (s *scan) choose(c *candidate) []*candidate {
	var inner []*candidate
	all := true
	for _, d := range s.inside(c) {
		for _, x := range s.choose(d) {
			all = all && len(x.reasons) == 0
			inner = append(inner, x)
		}
	}
	if len(inner) > 0 && all {
		return inner
	}
	s.judge(c)
	if len(inner) == 0 || len(c.reasons) == 0 {
		return []*candidate{c}
	}
	if slices.ContainsFunc(inner, func(x *candidate) bool { return len(x.reasons) == 0 }) {
		return inner
	}
	return []*candidate{c}
}

// inside lists the patterns inside a candidate's entities, if every entity is
// nothing but maps of further entities.
func (s *scan) inside(c *candidate) []*candidate {
	depth := 0
	for _, label := range c.path {
		if label == nil {
			depth++
		}
	}
	if depth >= mostInside || c.list {
		return nil
	}
	var generic, all []*place
	for _, p := range c.collections() {
		if p.any != nil {
			generic = append(generic, p.any)
		}
	}
	for _, p := range generic {
		s.grow(p)
	}
	if !s.onlyMaps(generic, 0) {
		return nil
	}
	all = append(all, generic...)
	for _, p := range c.collections() {
		for _, label := range labelsOf([]*place{p}) {
			all = append(all, p.members[label])
		}
	}
	found := s.candidatesBelow(c.path, append(slices.Clone(c.levels), all))
	for _, d := range found {
		var entities []*place
		for _, p := range d.collections() {
			if p.any != nil {
				s.grow(p.any)
				entities = append(entities, p.any)
			}
		}
		if repeats(append(slices.Clone(d.levels), entities)) {
			return nil
		}
	}
	return found
}

// onlyMaps says that places hold nothing but patterns for structs, or structs of such.
func (s *scan) onlyMaps(places []*place, depth int) bool {
	if depth > 8 {
		return false
	}
	any := false
	for _, p := range places {
		s.grow(p)
		if p.isLeaf || p.isList || len(p.unclear) > 0 {
			return false
		}
		if p.any != nil {
			s.grow(p.any)
			if p.any.isLeaf || !p.any.isStruct || len(p.members) > 0 {
				return false
			}
			any = true
		}
		for _, label := range labelsOf([]*place{p}) {
			if !s.onlyMaps([]*place{p.members[label]}, depth+1) {
				return false
			}
			any = true
		}
	}
	return any
}
