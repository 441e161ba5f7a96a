package evaluator

import (
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
		c.report(n.location(), b.conjuncts, b.errors)
	}
}
