package evaluator

import (
	"fmt"

	"cuelang.org/go/cue/ast"
)

// readGap is a place that a constraint reads and about which nothing is certain.
type readGap struct {
	at     location
	kind   string
	reason string
}

// gapsOf follows a read through the observed tree to all places that are absent
// and not covered, refused, stale or contested. Labels that the finding's own
// path fixes are taken from there (binding).
func (c *checking) gapsOf(r read, binding map[ast.Node]string) []readGap {
	var out []readGap
	c.follow(r, r.path, c.observed.root, location{}, c.coverage.top(), binding, &out)
	return out
}

func (c *checking) follow(r read, rest []readStep, n *observedNode, at location, s scope, binding map[ast.Node]string, out *[]readGap) {
	if s.whole() && !c.undecidedThere {
		return // all of it was looked at, and nothing is masked or contested
	}
	if s.status == refused {
		*out = append(*out, readGap{at, "refused", s.reason})
		return
	}
	if n.why == causeContested && (n.disputed || !r.observed) && r.how == presence {
		*out = append(*out, readGap{at: at, kind: "contested"})
		return
	}
	if n.why == causeMasked && r.how == presence && !r.observed {
		*out = append(*out, readGap{at: at, kind: "incomplete"})
		return
	}
	if len(rest) == 0 && r.how == counting && n.kind == mapNode && n.why == "" && !s.whole() {
		*out = append(*out, readGap{at, s.unsure().kind(), s.reason})
	}
	if len(rest) == 0 || n.kind == scalarNode || n.why != "" {
		return
	}
	step, label := rest[0], rest[0].label
	if step.any {
		bound, ok := binding[step.variable]
		if !ok || step.variable == nil {
			c.followAll(r, rest[1:], n, at, s, binding, out)
			return
		}
		label = bound
	}
	if member := n.memberFor(r, label); member != nil {
		c.follow(r, rest[1:], member, at.child(member.step), s.below(label), binding, out)
		return
	}
	below := s.below(label)
	next := at.child(field(label))
	switch {
	case n.kind != mapNode || below.whole() || !r.observed && c.decidedByFragments(next):
	case below.blind():
		*out = append(*out, readGap{next, below.status.kind(), below.reason})
	case len(rest) > 1:
		c.follow(r, rest[1:], &observedNode{kind: mapNode}, next, below, binding, out)
	case below.status != covered:
		*out = append(*out, readGap{next, "unobserved", ""})
	}
}

// followAll goes through every member; where there is none, and nobody looked, the map itself is the gap.
func (c *checking) followAll(r read, rest []readStep, n *observedNode, at location, s scope, binding map[ast.Node]string, out *[]readGap) {
	for _, member := range n.membersFor(r) {
		c.follow(r, rest, member, at.child(member.step), s.below(member.step.label), binding, out)
	}
	for _, label := range s.named() {
		below := s.below(label)
		if n.memberFor(r, label) == nil && (below.status == refused || below.status == stale) && below.blind() {
			*out = append(*out, readGap{at.child(field(label)), below.status.kind(), below.reason})
		}
	}
	if len(n.membersFor(r)) == 0 && s.blind() {
		*out = append(*out, readGap{at, s.status.kind(), s.reason})
	}
}

// decidedByFragments says that the fragments alone fix the value at a place, whatever is observed.
func (c *checking) decidedByFragments(at location) bool {
	v := lookupFrom(c.desired.value, at)
	return v.Exists() && isFixed(v)
}

// silent reports constraints whose silence proves nothing, since what they read is not certain.
func (c *checking) silent() {
	for i := range c.reads.units {
		u := &c.reads.units[i]
		for _, r := range u.reads {
			if !r.uncertainly() {
				continue
			}
			for _, gap := range c.gapsOf(r, nil) {
				if c.blind.covers(gap.at) || c.observed.only.leavesOutAt(gap.at) {
					continue
				}
				message := fmt.Sprintf("a constraint reads `%s`, %s", r.nameOf(gap.at), uncertain(gap))
				d := c.draft(gap.kind, gap.at, message)
				d.conjuncts = []conjunct{{at: u.place()}}
				c.found.add(d)
			}
		}
	}
}

// place is where a unit is written: a field's value, or the comprehension.
func (u *readUnit) place() place {
	if f, ok := u.node.(*ast.Field); ok {
		return placeOf(f.Value.Pos())
	}
	return placeOf(u.node.Pos())
}

// nameOf is a place as the constraint reads it.
func (r read) nameOf(at location) string {
	if !r.observed {
		return at.at()
	}
	return location{{definitionStep, "#observed"}}.and(at).at()
}

// and is the location that goes on from here.
func (l location) and(rest location) location {
	return append(append(make(location, 0, len(l)+len(rest)), l...), rest...)
}

func uncertain(gap readGap) string {
	words := map[string]string{
		"unobserved": "where nobody looked",
		"stale":      "where the only snapshots are too old",
		"refused":    "where an observer was refused to look",
		"contested":  "about which observers differ",
		"incomplete": "which is masked",
	}[gap.kind]
	if gap.reason != "" {
		words += ": " + gap.reason
	}
	return words
}

// taint turns a finding into an undecided one where a conjunct of it reads what
// nobody can be sure of. It says whether silent has reported that already.
func (c *checking) taint(d *draft) (told bool) {
	switch d.kind {
	case "mismatch", "missing", "unexpected", "drift", "incomplete":
	default:
		return false
	}
	for _, j := range d.conjuncts {
		stack := c.desired.index.stackOf(j, d.at)
		binding := bindingOf(stack, d.at)
		for _, u := range c.reads.around(stack) {
			for _, r := range u.reads {
				if !r.uncertainly() {
					continue
				}
				if gaps := c.gapsOf(r, binding); len(gaps) > 0 && d.kind != gaps[0].kind {
					if d.kind == "incomplete" && gaps[0].kind != "incomplete" {
						return true
					}
					d.kind = gaps[0].kind
					d.message = fmt.Sprintf("%s, but a constraint reads `%s`, %s", d.message, r.nameOf(gaps[0].at), uncertain(gaps[0]))
					d.reads = append(d.reads, gaps[0].at)
					return false
				}
			}
		}
	}
	return false
}

// bindingOf says which labels of a finding's path stand for which variables of the constraint.
func bindingOf(stack []ast.Node, at location) map[ast.Node]string {
	path, _ := pathOf(stack)
	if len(path) > len(at) {
		return nil
	}
	binding := map[ast.Node]string{}
	for i, s := range path {
		switch {
		case s.any && s.variable != nil:
			binding[s.variable] = at[i].label
		case !s.any && s.label != at[i].label:
			return nil
		}
	}
	return binding
}

// related are the observed places that the constraints behind a finding read,
// where its own path is not observed.
func (c *checking) related(conjuncts []conjunct, where location) []location {
	var out []location
	for _, j := range conjuncts {
		stack := c.desired.index.stackOf(j, where)
		binding := bindingOf(stack, where)
		for _, r := range c.reads.at(stack) {
			if at, ok := c.shownAt(r, binding); ok {
				out = appendLocation(out, at)
			}
		}
	}
	return out
}

// shownAt is the deepest observed place on the way of a read, up to the first label that stands for many.
func (c *checking) shownAt(r read, binding map[ast.Node]string) (location, bool) {
	n := c.observed.root
	for _, s := range r.path {
		label := s.label
		if s.any {
			bound, ok := binding[s.variable]
			if !ok || s.variable == nil {
				break
			}
			label = bound
		}
		member := n.memberFor(r, label)
		if member == nil {
			break
		}
		n = member
	}
	return n.location(), n.parent != nil
}
