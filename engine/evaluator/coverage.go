package evaluator

import (
	"sort"

	"congruent.dev/engine/protocol"
)

// lookout says how far a place was looked at: refused beats covered, which beats stale.
type lookout int

const (
	unseen lookout = iota
	stale
	covered
	refused
)

func lookoutOf(status string) lookout {
	switch status {
	case "refused":
		return refused
	case "covered":
		return covered
	case "stale":
		return stale
	}
	return unseen
}

// kind is the kind of finding about something that nobody could see.
func (l lookout) kind() string {
	switch l {
	case refused:
		return "refused"
	case stale:
		return "stale"
	}
	return "unobserved"
}

// cause is why a value is undecided about which nothing better is known.
func (l lookout) cause() cause {
	switch l {
	case refused:
		return causeRefused
	case stale:
		return causeStale
	}
	return causeUnobserved
}

// coverage is a trie of all coverage patterns.
type coverage struct {
	root *coverageNode
}

type coverageNode struct {
	labels map[string]*coverageNode
	any    *coverageNode
	here   lookout
	reason string
	below  [refused + 1]bool // what entries say strictly below
}

// scope is the coverage at one place: what entries above say, and which entries reach on below.
type scope struct {
	status lookout
	reason string
	nodes  []*coverageNode
}

func newCoverage(entries []protocol.Coverage) *coverage {
	c := &coverage{root: &coverageNode{}}
	for _, entry := range entries {
		status := lookoutOf(entry.Status)
		n := c.root
		for _, label := range entry.Path {
			n.below[status] = true
			n = n.step(label)
		}
		if status > n.here || status == n.here && (n.reason == "" || entry.Reason < n.reason) {
			n.here, n.reason = status, entry.Reason
		}
	}
	return c
}

func (n *coverageNode) step(label *string) *coverageNode {
	if label == nil {
		if n.any == nil {
			n.any = &coverageNode{}
		}
		return n.any
	}
	if n.labels == nil {
		n.labels = map[string]*coverageNode{}
	}
	if n.labels[*label] == nil {
		n.labels[*label] = &coverageNode{}
	}
	return n.labels[*label]
}

// top is the coverage of the root.
func (c *coverage) top() scope {
	return scope{nodes: []*coverageNode{c.root}}.settle()
}

// below is the coverage of a member.
func (s scope) below(label string) scope {
	next := scope{status: s.status, reason: s.reason}
	for _, n := range s.nodes {
		if m := n.labels[label]; m != nil {
			next.nodes = append(next.nodes, m)
		}
		if n.any != nil {
			next.nodes = append(next.nodes, n.any)
		}
	}
	return next.settle()
}

func (s scope) settle() scope {
	for _, n := range s.nodes {
		if n.here > s.status {
			s.status, s.reason = n.here, n.reason
		}
	}
	return s
}

// at is the coverage of a path.
func (c *coverage) at(labels []string) scope {
	s := c.top()
	for _, label := range labels {
		s = s.below(label)
	}
	return s
}

// mentions says that an entry of that status lies strictly below.
func (s scope) mentions(status lookout) bool {
	for _, n := range s.nodes {
		if n.below[status] {
			return true
		}
	}
	return false
}

// whole says that everything here and below was looked at.
func (s scope) whole() bool {
	return s.status == covered && !s.mentions(refused)
}

// blind says that nothing here or below was looked at.
func (s scope) blind() bool {
	return s.status == refused || s.status < covered && !s.mentions(covered)
}

// unsure is why not everything here and below is known, where it was not looked at as a whole.
func (s scope) unsure() lookout {
	if s.status == covered {
		return refused // the only thing that beats it
	}
	return s.status
}

// named lists the labels that entries name for members, sorted.
func (s scope) named() []string {
	seen := map[string]bool{}
	for _, n := range s.nodes {
		for label := range n.labels {
			seen[label] = true
		}
	}
	out := make([]string, 0, len(seen))
	for label := range seen {
		out = append(out, label)
	}
	sort.Strings(out)
	return out
}
