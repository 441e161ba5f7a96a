package evaluator

import (
	"slices"
	"sort"

	"congruent.dev/engine/protocol"
)

// Where a part of an observed state is checked, #observed still is the whole of
// it. What only the whole holds stands beside the members of the tree: reads of
// #observed meet it, and nothing else does.

// addContext puts what only the context holds beside the tree. Lists are those of the state.
func (o *observation) addContext(context string) error {
	whole, err := readObservation(context)
	if err != nil {
		return err
	}
	o.graft(o.root, whole.root)
	return nil
}

func (o *observation) graft(n, whole *observedNode) {
	if n.kind != mapNode || whole.kind != mapNode {
		return
	}
	for _, other := range whole.order {
		if member := n.members[other.step]; member != nil {
			o.graft(member, other)
			continue
		}
		other.parent = n
		n.beyond = append(n.beyond, other)
		o.enumerate(other)
	}
}

// seen lists the members as #observed has them, sorted by label or position.
func (n *observedNode) seen() []*observedNode {
	if len(n.beyond) == 0 {
		return n.order
	}
	out := append(slices.Clone(n.order), n.beyond...)
	sort.Slice(out, func(i, j int) bool { return out[i].step.label < out[j].step.label })
	return out
}

// membersFor lists the members that a read meets.
func (n *observedNode) membersFor(r read) []*observedNode {
	if r.observed {
		return n.seen()
	}
	return n.order
}

// memberFor is the member of a label that a read meets, or nil.
func (n *observedNode) memberFor(r read, label string) *observedNode {
	if member := n.member(label); member != nil || !r.observed {
		return member
	}
	return n.beyondAt(label)
}

func (n *observedNode) beyondAt(label string) *observedNode {
	i := slices.IndexFunc(n.beyond, func(m *observedNode) bool { return m.step.label == label })
	if i < 0 {
		return nil
	}
	return n.beyond[i]
}

// place makes sure that a node stands at a path, for contested and masked
// leaves; it is nil where the observed state says something else on the way.
func (o *observation) place(path protocol.Path) *observedNode {
	n := o.root
	for i, label := range path {
		outside := n.kind == mapNode && o.only.isLeftOut(path[:i+1])
		member := n.member(label)
		if member == nil || outside {
			member = n.beyondAt(label)
		}
		if member == nil {
			if n.kind != mapNode {
				return nil
			}
			member = &observedNode{id: len(o.nodes), parent: n, step: field(label), kind: mapNode, members: map[step]*observedNode{}}
			if i == len(path)-1 {
				member.kind = undecidedNode
			}
			o.nodes = append(o.nodes, member)
			n.insert(member, outside)
		}
		n = member
	}
	return n
}

func (n *observedNode) insert(member *observedNode, outside bool) {
	if outside {
		n.beyond = append(n.beyond, member)
		return
	}
	n.members[member.step] = member
	at := sort.Search(len(n.order), func(i int) bool { return n.order[i].step.label >= member.step.label })
	n.order = slices.Insert(n.order, at, member)
}
