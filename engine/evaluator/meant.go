package evaluator

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// A schema says "one of these" and "if this, then that" where a person would say what
// is meant for the value at hand. What is said in schemas is therefore looked into: a
// value that can only mean one of several alternatives is told what it breaks of that
// one, at the place below it where it does.

// meant is the only part of a schema's conjunct that can be meant for a value.
func (c *checking) meant(n *observedNode, j conjunct) (conjunct, bool) {
	if !isMade(j.at.file) || !j.value.Exists() {
		return conjunct{}, false
	}
	if name, args := c.callOf(n, j); name == "matchIf" && len(args) == 3 {
		holds := c.trial(n).data().Unify(args[0]).Validate(cue.Concrete(true)) == nil
		branch := args[2]
		if holds {
			branch = args[1]
		}
		return conjunct{value: branch, at: placeOr(branch, j.at)}, true
	}
	var found []conjunct
	for _, b := range c.alternativesOf(n, j) {
		if b.value.Err() == nil && b.value.IncompleteKind()&n.kinds() != 0 {
			found = append(found, b)
		}
	}
	if len(found) != 1 {
		return conjunct{}, false
	}
	found[0].at = placeOr(found[0].value, j.at)
	return found[0], true
}

func placeOr(v cue.Value, otherwise place) place {
	if at := placeOf(sourcePos(v)); authored(at.file) {
		return at
	}
	return otherwise
}

// kinds are what a constraint may be about that concerns an observed value.
func (n *observedNode) kinds() cue.Kind {
	switch n.kind {
	case mapNode:
		return cue.StructKind
	case listNode:
		return cue.ListKind
	}
	switch n.text[0] {
	case '"', '\'', '#':
		return cue.StringKind
	case 't', 'f':
		return cue.BoolKind
	case 'n':
		return cue.NullKind
	}
	return cue.NumberKind
}

// callOf is the name and the arguments of a call that a conjunct is.
func (c *checking) callOf(n *observedNode, j conjunct) (string, []cue.Value) {
	op, args := j.value.Expr()
	if op != cue.CallOp || len(args) == 0 {
		return "", nil
	}
	call, ok := c.found.index.nodeOf(j, n.location()).(*ast.CallExpr)
	if !ok {
		return "", nil
	}
	name, ok := call.Fun.(*ast.Ident)
	if !ok {
		return "", nil
	}
	return name.Name, args[1:]
}

// alternativesOf are what a schema's disjunction or matchN chooses among.
func (c *checking) alternativesOf(n *observedNode, j conjunct) []conjunct {
	name, args := c.callOf(n, j)
	switch {
	case name == "":
		if branches := branchesOf(j.value, 0); len(branches) > 1 {
			return branches
		}
	case name == "matchN" && len(args) == 2 && !isZero(args[0]):
		var out []conjunct
		list, err := args[1].List()
		for err == nil && list.Next() {
			out = append(out, conjunct{value: list.Value(), at: placeOr(list.Value(), j.at)})
		}
		return out
	}
	return nil
}

func isZero(v cue.Value) bool {
	n, err := v.Int64()
	return err == nil && n == 0
}

// parts are what a broken conjunct of a schema comes to for a value: what fails at the
// value itself, and what may fail below it. It is not ok where all of it is meant.
func (c *checking) parts(n *observedNode, broken brokenSet, depth int) (own []brokenSet, below []conjunct, ok bool) {
	if len(broken.conjuncts) != 1 || depth > deepestMeant {
		return nil, nil, false
	}
	branch, ok := c.meant(n, broken.conjuncts[0])
	if !ok {
		return nil, nil, false
	}
	failing, rest := c.trial(n).each(conjunctsOf(branch.value))
	for _, b := range failing {
		deeper, further, ok := c.parts(n, b, depth+1)
		if !ok {
			own = append(own, b)
			continue
		}
		own, below = append(own, deeper...), append(below, further...)
	}
	return own, append(below, c.eachMeant(n, rest)...), true
}

