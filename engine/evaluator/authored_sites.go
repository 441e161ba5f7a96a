package evaluator

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// stackAt is what stands around an authored place, outermost first.
func (ix *index) stackAt(p place, where location) []ast.Node {
	return ix.outwardIn(ix.at(p, where))
}

// stackOf is what stands around a conjunct, outermost first.
func (ix *index) stackOf(j conjunct, where location) []ast.Node {
	return ix.outwardIn(ix.nodeOf(j, where))
}

// outwardIn is what stands around a node, outermost first; nothing where there is no node.
func (ix *index) outwardIn(n ast.Node) []ast.Node {
	if n == nil {
		return nil
	}
	stack := ix.around(n)
	slices.Reverse(stack)
	return stack
}

// isPattern says that the value at a place is that of a pattern constraint.
func (ix *index) isPattern(p place, where location) bool {
	return insidePattern(ix.stackAt(p, where))
}

// isPatternConjunct says that a conjunct is the value of a pattern constraint.
func (ix *index) isPatternConjunct(j conjunct, where location) bool {
	return insidePattern(ix.stackOf(j, where))
}

func insidePattern(stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		if f, ok := stack[i].(*ast.Field); ok {
			_, pattern := f.Label.(*ast.ListLit)
			return pattern
		}
	}
	return false
}

// sites are conjuncts as the protocol writes them, sorted.
func (f *findings) sites(conjuncts []conjunct, where location) []protocol.EngineConjunct {
	return f.index.conjunctsAt(placesOfConjuncts(conjuncts), where)
}

// ruleOf is the rule behind a finding with a message.
func (f *findings) ruleOf(message string, conjuncts []conjunct, where location) protocol.EngineRule {
	return f.index.ruleFor(message, f.index.nodesOf(conjuncts, where), where)
}

// nodesOf is the syntax of conjuncts.
func (ix *index) nodesOf(conjuncts []conjunct, where location) []ast.Node {
	var nodes []ast.Node
	for _, j := range conjuncts {
		if n := ix.nodeOf(j, where); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

func placesOfConjuncts(conjuncts []conjunct) []place {
	out := make([]place, 0, len(conjuncts))
	for _, j := range conjuncts {
		out = append(out, j.at)
	}
	return out
}

// byRule groups conjuncts by the rule they belong to, in order of rule ids.
func (c *checking) byRule(conjuncts []conjunct, where location) [][]conjunct {
	groups := map[string][]conjunct{}
	var ids []string
	for _, j := range conjuncts {
		id := c.found.ruleOf("", []conjunct{j}, where).ID
		if groups[id] == nil {
			ids = append(ids, id)
		}
		groups[id] = append(groups[id], j)
	}
	slices.Sort(ids)
	out := make([][]conjunct, 0, len(ids))
	for _, id := range ids {
		out = append(out, groups[id])
	}
	return out
}
