package evaluator

import (
	"cuelang.org/go/cue"
)

// absence is a member of the desired state at a place where nothing is observed.
type absence struct {
	at    location
	value cue.Value
	// gap is the undecided value that stands there, if nobody looked.
	gap      *observedNode
	scope    scope
	required bool // `x!`
}

// absent reports what is asked for and not there: missing where observers
// looked, else unobserved, stale or refused; once, at the highest such place.
func (c *checking) absent(a absence) {
	if c.blind.has(a.at) || c.reached.covers(a.at) {
		return
	}
	if a.gap != nil && a.gap.judged.Exists() {
		a.value = a.gap.judged
	}
	asked := needSomething
	if !a.required {
		asked = needOf(a.value)
	}
	switch {
	case a.scope.whole():
		c.absentWhole(a, asked)
	case a.scope.blind():
		if asked != needNothing {
			c.found.add(c.askedFor(a.scope.status.kind(), a).seen(a.scope))
			return
		}
		c.unseenPattern(a.at, a.value, a.scope)
	case isMapWithMembers(a.value):
		c.absentMembers(a)
	case asked == needSomething && a.scope.status == covered:
		c.found.add(c.askedFor("missing", a))
	case asked != needNothing:
		c.found.add(c.askedFor("unobserved", a))
	}
}

func (c *checking) absentWhole(a absence, asked need) {
	switch asked {
	case needSomething:
		c.found.add(c.askedFor("missing", a))
	case needUnclear:
		if err := a.value.Err(); err != nil {
			c.undecidedAt(a.at, a.value, err)
			return
		}
		c.absentMembers(a)
	}
}

// absentMembers goes down where only parts of an absent map were looked at.
func (c *checking) absentMembers(a absence) {
	fields, err := a.value.Fields(cue.Optional(true))
	if err != nil {
		return
	}
	for fields.Next() {
		constraint := fields.FieldType()
		if constraint&cue.OptionalConstraint != 0 {
			continue
		}
		label := stepOfSelector(fields.Selector())
		member := absence{at: a.at.child(label), value: fields.Value(), scope: a.scope.below(label.label)}
		member.required = constraint&cue.RequiredConstraint != 0
		if a.gap != nil {
			member.gap = a.gap.gaps[label]
		}
		c.absent(member)
	}
}

// isMapWithMembers says that a value is a map whose regular members are known.
func isMapWithMembers(v cue.Value) bool {
	if v.Err() != nil || v.IncompleteKind() != cue.StructKind || !v.IsConcrete() {
		return false
	}
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return false
	}
	for fields.Next() {
		if fields.FieldType()&cue.OptionalConstraint == 0 {
			return true
		}
	}
	return false
}

// askedFor is a finding about an absent value: its conjuncts are those that ask.
func (c *checking) askedFor(kind string, a absence) draft {
	conjuncts := conjunctsOf(a.value)
	message := "nothing is observed, wanted "
	if a.required {
		message = "required field is not observed, wanted "
	}
	if err := a.value.Err(); err != nil && hangsOn(flatten(err)) == causeMasked {
		message += "a masked value"
	} else {
		message += "`" + shorten(wanted(a.value)) + "`"
	}
	d := c.draft(kind, a.at, message)
	d.conjuncts = c.asking(conjuncts, a)
	d.causes = placesOfConjuncts(conjuncts)
	if inside := c.askingInside(a); inside.agree && len(inside.conjuncts) > 0 {
		d.conjuncts, d.rule = inside.conjuncts, inside.rule
	}
	return d
}

// asking are the conjuncts that ask for a value: regular or required fields
// that need something; a pattern says what a value must be, not that it be there.
func (c *checking) asking(conjuncts []conjunct, a absence) []conjunct {
	var fixed, needy []conjunct
	for _, j := range conjuncts {
		if c.desired.index.isPatternConjunct(j, a.at) {
			continue
		}
		fixed = append(fixed, j)
		if j.value.Exists() && !isTop(j.value) && needOf(j.value) != needNothing {
			needy = append(needy, j)
		}
	}
	if words := c.requiredBySchema(fixed, a); len(words) > 0 {
		return words
	}
	switch {
	case len(needy) > 0:
		return needy
	case len(fixed) > 0:
		return fixed
	}
	return conjuncts
}

func isTop(v cue.Value) bool { return v.IncompleteKind() == cue.TopKind }
