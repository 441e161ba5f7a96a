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
// conjunct stands at a path where there is a value, satisfied or not, and at how many.
func (k *Kept) Exercised(req *protocol.Request) *protocol.ExercisedAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.ExercisedAnswer{Digest: d.digest, Notes: d.notes, Rules: []protocol.MetRule{}}
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
	e := exercise{index: d.index, desired: d, ids: map[stated]string{}, paths: map[protocol.RuleName]int{}}
	e.walk(o.root, c.whole().unify())
	for name, paths := range e.paths {
		answer.Rules = append(answer.Rules, protocol.MetRule{ID: name.ID, Team: name.Team, Paths: paths})
	}
	slices.SortFunc(answer.Rules, func(a, b protocol.MetRule) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Team, b.Team))
	})
	return answer
}

// exercise counts, on a walk through an observed tree, where each rule is met.
type exercise struct {
	index   *index
	desired *desired
	ids     map[stated]string
	paths   map[protocol.RuleName]int
}

// stated is a conjunct that counts for a team.
type stated struct {
	node ast.Node
	team string
}

// walk goes down the observed tree beside the unified value; below what failed
// CUE may know nothing, which a check tells of anyway.
func (e *exercise) walk(n *observedNode, value cue.Value) {
	if !value.Exists() {
		return
	}
	at := n.location()
	here := map[protocol.RuleName]bool{}
	for _, c := range e.desired.contributions(value, at) {
		for _, team := range e.index.teamsOf(c.node.Pos().Filename(), at) {
			here[protocol.RuleName{ID: e.ruleOf(stated{c.node, team}), Team: team}] = true
		}
	}
	for name := range here {
		e.paths[name]++
	}
	if n.kind == scalarNode {
		return
	}
	for _, member := range n.order {
		e.walk(member, value.LookupPath(cue.MakePath(member.step.selector())))
	}
}

// ruleOf is the id of the rule that a conjunct states; a pattern's is asked at many paths.
func (e *exercise) ruleOf(s stated) string {
	id, known := e.ids[s]
	if !known {
		id = e.index.ruleOf(s.node, s.team).ID
		e.ids[s] = id
	}
	return id
}
