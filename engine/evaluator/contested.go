package evaluator

import (
	"encoding/json"
	"fmt"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// walkUndecided judges a leaf whose value is undecided: masked, or contested.
func (c *checking) walkUndecided(n *observedNode, value cue.Value) {
	switch n.why {
	case causeMasked:
		c.masked(n, value)
	case causeContested:
		c.contest(n, value)
	}
}

// contest tries each of the differing values alone with what the desired state
// says at the leaf: all conform, nothing; all fail, mismatches; else it depends
// on whom one believes.
func (c *checking) contest(n *observedNode, value cue.Value) {
	contest := c.contests[n]
	conjuncts := speaking(conjunctsOf(value))
	var failing []conjunct
	var words []string
	fails := 0
	for _, text := range contest.Values {
		broken := c.brokenBy(text, conjuncts)
		if len(broken) == 0 {
			continue
		}
		fails++
		for _, b := range broken {
			failing = joinConjuncts(failing, b.conjuncts)
			words = append(words, messageOf(b.errors))
		}
	}
	of := len(contest.Values)
	if contest.Absent {
		of++
		if asks, asked := c.askedIfAbsent(n); asked {
			fails++
			failing = joinConjuncts(failing, asks)
			words = append(words, "nothing is observed")
		}
	}
	if fails == 0 {
		return
	}
	kind, intro := "contested", "observers differ: "
	if fails == of {
		kind, intro = "mismatch", ""
	}
	for _, group := range c.byRule(failing, n.location()) {
		message := intro + differing(contest)
		if kind == "mismatch" {
			message = strings.Join(distinct(words), "; ")
			if own := c.wordsFor(contest, group); own != "" {
				message = own
			}
		}
		d := c.draft(kind, n.location(), message)
		d.conjuncts = group
		c.found.add(d)
	}
}

// wordsFor is what CUE says about the first value that breaks the conjuncts.
func (c *checking) wordsFor(contest protocol.Contested, conjuncts []conjunct) string {
	for _, text := range contest.Values {
		for _, b := range c.brokenBy(text, conjuncts) {
			return messageOf(b.errors)
		}
	}
	return ""
}

// brokenBy is what one of the differing values breaks.
func (c *checking) brokenBy(text string, conjuncts []conjunct) []brokenSet {
	n := &observedNode{}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := n.read(decoder, 0); err != nil {
		return nil
	}
	t := c.trial(n)
	t.deep = true
	broken, _ := t.each(conjuncts)
	if len(broken) == 0 {
		if set := t.smallest(conjuncts); len(set) > 0 {
			broken = []brokenSet{{set, t.together(set)}}
		}
	}
	return broken
}

// askedIfAbsent says whether the desired state would miss a leaf that one observer did not see.
func (c *checking) askedIfAbsent(n *observedNode) ([]conjunct, bool) {
	value := c.withoutDisputed()
	at := n.location()
	parent := lookupFrom(value, at[:len(at)-1])
	fields, err := parent.Fields(cue.Optional(true))
	if err != nil {
		return nil, false
	}
	for fields.Next() {
		if stepOfSelector(fields.Selector()) != n.step || fields.FieldType()&cue.OptionalConstraint != 0 {
			continue
		}
		a := absence{at: at, value: fields.Value(), required: fields.FieldType()&cue.RequiredConstraint != 0}
		if a.required || needOf(a.value) == needSomething {
			return c.asking(conjunctsOf(a.value), a), true
		}
	}
	return nil, false
}

// withoutDisputed is the desired state with the observed one, but for leaves whose very presence is disputed.
func (c *checking) withoutDisputed() cue.Value {
	if !c.undisputed.Exists() {
		for n := range c.contests {
			if n.disputed && n.mark == peelNone {
				n.mark = peelRemoved
				defer func() { n.mark = peelNone }()
			}
		}
		c.undisputed = c.whole().unify()
	}
	return c.undisputed
}

func differing(contest protocol.Contested) string {
	var values []string
	for _, v := range contest.Values {
		values = append(values, "`"+shorten(v)+"`")
	}
	if contest.Absent {
		values = append(values, "nothing")
	}
	return strings.Join(values, ", ")
}

func distinct(words []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// masked reports constraints that need a value which is kept back: those that
// not every value of its type satisfies. That it exists still counts.
func (c *checking) masked(n *observedNode, value cue.Value) {
	every := c.desired.ctx.CompileString(maskedType(n))
	var needing []conjunct
	for _, j := range speaking(conjunctsOf(value)) {
		if err := j.value.Err(); err != nil && hangsOn(flatten(err)) == causeMasked {
			continue // masked on the desired side as well
		}
		if j.value.Subsume(every, cue.Raw()) != nil {
			needing = append(needing, j)
		}
	}
	for _, group := range c.byRule(needing, n.location()) {
		d := c.draft("incomplete", n.location(), fmt.Sprintf("the value is masked, and `%s` needs it", shorten(wanted(group[0].value))))
		d.conjuncts = group
		c.found.add(d)
	}
}

// maskedType is the type of what stands in a masked place: its placeholder keeps the type.
func maskedType(n *observedNode) string {
	switch n.kind {
	case mapNode:
		return "{...}"
	case listNode:
		return "[...]"
	case undecidedNode:
		return "_"
	}
	switch n.text[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	}
	return "number"
}
