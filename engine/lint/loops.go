package lint

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// loop finds a loop within another one over the same map.
func (l *linter) loop(x *ast.ForClause, around []ast.Node) {
	source := l.sourceOf(x)
	if source == nil {
		return
	}
	for i, n := range around {
		comprehension, ok := n.(*ast.Comprehension)
		if !ok {
			continue
		}
		for _, clause := range comprehension.Clauses {
			outer, isLoop := clause.(*ast.ForClause)
			if clause == ast.Clause(x) || i+1 < len(around) && ast.Node(clause) == around[i+1] {
				break // what follows is not around it
			}
			if isLoop && slices.Equal(l.sourceOf(outer), source) {
				l.add(nestedLoops, "two loops over "+l.quoted(x.Source)+" compare every member with every one, which takes time with the square of their number; "+
					"where something must be unique make it the key, `{for k, v in "+l.text(x.Source)+" {(v.id): k}}`, and CUE finds what clashes", outer, x)
				return
			}
		}
	}
}

// boundUse is a use of a name that is declared at a certain place.
type boundUse struct {
	binding
	text string
}

// sourceOf is what a loop goes over: the same for the same thing, and nil if the text does not tell.
func (l *linter) sourceOf(loop *ast.ForClause) (out []boundUse) {
	if !isChain(loop.Source) {
		return nil
	}
	syntax.EachUse(loop.Source, nil, nil, func(u syntax.Use) {
		out = append(out, boundUse{l.bindingOf(u.Ident), textOf(u)})
	})
	return out
}
