package evaluator

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// add takes over edits and says whether any of them is new.
func (e edits) add(more edits) (changed bool) {
	for p := range more.blank {
		changed = changed || !e.blank[p]
		e.blank[p] = true
	}
	for p := range more.drop {
		changed = changed || !e.drop[p]
		e.drop[p] = true
	}
	return changed
}

// victimsOf chooses what is taken out of a conflict so that the rest can show: of
// every two conjuncts that cannot stand together the one that says less about
// other places. Literals go first, references last, since they bring whole structs.
func (ix *index) victimsOf(m contradiction, where location) edits {
	e := noEdits()
	take := func(j conjunct) { e.blank[ix.startOf(j, where)] = true }
	for _, pair := range m.pairs {
		if e.blank[ix.startOf(pair[0], where)] || e.blank[ix.startOf(pair[1], where)] {
			continue
		}
		if weight(ix.nodeOf(pair[0], where)) < weight(ix.nodeOf(pair[1], where)) {
			take(pair[0])
		} else {
			take(pair[1])
		}
	}
	if len(m.pairs) > 0 {
		return e
	}
	keep, most := -1, -1
	for i, j := range m.conjuncts {
		if w := weight(ix.nodeOf(j, where)); w > most {
			keep, most = i, w
		}
	}
	for i, j := range m.conjuncts {
		if i != keep || len(m.conjuncts) == 1 {
			take(j)
		}
	}
	return e
}

// startOf is where the value of a conjunct begins.
func (ix *index) startOf(j conjunct, where location) place {
	n := ix.nodeOf(j, where)
	if f, ok := n.(*ast.Field); ok {
		n = f.Value
	}
	if n == nil {
		return j.at
	}
	return placeOf(n.Pos())
}

// weight is how much taking a node out would take with it.
func weight(n ast.Node) int {
	switch x := n.(type) {
	case *ast.BasicLit, *ast.BottomLit:
		return 0
	case *ast.UnaryExpr:
		return 1
	case *ast.ListLit:
		return 3
	case *ast.StructLit:
		return 4
	case *ast.Ident:
		if x.Node == nil && x.Name[0] != '#' {
			return 2 // a type
		}
		return 6
	case *ast.BinaryExpr:
		if x.Op == token.OR {
			return 2
		}
		return 3
	}
	return 5
}
