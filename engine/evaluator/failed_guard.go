package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
)

// failedGuard reports a condition, a loop or a label that cannot be evaluated
// because of what it reads of #observed, such as a string compared with a number.
// The whole struct around it fails with it. So what it reads becomes undecided in
// #observed, and the rest of the struct shows. False if there is nothing such to take out.
func (c *checking) failedGuard(f family) bool {
	if len(f.errors) == 0 || f.isUnion {
		return false
	}
	var taken []*observedNode
	for _, p := range placesOf(f.errors) {
		stack := c.desired.index.stackAt(p, f.at)
		if !insideGuard(stack) {
			continue
		}
		binding := bindingOf(stack, f.at)
		for _, r := range c.reads.at(stack) {
			if r.observed {
				taken = append(taken, c.shownLeaves(r.path, c.observed.root, binding)...)
			}
		}
	}
	taken = blamed(taken, f.errors)
	if len(taken) == 0 {
		return false
	}
	c.report(f.at, nil, f.errors, nil)
	for _, p := range placesOf(f.errors) {
		c.found.failed = append(c.found.failed, hindrance{f.at, p})
	}
	only := c.desired.source.restriction
	for _, n := range taken {
		n.spent = true
		if at := n.location(); only.apart(f.at, at) || only != nil && only.borders.key(at) == "" {
			c.doubt("a condition fails because of what others may read too: `" + at.at() + "`")
		}
	}
	return true
}

// blamed are those nodes among what a guard reads for which CUE may have failed:
// values rather than the maps around them, and those that its words quote if there are such.
func blamed(nodes []*observedNode, errs []cueError) []*observedNode {
	for _, fits := range []func(*observedNode) bool{
		func(n *observedNode) bool {
			return n.kind == scalarNode && slices.ContainsFunc(errs, func(e cueError) bool { return strings.Contains(e.message, n.text) })
		},
		func(n *observedNode) bool { return n.kind != mapNode },
	} {
		var out []*observedNode
		for _, n := range nodes {
			if fits(n) {
				out = append(out, n)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nodes
}

// shownLeaves are the observed nodes at the end of a path that is read, all of
// them where a label stands for many, and where it ends early the last on the way.
func (c *checking) shownLeaves(rest []readStep, n *observedNode, binding map[ast.Node]string) []*observedNode {
	if n.spent {
		return nil
	}
	if len(rest) == 0 || n.kind == scalarNode {
		if n.parent == nil {
			return nil
		}
		return []*observedNode{n}
	}
	var out []*observedNode
	label, bound := binding[rest[0].variable]
	for _, member := range n.seen() {
		if rest[0].any && (!bound || rest[0].variable == nil || label == member.step.label) || !rest[0].any && rest[0].label == member.step.label {
			out = append(out, c.shownLeaves(rest[1:], member, binding)...)
		}
	}
	return out
}

// insideGuard says that a place lies in a clause of a comprehension or in a label.
func insideGuard(stack []ast.Node) bool {
	for i := len(stack) - 1; i > 0; i-- {
		switch around := stack[i].(type) {
		case ast.Clause:
			return true
		case *ast.Field:
			return i+1 < len(stack) && stack[i+1] == ast.Node(around.Label)
		case *ast.StructLit:
			return false
		}
	}
	return false
}
