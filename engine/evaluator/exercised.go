package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// Exercised lists the rules that speak about something observed: those of which a
// conjunct stands at a path where there is a value, satisfied or not.
func (k *Kept) Exercised(req *protocol.Request) *protocol.ExercisedAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.ExercisedAnswer{Digest: d.digest, Notes: d.notes, Rules: []protocol.RuleName{}}
	if len(d.findings) > 0 || !d.value.Exists() {
		return answer
	}
	o, err := readObservation(req.Observed.State)
	if err == nil && req.Observed.Context != "" {
		err = o.addContext(req.Observed.Context)
	}
	if err != nil {
		return answer
	}
	o.withUndecided(req.Observed)
	c := &checking{desired: d, observed: o, reads: d.reads()}
	e := exercise{index: d.index, desired: d, seen: map[ast.Node]bool{}, names: map[protocol.RuleName]bool{}}
	e.walk(o.root, c.whole().unify())
	for name := range e.names {
		answer.Rules = append(answer.Rules, name)
	}
	slices.SortFunc(answer.Rules, func(a, b protocol.RuleName) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Team, b.Team))
	})
	return answer
}

// exercise gathers the rules that are met on a walk through an observed tree.
type exercise struct {
	index   *index
	desired *desired
	seen    map[ast.Node]bool
	names   map[protocol.RuleName]bool
}

// walk goes down the observed tree beside the unified value; below what failed
// CUE may know nothing, which a check tells of anyway.
func (e *exercise) walk(n *observedNode, value cue.Value) {
	if !value.Exists() {
		return
	}
	at := n.location()
	for _, c := range e.desired.contributions(value, at) {
		if e.seen[c.node] {
			continue
		}
		e.seen[c.node] = true
		for _, team := range e.index.teamsOf(c.node.Pos().Filename(), at) {
			e.names[protocol.RuleName{ID: e.index.ruleOf(c.node, team).ID, Team: team}] = true
		}
	}
	if n.kind == scalarNode {
		return
	}
	for _, member := range n.order {
		e.walk(member, value.LookupPath(cue.MakePath(member.step.selector())))
	}
}
