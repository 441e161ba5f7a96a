package evaluator

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// drifted reports an observed value that is permitted, but not the default that
// the desired state gives. Defaults that read observed values count as well.
func (c *checking) drifted(n *observedNode, value cue.Value) {
	if !c.drift || n.mark != peelNone || onlyLiterals(value) {
		return
	}
	op, args := value.Expr()
	if op != cue.AndOp {
		return
	}
	var desired cue.Value
	given := false
	for _, arg := range args {
		if arg.Pos().Filename() == observedFile {
			continue
		}
		_, defaulted := arg.Default()
		given = given || defaulted
	}
	if !given {
		return
	}
	for _, arg := range args {
		if arg.Pos().Filename() == observedFile {
			continue
		}
		if !desired.Exists() {
			desired = arg
			continue
		}
		desired = desired.Unify(arg)
	}
	// what is concrete and yet permits another value is a default; CUE does not always call it one
	preferred, _ := desired.Default()
	if !preferred.IsConcrete() || preferred.Equals(value) || sameNumber(preferred, value) {
		return
	}
	conjuncts := conjunctsOf(value)
	if n.kind == listNode && !slices.ContainsFunc(conjuncts, func(j conjunct) bool { return hasDefault(c.found.index.nodeOf(j, nil)) }) {
		return // of an open list CUE calls its fixed elements the default
	}
	message := fmt.Sprintf("observed `%s`, the default is `%s`", shorten(wanted(value)), shorten(wanted(preferred)))
	d := c.draft("drift", n.location(), message)
	d.conjuncts = withDefault(conjuncts)
	c.found.add(d)
}

// onlyLiterals says that every conjunct of a value is a literal, which is no default:
// taking the value apart would evaluate each of them.
func onlyLiterals(value cue.Value) bool {
	core := value.Core()
	if core.V == nil {
		return false
	}
	any := false
	for conjunct := range core.V.LeafConjuncts() {
		if _, literal := valueOf(conjunct.Source()).(*ast.BasicLit); !literal {
			return false
		}
		any = true
	}
	return any
}

// withDefault keeps the conjuncts that give a default, if there are some.
func withDefault(conjuncts []conjunct) []conjunct {
	var out []conjunct
	for _, j := range conjuncts {
		if dv, ok := j.value.Default(); ok && dv.IsConcrete() && !j.value.IsConcrete() {
			out = append(out, j)
		}
	}
	if len(out) == 0 {
		return conjuncts
	}
	return out
}

// sameNumber says that two numbers are equal, whether int or float.
func sameNumber(a, b cue.Value) bool {
	if a.Kind()&cue.NumberKind == 0 || b.Kind()&cue.NumberKind == 0 {
		return false
	}
	x, okX := rational(fmt.Sprint(a))
	y, okY := rational(fmt.Sprint(b))
	return okX && okY && x.Cmp(y) == 0
}
