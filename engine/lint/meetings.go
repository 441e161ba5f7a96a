package lint

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// mostUnions is how many unions of structs may meet on one value before the work
// is a matter of minutes.
const mostUnions = 4

// meetings looks at what meets at each place: what is said of it by name, and by
// patterns for all members.
func (l *linter) meetings() {
	m := &meeting{linter: l, unions: map[*place][]ast.Node{}}
	for _, top := range append([]*place{l.tree.root}, l.librariesSorted()...) {
		m.at(top, nil, 0)
	}
}

func (l *linter) librariesSorted() []*place {
	var out []*place
	for _, name := range slices.Sorted(maps.Keys(l.tree.libraries)) {
		out = append(out, l.tree.libraries[name])
	}
	return out
}

// meeting is one pass over all places.
type meeting struct {
	*linter
	// own is how many conjuncts, the first ones, are said of the place itself. What
	// meets among others only is found where those stand.
	own int
	// unions are the open unions of definitions and hidden fields that were asked for before.
	unions map[*place][]ast.Node
	// depth is through how many names a union is followed at the moment.
	depth int
}

// at looks at a place and all below; overlays are patterns that speak of it too.
func (m *meeting) at(p *place, overlays []*place, depth int) {
	if depth > deepestPlace {
		return
	}
	if len(p.said) > 0 {
		said := slices.Clone(p.said)
		for _, o := range overlays {
			said = append(said, o.said...)
		}
		m.own = len(p.said)
		m.defaults(said)
		m.counting(said)
		m.openUnions(said)
	}
	for _, label := range slices.Sorted(maps.Keys(p.members)) {
		m.at(p.members[label], below(p, overlays, label), depth+1)
	}
}

// deepestPlace bounds how deep places are looked at.
const deepestPlace = 1000

// defaults finds different defaults for one value: then there is none.
func (m *meeting) defaults(said []conjunct) {
	byValue := map[string]ast.Expr{}
	var nodes []ast.Node
	own := false
	for i, c := range said {
		if c.perhaps || !isDisjunction(c.value) {
			continue
		}
		for _, a := range alternatives(c.value) {
			if text, ok := constant(a.value); ok && a.marked {
				nodes, own = append(nodes, c.value), own || i < m.own
				if old := byValue[text]; old == nil || comparePlaces(a.value, old) < 0 {
					byValue[text] = a.value
				}
			}
		}
	}
	if len(byValue) < 2 || !own {
		return
	}
	var values []string
	for _, key := range slices.Sorted(maps.Keys(byValue)) {
		values = append(values, "`*"+m.text(byValue[key])+"`")
	}
	m.add(ambiguousDefault, "the defaults "+strings.Join(values, " and ")+" meet here and cancel each other out, so that there is none; let one team give the default, or narrow what is permitted", nodes...)
}

// counting finds several matchN or matchIf over open lists, which CUE may take for one.
func (m *meeting) counting(said []conjunct) {
	texts := map[string]bool{}
	var nodes []ast.Node
	own := false
	for i, c := range said {
		call, ok := c.value.(*ast.CallExpr)
		if ok && isCall(call, "matchN", "matchIf") && holdsOpenList(call) {
			nodes, own = append(nodes, call), own || i < m.own
			texts[m.Text(call)] = true
		}
	}
	if len(texts) > 1 && own {
		m.add(countingMeets, "several `matchN` or `matchIf` over open lists meet here: CUE v0.17.1 takes two for one that differ only in the elements' type; put what they ask into one call, as in `matchN(2, [[...int], [...>0]])`", nodes...)
	}
}

func holdsOpenList(x ast.Node) (found bool) {
	ast.Walk(x, func(n ast.Node) bool {
		open, ok := n.(*ast.Ellipsis)
		found = found || ok && open.Type != nil
		return !found
	}, nil)
	return found
}
