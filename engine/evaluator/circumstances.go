package evaluator

import (
	"maps"
	"slices"

	"congruent.dev/engine/acceptance"
	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
)

// mostDecisions bounds how often conditions are evaluated: those further down are met
// once those around them are decided.
const mostDecisions = 4

// conditionsOf says what the conditions of a pattern hang on that can be decided
// without its entities; nil where there are none.
func conditionsOf(in separable.Input, p separable.Pattern) *protocol.Conditions {
	var out *protocol.Conditions
	labels := map[int]bool{}
	known := acceptance.Known{Decide: func(c acceptance.Condition) (bool, bool) {
		if out == nil {
			out = &protocol.Conditions{Labels: []int{}}
		}
		for _, position := range c.Labels {
			labels[position] = true
		}
		return false, false
	}}
	acceptance.PatternKnowing(in.Program, constraintsOf(p), &known)
	if out != nil {
		out.Labels = append(out.Labels, slices.Sorted(maps.Keys(labels))...)
	}
	return out
}

// variant is what is written of entities of a pattern for which conditions come to the same.
type variant struct {
	asked    []question
	outcomes []outcome
	result   protocol.InCircumstances
}

// inCircumstances writes the schemas of single entities.
func (d *desired) inCircumstances(in separable.Input, patterns []separable.Pattern, req *protocol.Request) []protocol.InCircumstances {
	out := make([]protocol.InCircumstances, len(req.Circumstances.Entities))
	decided := newDecisions()
	for range mostDecisions {
		variants := map[int][]variant{}
		for i, entity := range req.Circumstances.Entities {
			out[i] = protocol.InCircumstances{Accept: []protocol.Acceptance{}}
			of := slices.IndexFunc(patterns, func(p separable.Pattern) bool { return len(p.Reasons) == 0 && !p.List && isOf(p.Path, entity) })
			if of < 0 {
				continue
			}
			k := slices.IndexFunc(variants[of], func(v variant) bool { return decided.come(v, entity) })
			if k < 0 {
				k = len(variants[of])
				variants[of] = append(variants[of], writeVariant(in, patterns[of], decided, entity))
			}
			out[i] = variants[of][k].result
		}
		if len(decided.waiting) == 0 || !d.evaluate(decided, req) {
			break
		}
	}
	return out
}

// writeVariant writes the schemas of an entity.
func writeVariant(in separable.Input, p separable.Pattern, decided *decisions, entity protocol.Path) variant {
	v := variant{result: protocol.InCircumstances{Accept: []protocol.Acceptance{}}}
	result := acceptance.PatternKnowing(in.Program, constraintsOf(p), &acceptance.Known{Decide: func(c acceptance.Condition) (holds, known bool) {
		q := questionOf(c)
		found := decided.of(q, entity)
		v.asked, v.outcomes = append(v.asked, q), append(v.outcomes, found)
		return found == holding, found == holding || found == failing
	}})
	v.result.Accept = append(v.result.Accept, result.Accept...)
	v.result.Outcomes = result.Outcomes.Text
	v.result.CoversLabels = len(p.LabelUses) > 0 && result.Outcomes.CoversLabels(in.Program, p.LabelUses)
	return v
}

// isOf says that a path is one of an entity of a pattern.
func isOf(pattern protocol.Pattern, entity protocol.Path) bool {
	if len(pattern) != len(entity) {
		return false
	}
	for i, label := range pattern {
		if label != nil && *label != entity[i] {
			return false
		}
	}
	return true
}
