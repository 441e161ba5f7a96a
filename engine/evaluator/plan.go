package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/acceptance"
	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
)

// Plan says what of the fragments can be evaluated one entity at a time, from
// their text alone: nothing is compiled or evaluated. Where anything cannot be
// loaded nothing is separable, so that the whole check tells what is wrong.
//
// With circumstances it says of single entities only what is known of them.
//
// Package separable says what the host must see to for the answers to be equal.
func Plan(req *protocol.Request) *protocol.PlanAnswer {
	d := gather(req.Fragments)
	answer := &protocol.PlanAnswer{
		Digest:    d.digest,
		Notes:     d.notes,
		Separable: []protocol.SeparablePattern{},
		Crossing:  []protocol.CrossingPattern{},
		Observes:  []protocol.Pattern{},
	}
	if len(d.source.problems) > 0 {
		return answer
	}
	in := d.scanInput()
	patterns, observes := separable.Scan(in)
	if req.Circumstances != nil {
		answer.Circumstances = d.inCircumstances(in, patterns, req)
		return answer
	}
	answer.Observes = observes
	for _, p := range patterns {
		if len(p.Reasons) > 0 {
			answer.Crossing = append(answer.Crossing, protocol.CrossingPattern{Path: p.Path, Reasons: d.planReasons(p.Reasons)})
			continue
		}
		answer.Separable = append(answer.Separable, d.separablePattern(in, p))
	}
	return answer
}

// gather is load without compiling anything.
func gather(fragments *protocol.Fragments) *desired {
	if fragments == nil {
		fragments = &protocol.Fragments{}
	}
	l := newLoader(fragments, noEdits(), nil)
	d := &desired{ctx: l.ctx, source: l, parts: l.gather()}
	if len(l.problems) == 0 {
		l.reportUnusedTags()
	}
	d.index = newIndex(l, d.parts)
	d.digest = digestOf(l)
	d.notes = d.ruleNotes()
	return d
}

// separablePattern writes a pattern as the plan has it.
func (d *desired) separablePattern(in separable.Input, p separable.Pattern) protocol.SeparablePattern {
	out := protocol.SeparablePattern{
		Path: p.Path, List: p.List, Reads: p.Reads, ReadsLabel: p.ReadsLabel,
		Named: []protocol.NamedEntity{}, Undecidable: []protocol.PlanReason{},
	}
	members := constraintsOf(p)
	accepted := acceptance.Pattern(in.Program, members)
	out.Accept = accepted.Accept
	var reasons []separable.Reason
	for _, r := range accepted.Undecidable {
		reasons = append(reasons, separable.Reason{Node: r.Node, Message: r.Message})
	}
	out.Undecidable = d.planReasons(reasons)
	for _, n := range p.Named {
		entity := protocol.NamedEntity{Path: n.Path, Undecidable: true}
		if n.Undecidable == nil {
			if constants, schemas, ok := accepted.Named(in.Program, n.Values); ok {
				entity = protocol.NamedEntity{Path: n.Path, Constants: constants, Schemas: schemas}
			}
		}
		out.Named = append(out.Named, entity)
	}
	out.Sight = sightOf(in, p, members)
	out.Conditions = conditionsOf(in, p)
	return out
}

// constraintsOf is the constraints of a pattern.
func constraintsOf(p separable.Pattern) []acceptance.Member {
	var members []acceptance.Member
	for _, c := range p.Constraints {
		members = append(members, acceptance.Member{Label: c.Label, Value: c.Value})
	}
	return members
}

// sightOf is what all constraints can see of any entity: those of the pattern, and
// those on entities by name.
func sightOf(in separable.Input, p separable.Pattern, members []acceptance.Member) protocol.Sight {
	for _, n := range p.Named {
		if n.Undecidable != nil {
			return true
		}
		for _, v := range n.Values {
			members = append(members, acceptance.Member{Value: v})
		}
	}
	return acceptance.SightOf(in.Program, members)
}

// mostReasons bounds how many reasons a plan tells of one pattern.
const mostReasons = 200

// planReasons says of every reason where it stands and whose it is, sorted.
func (d *desired) planReasons(reasons []separable.Reason) []protocol.PlanReason {
	out := []protocol.PlanReason{}
	for _, r := range reasons {
		at := placeOf(r.Node.Pos())
		for _, team := range d.index.teams.of(at.file) {
			out = append(out, protocol.PlanReason{Team: team, Site: d.index.siteOf(at, d.known(r.Node)), Message: r.Message})
		}
	}
	slices.SortFunc(out, func(a, b protocol.PlanReason) int {
		return cmp.Or(compareSites(a.Site, b.Site), strings.Compare(a.Team, b.Team), strings.Compare(a.Message, b.Message))
	})
	out = slices.CompactFunc(out, func(a, b protocol.PlanReason) bool {
		return compareSites(a.Site, b.Site) == 0 && a.Team == b.Team && a.Message == b.Message
	})
	return out[:min(len(out), mostReasons)]
}

// known prepares the index for a node in data, whose path tells where it stands.
func (d *desired) known(n ast.Node) ast.Node {
	if d.index.knows(n) {
		return n
	}
	return nil
}
