package evaluator

import (
	"cuelang.org/go/cue"
)

// Gaps are places of the desired state where nothing is observed and nobody
// looked. CUE would read absence there as "not there": defaults, `len` and `for`
// would decide silently. So each gets an undecided value, and what depends on it
// stays undecided. Atoms that the fragments fix without a default stay as they are.

// addGaps puts undecided values into the observed tree and says whether there are new ones.
func (c *checking) addGaps(v *view) bool {
	s := c.coverage.at(v.at.labels())
	if s.whole() || v.base.kind != mapNode && v.base.kind != listNode {
		return false
	}
	return c.gapsBelow(v.base, v.value, s)
}

func (c *checking) gapsBelow(n *observedNode, value cue.Value, s scope) (added bool) {
	if n.mark == peelBlocked || n.mark == peelRemoved || n.why != "" || s.whole() {
		return false
	}
	if n.kind == listNode {
		for _, member := range n.order {
			at := value.LookupPath(cue.MakePath(member.step.selector()))
			added = c.gapsBelow(member, at, s.below(member.step.label)) || added
		}
		return added
	}
	if n.kind != mapNode {
		return false
	}
	if n.unsure == "" && len(c.reads.counted) > 0 && c.reads.countsAt(n.location()) {
		n.unsure, added = s.unsure().cause(), true
	}
	fields, err := value.Fields()
	if err != nil {
		return added
	}
	for fields.Next() {
		label := stepOfSelector(fields.Selector())
		below := s.below(label.label)
		switch member := n.members[label]; {
		case below.whole():
		case member != nil:
			added = c.gapsBelow(member, fields.Value(), below) || added
		case n.gaps[label] == nil:
			if gap := c.gapAt(n, label, fields.Value(), below, 0); gap != nil {
				if n.gaps == nil {
					n.gaps = map[step]*observedNode{}
				}
				n.gaps[label] = gap
				added = true
			}
		}
	}
	return added
}

// gapAt is the gap for an absent member, or nil where the fragments alone decide.
func (c *checking) gapAt(parent *observedNode, label step, value cue.Value, s scope, depth int) *observedNode {
	if s.whole() || depth > deepestNeed {
		return nil
	}
	gap := &observedNode{parent: parent, step: label, kind: undecidedNode, why: s.unsure().cause(), judged: value}
	if isFixed(value) {
		return nil
	}
	if !isMapWithMembers(value) || hasPatterns(value) {
		return gap
	}
	if len(c.reads.counted) > 0 && c.reads.countsAt(gap.location()) {
		return gap
	}
	fields, err := value.Fields()
	if err != nil {
		return gap
	}
	gap.kind, gap.why, gap.gaps = mapNode, "", map[step]*observedNode{}
	for fields.Next() {
		member := stepOfSelector(fields.Selector())
		if below := c.gapAt(gap, member, fields.Value(), s.below(member.label), depth+1); below != nil {
			gap.gaps[member] = below
		}
	}
	if len(gap.gaps) == 0 {
		return nil
	}
	return gap
}

// isFixed says that a value is an atom without a default: no observation can change it, only break it.
func isFixed(v cue.Value) bool {
	if v.Err() != nil || v.IncompleteKind()&(cue.StructKind|cue.ListKind) != 0 || !v.IsConcrete() {
		return false
	}
	_, defaulted := v.Default()
	return !defaulted
}

// hasPatterns says that members may exist that the value does not name.
func hasPatterns(v cue.Value) bool {
	fields, err := v.Fields(cue.Patterns(true))
	if err != nil {
		return true
	}
	for fields.Next() {
		if fields.Selector().ConstraintType() == cue.PatternConstraint {
			return true
		}
	}
	return false
}
