package evaluator

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// unseenPattern reports maps whose patterns speak about members that nobody
// could see: nothing there is covered or shown, so silence proves nothing.
func (c *checking) unseenPattern(at location, value cue.Value, s scope) {
	if !s.blind() || c.blind.has(at) || c.reached.covers(at) || value.Err() != nil || value.IncompleteKind() != cue.StructKind {
		return
	}
	fields, err := value.Fields(cue.Patterns(true))
	if err != nil {
		return
	}
	var patterns []conjunct
	for fields.Next() {
		if fields.Selector().ConstraintType() == cue.PatternConstraint {
			patterns = append(patterns, speaking(conjunctsOf(fields.Value()))...)
			continue
		}
		if fields.FieldType() == cue.StringLabel {
			label := stepOfSelector(fields.Selector())
			c.unseenPattern(at.child(label), fields.Value(), s.below(label.label))
		}
	}
	if len(patterns) > 0 {
		d := c.draft(s.status.kind(), at, "nobody looked here, and constraints speak about whatever is here").seen(s)
		d.conjuncts = patterns
		c.found.add(d)
	}
}

// speaking leaves out conjuncts that say nothing: `_`, `{}`, `{...}`.
func speaking(conjuncts []conjunct) []conjunct {
	var out []conjunct
	for _, j := range conjuncts {
		if !saysNothing(j.value.Source()) {
			out = append(out, j)
		}
	}
	return out
}

func saysNothing(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.Field:
		return saysNothing(x.Value)
	case *ast.Ident:
		return x.Name == "_"
	case *ast.StructLit:
		return elementsSayNothing(x.Elts)
	case *ast.File:
		return elementsSayNothing(x.Decls)
	}
	return false
}

func elementsSayNothing(decls []ast.Decl) bool {
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.Ellipsis:
			if d.Type != nil {
				return false
			}
		case *ast.CommentGroup, *ast.Attribute, *ast.Package, *ast.ImportDecl:
		default:
			return false
		}
	}
	return true
}

// reach reports refused and stale entries of the coverage wherever any
// constraint speaks about what nobody could see there, patterns included.
func (c *checking) reach(entries []protocol.Coverage) {
	var places []location
	for _, entry := range entries {
		if status := lookoutOf(entry.Status); status == refused || status == stale {
			places = append(places, c.instances(c.observed.root, location{}, entry.Path, c.coverage.top(), status)...)
		}
	}
	if len(places) == 0 {
		return
	}
	value := c.desired.value.Unify(c.desired.ctx.BuildExpr(skeletonOf(places)))
	for _, at := range places {
		c.reachAt(at, lookupFrom(value, at), c.coverage.at(at.labels()))
	}
}

// reachAt reports the highest places at and below a location that nobody could
// see and about which constraints speak. The root is too wide to say anything about.
func (c *checking) reachAt(at location, value cue.Value, s scope) {
	if s.status != refused && s.status != stale || !value.Exists() || c.reached.covers(at) || c.blind.covers(at) {
		return
	}
	if s.blind() && len(at) > 0 {
		if conjuncts := speaking(conjunctsOf(value)); len(conjuncts) > 0 {
			c.reachedBy(conjuncts, at, s)
		}
		return
	}
	fields, err := value.Fields(cue.Optional(true), cue.Patterns(true))
	if err != nil {
		return
	}
	var patterns []conjunct
	for fields.Next() {
		if fields.Selector().ConstraintType() == cue.PatternConstraint {
			patterns = append(patterns, speaking(conjunctsOf(fields.Value()))...)
			continue
		}
		label := stepOfSelector(fields.Selector())
		c.reachAt(at.child(label), fields.Value(), s.below(label.label))
	}
	if len(patterns) > 0 {
		c.reachedBy(patterns, at, s)
	}
}

func (c *checking) reachedBy(conjuncts []conjunct, at location, s scope) {
	message := "an observer was refused to look here"
	if s.status == stale {
		message = "the only snapshots that cover this are too old"
	}
	d := c.draft(s.status.kind(), at, message).seen(s)
	d.conjuncts = conjuncts
	c.found.add(d)
	c.reached.add(at)
}

// instances are the places that a coverage pattern means: any label stands for
// every member that is observed or that another entry names; for none, the map itself.
func (c *checking) instances(n *observedNode, at location, rest protocol.Pattern, s scope, status lookout) []location {
	if len(rest) == 0 {
		if s.status != status {
			return nil
		}
		return []location{at}
	}
	if s.status == status {
		return []location{at} // an entry above says the same
	}
	var out []location
	for _, label := range labelsFor(n, rest[0], s) {
		var member *observedNode
		next := field(label)
		if n != nil {
			if n.kind == listNode {
				next = step{indexStep, label}
			}
			member = n.members[next]
		}
		out = append(out, c.instances(member, at.child(next), rest[1:], s.below(label), status)...)
	}
	if len(out) == 0 && rest[0] == nil && s.status < status {
		out = append(out, at)
	}
	return out
}

func labelsFor(n *observedNode, label *string, s scope) []string {
	if label != nil {
		return []string{*label}
	}
	labels := s.named()
	if n == nil {
		return labels
	}
	known := map[string]bool{}
	for _, l := range labels {
		known[l] = true
	}
	for _, member := range n.order {
		if !known[member.step.label] {
			labels = append(labels, member.step.label)
		}
	}
	return labels
}

// skeletonOf is a struct in which every place exists and says nothing.
func skeletonOf(places []location) ast.Expr {
	root := &skeletonNode{}
	for _, at := range places {
		n := root
		for _, s := range at {
			n = n.child(s.label)
		}
	}
	return root.expr()
}

type skeletonNode struct {
	labels  []string
	members map[string]*skeletonNode
}

func (n *skeletonNode) child(label string) *skeletonNode {
	if n.members == nil {
		n.members = map[string]*skeletonNode{}
	}
	if n.members[label] == nil {
		n.members[label] = &skeletonNode{}
		n.labels = append(n.labels, label)
	}
	return n.members[label]
}

func (n *skeletonNode) expr() ast.Expr {
	if len(n.labels) == 0 {
		return ast.NewIdent("_")
	}
	s := &ast.StructLit{}
	for _, label := range n.labels {
		s.Elts = append(s.Elts, &ast.Field{Label: ast.NewString(label), Value: n.members[label].expr()})
	}
	return s
}

func (d draft) seen(s scope) draft {
	if s.reason != "" {
		d.message = fmt.Sprintf("%s: %s", d.message, s.reason)
	}
	return d
}
