package evaluator

import "cuelang.org/go/cue"

// mostLookedUp bounds the members that are looked up one by one, each among all.
const mostLookedUp = 64

// hasOnly says that a map is decided and has just the members that are observed,
// all of them regular, and optional ones. Then nothing else of it has to be listed,
// which takes CUE longer than all the rest, since it sorts them as they are written.
func hasOnly(value cue.Value, n *observedNode) bool {
	core := value.Core()
	if core.V == nil || len(core.V.Arcs) > mostLookedUp || len(n.gaps) > 0 || value.Err() != nil || value.Kind() != cue.StructKind {
		return false
	}
	if chosen, _ := value.Default(); chosen.Core().V != core.V {
		return false
	}
	left := 0
	for _, member := range n.order {
		if member.mark != peelRemoved {
			left++
		}
	}
	for _, arc := range core.V.Arcs {
		if !arc.Label.IsString() || arc.ArcType.Suffix() == "?" {
			continue
		}
		member := n.members[field(arc.Label.StringValue(core.R))]
		if arc.ArcType.Suffix() != "" || member == nil {
			return false
		}
		if member.mark != peelRemoved {
			left--
		}
	}
	return left == 0
}

// hasHidden says that a value may have hidden fields. To list fields takes CUE
// long, since it sorts them as they are written.
func hasHidden(value cue.Value) bool {
	chosen, _ := value.Default()
	core := chosen.Core()
	if core.V == nil {
		return true
	}
	for _, arc := range core.V.Arcs {
		if arc.Label.IsHidden() {
			return true
		}
	}
	return false
}
