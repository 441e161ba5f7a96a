package evaluator

import (
	"slices"

	"cuelang.org/go/cue"
)

// report makes a mismatch of a set of conjuncts that fail together at an
// observed value; whole is what CUE says of everything at that place.
func (c *checking) report(at location, conjuncts []conjunct, errs, whole []cueError) {
	d := c.draft("mismatch", at, messageOf(errs))
	d.conjuncts = conjuncts
	if len(conjuncts) == 0 {
		d.conjuncts = c.conjunctsAt(placesOf(errs))
	}
	for _, j := range conjuncts {
		d.alternatives = append(d.alternatives, c.alternatives(at, j)...)
	}
	if message, ok := c.unionMessage(conjuncts, c.observed.find(at), whole); ok {
		d.message = message
	}
	if len(conjuncts) == 1 {
		if message, ok := c.countedMessage(c.observed.find(at), conjuncts[0]); ok {
			d.message = message
		}
	}
	c.found.add(d)
}

// conjunctsAt are conjuncts known by place only, where CUE names nothing but positions.
func (c *checking) conjunctsAt(places []place) []conjunct {
	out := make([]conjunct, 0, len(places))
	for _, p := range places {
		out = append(out, conjunct{at: p})
	}
	return out
}

// unexpected reports a field that a closed struct refuses, with what closes it.
func (c *checking) unexpected(v *view, n *observedNode, f family) {
	d := c.draft("unexpected", f.at, notAllowedMessage)
	if n.disputed {
		d.kind, d.message = "contested", "observers differ whether it is there: "+d.message
	}
	d.conjuncts = c.conjunctsAt(c.closing(v, f.at))
	if len(d.conjuncts) == 0 {
		d.conjuncts = c.conjunctsAt(placesOf(f.errors))
	}
	nodes := c.desired.index.nodesOf(d.conjuncts, f.at)
	d.rule = c.desired.index.withoutDoc(c.desired.index.ruleFor(d.message, nodes, f.at), nodes)
	c.found.add(d)
}

// closing are the places of what refuses a field: definitions and calls of close.
func (c *checking) closing(v *view, at location) []place {
	var out []place
	c.desired.closers(v.lookup(at[:len(at)-1]), at[len(at)-1].selector(), 0, func(p place) {
		if authored(p.file) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	})
	if len(out) == 0 {
		return c.desired.closedBy(at)
	}
	return out
}

// computed reports an error at a place that is not observed itself: a hidden
// check, or a field that the fragments compute. It returns the observed scalars
// that it rests on.
func (c *checking) computed(v *view, f family) []*observedNode {
	value := v.lookup(f.at)
	var touched []*observedNode
	for _, e := range f.all() {
		for _, p := range e.observed {
			if n := c.observed.nodeAt(p); n != nil && n.parent != nil {
				touched = append(touched, leaves(n)...)
			}
		}
	}
	only := c.desired.source.restriction
	if slices.ContainsFunc(touched, func(n *observedNode) bool { return only.apart(f.at, n.location()) }) {
		c.doubt("a computed value fails because of what others may read too: `" + f.at.at() + "`")
	}
	conjuncts := speaking(conjunctsOf(value))
	reads := c.readsOf(conjuncts, f, touched)
	sets := brokenByComputed(c.desired.ctx, conjuncts)
	if len(sets) == 0 {
		sets = []brokenSet{{c.conjunctsAt(placesOf(f.all())), f.all()}}
	}
	for _, set := range sets {
		errs := set.errors
		if len(errs) == 0 {
			errs = f.all()
		}
		d := c.draft("mismatch", f.at, messageOf(errs))
		d.conjuncts, d.reads = set.conjuncts, reads
		c.found.add(d)
	}
	return touched
}

// brokenByComputed tries each conjunct of a computed value against each that
// alone is concrete, so that every broken rule about it is found.
func brokenByComputed(ctx *cue.Context, conjuncts []conjunct) []brokenSet {
	var out []brokenSet
	for i, made := range conjuncts {
		if !made.value.Exists() || made.value.Err() != nil || !made.value.IsConcrete() || made.value.IncompleteKind()&(cue.StructKind|cue.ListKind) != 0 {
			continue
		}
		for k, other := range conjuncts {
			if k == i || isConcreteScalar(other.value) && k < i {
				continue
			}
			if both := ctx.CompileString("_").Unify(made.value).Unify(other.value); both.Err() != nil {
				if errs := flatten(both.Validate()); len(errs) > 0 {
					out = append(out, brokenSet{[]conjunct{other, made}, errs})
				}
			}
		}
	}
	return out
}

func isConcreteScalar(v cue.Value) bool {
	return v.Err() == nil && v.IsConcrete() && v.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0
}

// readsOf are the observed places that a finding about a computed value rests on.
func (c *checking) readsOf(conjuncts []conjunct, f family, touched []*observedNode) []location {
	out := c.related(conjuncts, f.at)
	if len(out) == 0 {
		out = c.related(c.conjunctsAt(placesOf(f.all())), f.at)
	}
	if len(out) == 0 {
		for _, n := range touched {
			out = append(out, n.location())
		}
	}
	return out
}
