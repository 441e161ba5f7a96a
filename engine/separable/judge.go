package separable

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// judge finds every reason why the entities of a candidate cannot each be evaluated alone.
func (s *scan) judge(c *candidate) {
	c.reasons = nil
	for level, places := range c.levels {
		for _, p := range places {
			for _, r := range p.unclear {
				c.cross(r.Node, "`"+pathText(c.prefix(level))+"`: "+r.Message)
			}
		}
	}
	s.judgeShape(c)
	e := s.entityOf(c)
	for _, x := range c.constraints() {
		if x.label != nil {
			e.walk(x.label)
		}
		e.walk(x.value)
	}
	for _, p := range c.collections() {
		for _, label := range labelsOf([]*place{p}) {
			for _, said := range p.members[label].said {
				if !s.plain[said.value] {
					e.walk(said.value)
				}
			}
		}
	}
	c.reads, c.readsLabel, c.labelUses = e.reads, e.readsLabel, e.labelUses
	c.reasons = append(c.reasons, e.reasons...)
	s.judgeReaders(c)
	s.judgeLimits(c)
}

func (c *candidate) cross(n ast.Node, message string) {
	c.reasons = append(c.reasons, Reason{Node: n, Message: message})
}

// judgeShape asks that every entity is spoken of by the same patterns, and that
// what names one can be left out.
func (s *scan) judgeShape(c *candidate) {
	for _, places := range c.levels[:len(c.levels)-1] {
		for _, p := range places {
			for _, x := range p.patterns {
				if x.label != nil {
					c.cross(x.label, "`"+pathText(c.path)+"`: what is around the entities is for some labels only")
				}
			}
		}
	}
	maps, lists := false, false
	generic := genericOf(c)
	for i, p := range c.collections() {
		own := !generic[i]
		for _, x := range p.patterns {
			maps, lists = maps || x.field != nil, lists || x.field == nil
			if own {
				c.cross(x.value, "`"+pathText(c.path)+"`: one of the collections has a pattern of its own")
			}
			if len(p.narrow) > 0 {
				c.cross(p.narrow[0], "`"+pathText(c.path)+"`: the collection is closed against some labels")
			}
		}
		for _, label := range labelsOf([]*place{p}) {
			for _, said := range p.members[label].said {
				if !said.cut {
					c.cross(said.value, "`"+pathText(c.path)+"`: `"+label+"` is named where it cannot be left out")
					break
				}
			}
			if at := p.members[label].perhaps; at != nil {
				c.cross(at, "`"+pathText(c.path)+"`: `"+label+"` is named under a condition")
			}
		}
	}
	if maps && lists {
		c.cross(c.constraints()[0].value, "`"+pathText(c.path)+"`: both a map and a list")
	}
}

// genericOf tells for every collection whether all places on its way stand for any label where the path does.
func genericOf(c *candidate) []bool {
	reached := map[*place]bool{}
	for _, p := range c.levels[0] {
		reached[p] = true
	}
	for i := range len(c.levels) - 1 {
		for _, p := range c.levels[i] {
			if !reached[p] {
				continue
			}
			if c.path[i] == nil {
				reached[p.any] = p.any != nil
			} else if m := p.members[*c.path[i]]; m != nil {
				reached[m] = true
			}
		}
	}
	var out []bool
	for _, p := range c.collections() {
		out = append(out, reached[p])
	}
	return out
}

// markPlain finds the values of named entities in which no name stands for
// anything: nothing in them has to be looked up.
func (s *scan) markPlain(found []*candidate) {
	for _, c := range found {
		for _, p := range c.collections() {
			for _, m := range p.members {
				for _, said := range m.said {
					if said.cut && s.isPlain(said.value) {
						s.plain[said.value] = true
					}
				}
			}
		}
	}
}

// named lists the entities of a separable pattern that fragments name.
func (s *scan) named(c *candidate) []Named {
	var out []Named
	for _, collection := range s.namedCollections(c) {
		for _, label := range labelsOf([]*place{collection.place}) {
			m := collection.place.members[label]
			n := Named{Path: append(slices.Clone(collection.path), label)}
			for i, said := range m.said {
				n.Values = append(n.Values, said.value)
				if r := s.undecidable(said.value, m.fields[i], n.Path); r != nil && n.Undecidable == nil {
					n.Undecidable = r
				}
			}
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Named) int { return slices.Compare(a.Path, b.Path) })
	return out
}

type namedCollection struct {
	path  []string
	place *place
}

// namedCollections are the collections whose whole path is made of labels that stand in the text.
func (s *scan) namedCollections(c *candidate) []namedCollection {
	reached := map[*place][]string{c.levels[0][0]: {}}
	for i := range len(c.levels) - 1 {
		for _, p := range c.levels[i] {
			path, ok := reached[p]
			if !ok {
				continue
			}
			for label, m := range p.members {
				if c.path[i] == nil || *c.path[i] == label {
					reached[m] = append(slices.Clone(path), label)
				}
			}
		}
	}
	var out []namedCollection
	for _, p := range c.collections() {
		if path, ok := reached[p]; ok {
			out = append(out, namedCollection{path: path, place: p})
		}
	}
	return out
}

// isPlain says that an expression is made of constants, types, structs with
// labels that stand in the text and open or fixed lists, and that it is written
// without a mistake that only compiling it would tell.
func (s *scan) isPlain(x ast.Expr) bool {
	return constantText{program: s.program}.expr(x)
}

// undecidable says why a named entity may not be left out unseen, or nil: it
// might hold a mistake that is found only by compiling, or a team may not speak of it.
func (s *scan) undecidable(x ast.Expr, f *ast.Field, path protocol.Path) *Reason {
	if f.Alias != nil || f.Label != ast.Label(syntax.Label(f)) || f.Value != x {
		return &Reason{Node: f, Message: "a name for the field is given"}
	}
	if !s.plain[x] && !(constantText{program: s.program, names: true}).expr(x) {
		return &Reason{Node: x, Message: "only the evaluator can tell whether it is well formed"}
	}
	return s.limited(x, f, path)
}
