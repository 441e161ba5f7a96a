package evaluator

import (
	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// askingInside is what asks for the members of an absent value, as long as all
// of it belongs to one explicit rule: then that rule is behind the whole.
type askingInside struct {
	agree     bool
	rule      protocol.EngineRule
	conjuncts []conjunct
}

func (c *checking) askingInside(a absence) askingInside {
	inside := askingInside{agree: !a.required && isMapWithMembers(a.value)}
	if inside.agree {
		c.askedOfMembers(a, 0, &inside)
	}
	return inside
}

// askedOfMembers goes down to the members that ask by themselves.
func (c *checking) askedOfMembers(a absence, depth int, inside *askingInside) {
	fields, err := a.value.Fields(cue.Optional(true))
	if err != nil || depth > deepestNeed {
		inside.agree = false
		return
	}
	for inside.agree && fields.Next() {
		constraint := fields.FieldType()
		member := absence{at: a.at.child(stepOfSelector(fields.Selector())), value: fields.Value(), required: constraint&cue.RequiredConstraint != 0}
		switch {
		case constraint&cue.OptionalConstraint != 0 || !member.required && needOf(member.value) == needNothing:
		case !member.required && isMapWithMembers(member.value):
			c.askedOfMembers(member, depth+1, inside)
		default:
			inside.take(c, member)
		}
	}
}

// take adds what asks for a member, if it is of the one rule.
func (i *askingInside) take(c *checking, member absence) {
	for _, j := range c.asking(conjunctsOf(member.value), member) {
		rule := c.found.ruleOf("", []conjunct{j}, member.at)
		if !rule.Explicit || len(i.conjuncts) > 0 && rule.ID != i.rule.ID {
			i.agree = false
			return
		}
		if len(i.conjuncts) == 0 {
			i.rule = rule
		}
		i.conjuncts = joinConjuncts(i.conjuncts, []conjunct{j})
	}
}
