package evaluator

import (
	"cuelang.org/go/cue"
)

// trial tries authored conjuncts against one observed value, each in a fresh
// unification: CUE names only some of the conjuncts that a value breaks, and of
// two equal-looking validators it keeps one.
type trial struct {
	data func() cue.Value
	// asFloat is the same number as the other kind of number, if there is one.
	asFloat func() cue.Value
	// equalNumber is set once a conjunct failed only because 1 is not 1.0.
	equalNumber bool
	// deep counts what is wrong below the value as well.
	deep bool
}

// brokenSet is a set of conjuncts that fail together, and how.
type brokenSet struct {
	conjuncts []conjunct
	errors    []cueError
}

func (c *checking) trial(n *observedNode) *trial {
	b := c.observed.builder()
	ctx := c.desired.ctx
	t := &trial{data: func() cue.Value { return ctx.BuildExpr(b.asObserved(n)) }}
	if n.kind == scalarNode && (n.text[0] == '-' || n.text[0] >= '0' && n.text[0] <= '9') {
		if text := floatText(n.text); text != n.text {
			t.asFloat = func() cue.Value { return ctx.BuildExpr(b.literal(n, text)) }
		}
	}
	return t
}

// each tries every conjunct alone, and returns those that fail and the others.
func (t *trial) each(conjuncts []conjunct) (broken []brokenSet, rest []conjunct) {
	for _, c := range conjuncts {
		if errs := t.together([]conjunct{c}); len(errs) > 0 {
			broken = append(broken, brokenSet{[]conjunct{c}, errs})
		} else {
			rest = append(rest, c)
		}
	}
	return broken, rest
}

// together is what a set of conjuncts finds wrong with the value itself, not with what lies below it.
func (t *trial) together(set []conjunct) []cueError {
	errs := t.with(t.data(), set)
	if len(errs) > 0 && t.asFloat != nil && allEqualNumbers(set, t.asFloat()) && len(t.with(t.asFloat(), set)) == 0 {
		t.equalNumber = true
		return nil
	}
	return errs
}

func (t *trial) with(value cue.Value, set []conjunct) []cueError {
	for _, c := range set {
		value = value.Unify(c.value)
	}
	if value.Err() == nil && value.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 {
		return nil
	}
	all := familiesOf(flatten(value.Validate()))
	for _, f := range all {
		if t.deep || len(f.at) == 0 && f.direct() {
			return f.all()
		}
	}
	return nil
}

// smallest is a smallest set of conjuncts that fails together, by leaving out one after another.
func (t *trial) smallest(conjuncts []conjunct) []conjunct {
	set := conjuncts
	if len(set) == 0 || len(t.together(set)) == 0 {
		return nil
	}
	for i := 0; i < len(set); {
		if fewer := without(set, set[i:i+1]); len(t.together(fewer)) > 0 {
			set = fewer
		} else {
			i++
		}
	}
	return set
}

func without(all, some []conjunct) []conjunct {
	var out []conjunct
	for _, c := range all {
		keep := true
		for _, s := range some {
			keep = keep && s.at != c.at
		}
		if keep {
			out = append(out, c)
		}
	}
	return out
}

// allEqualNumbers says that the conjuncts name this very number, so that only int against float is between them.
func allEqualNumbers(set []conjunct, number cue.Value) bool {
	for _, c := range set {
		if !namesNumber(c.value, number, 0) {
			return false
		}
	}
	return true
}

func namesNumber(v, number cue.Value, depth int) bool {
	if v.IncompleteKind()&cue.NumberKind == 0 || depth > 8 {
		return false
	}
	if op, args := v.Expr(); op == cue.OrOp {
		for _, arg := range args {
			if namesNumber(arg, number, depth+1) {
				return true
			}
		}
		return false
	}
	return v.IsConcrete() && v.Equals(number)
}