// deepestMeant bounds how often what is meant holds alternatives itself.
const deepestMeant = 16

// eachMeant puts what is meant in the place of conjuncts of schemas.
func (c *checking) eachMeant(n *observedNode, conjuncts []conjunct) []conjunct {
	out := make([]conjunct, 0, len(conjuncts))
	for _, j := range conjuncts {
		for range deepestMeant {
			branch, ok := c.meant(n, j)
			if !ok || branch.value.IncompleteKind()&n.kinds() == 0 {
				break
			}
			j = branch
		}
		out = append(out, j)
	}
	return out
}

// reportParts reports what a value breaks of conjuncts, and what it breaks below of them and of others.
func (c *checking) reportParts(n *observedNode, broken []brokenSet, rest []conjunct, whole []cueError) {
	var hidden []brokenSet // nothing of them is found yet
	before := c.found.count()
	rest = c.eachMeant(n, rest)
	for _, b := range broken {
		own, below, ok := c.parts(n, b, 0)
		switch {
		case !ok:
			c.report(n.location(), b.conjuncts, b.errors, whole)
		case len(own) == 0:
			hidden = append(hidden, b)
		}
		for _, o := range own {
			c.report(n.location(), o.conjuncts, o.errors, nil)
		}
		rest = append(rest, below...)
	}
	n.mark, c.blocked = peelBlocked, true
	if !n.isLeaf() && len(rest) > 0 {
		c.checkBeside(n, rest)
	}
	if c.found.count() == before {
		for _, b := range hidden {
			c.report(n.location(), b.conjuncts, b.errors, whole)
		}
	}
}

// brokenCalls are calls of schemas that fail because of what lies below the value, which
// CUE tells at the value.
func (c *checking) brokenCalls(n *observedNode, conjuncts []conjunct) (broken []brokenSet, rest []conjunct) {
	t := c.trial(n)
	t.deep = true
	for _, j := range conjuncts {
		if name, _ := c.callOf(n, j); isMade(j.at.file) && (name == "matchIf" || name == "matchN") {
			if errs := t.together([]conjunct{j}); len(errs) > 0 {
				broken = append(broken, brokenSet{[]conjunct{j}, errs})
				continue
			}
		}
		rest = append(rest, j)
	}
	return broken, rest
}

// countedMessage says in words what a matchN of a schema finds wrong.
func (c *checking) countedMessage(n *observedNode, j conjunct) (string, bool) {
	if n == nil || !isMade(j.at.file) {
		return "", false
	}
	name, args := c.callOf(n, j)
	if name != "matchN" || len(args) != 2 {
		return "", false
	}
	found := "the value"
	if n.kind == scalarNode {
		found = "`" + shorten(n.text) + "`"
	}
	if isZero(args[0]) {
		return found + " is what the schema excludes", true
	}
	alternatives := c.alternativesOf(n, j)
	fits := 0
	for _, b := range alternatives {
		if c.trial(n).data().Unify(b.value).Validate(cue.Concrete(true)) == nil {
			fits++
		}
	}
	if fits == 0 {
		return fmt.Sprintf("%s fits none of %d alternatives", found, len(alternatives)), true
	}
	return fmt.Sprintf("%s fits %d of %d alternatives, where exactly one must", found, fits, len(alternatives)), true
}

// requiredBySchema are the words of schemas that require a member; the others say only what it is.
func (c *checking) requiredBySchema(conjuncts []conjunct, a absence) []conjunct {
	var out []conjunct
	if !a.required {
		return nil
	}
	for _, j := range conjuncts {
		if !isMade(j.at.file) {
			return nil // what people write is told as they wrote it
		}
		for _, n := range c.desired.index.stackOf(j, a.at) {
			if f, ok := n.(*ast.Field); ok && f.Constraint == token.NOT && fieldLabel(f.Label) == a.at[len(a.at)-1].label {
				out = joinConjuncts(out, []conjunct{{at: placeOf(f.Pos())}})
			}
		}
	}
	return out
}
