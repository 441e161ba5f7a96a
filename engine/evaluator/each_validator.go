package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
)

// tryEach tries every conjunct of an observed value alone although the whole
// holds: of two matchN that differ only in the element type of an open list CUE
// keeps one and loses the other.
func (c *checking) tryEach(n *observedNode, value cue.Value) {
	if value.Err() != nil {
		return
	}
	conjuncts := conjunctsOf(value)
	validators := 0
	for _, j := range conjuncts {
		if op, _ := j.value.Expr(); op == cue.CallOp {
			validators++
		}
	}
	if validators < 2 {
		return
	}
	broken, _ := c.trial(n).each(conjuncts)
	for _, b := range broken {
		c.report(n.location(), b.conjuncts, b.errors, nil)
	}
}

// unmet reports validators such as struct.MinFields that more members could
// still satisfy, so that CUE leaves them undecided: what was observed is all
// there is, unless nobody looked at the whole of it.
func (c *checking) unmet(n *observedNode, value cue.Value, err error, s scope) bool {
	if n.kind == scalarNode || !strings.Contains(messageOf(flatten(err)), "does not satisfy") {
		return false
	}
	found := false
	for _, j := range conjunctsOf(value) {
		t := c.trial(n)
		if errs := t.together([]conjunct{j}); len(errs) > 0 { // decided without what failed below
			c.report(n.location(), []conjunct{j}, errs, nil)
			found = true
			continue
		}
		alone := t.data().Unify(j.value)
		if alone.Err() == nil || alone.Validate() != nil {
			continue
		}
		if own, below, ok := c.parts(n, brokenSet{conjuncts: []conjunct{j}}, 0); ok && len(own) == 0 && s.whole() {
			before := c.found.count()
			mark := n.mark
			c.checkBeside(n, below)
			n.mark = mark
			if c.found.count() > before {
				found = true
				continue
			}
		}
		d := c.draft("mismatch", n.location(), messageOf(flatten(alone.Err())))
		if !s.whole() {
			d.kind = s.status.kind()
		}
		d.conjuncts = []conjunct{j}
		c.found.add(d)
		found = true
	}
	return found || n.failedBelow()
}

// failedBelow says that something was taken out below: what counts members hangs on that.
func (n *observedNode) failedBelow() bool {
	for _, member := range n.order {
		if member.mark == peelBlocked || member.failedBelow() {
			return true
		}
	}
	return false
}
