package evaluator

import (
	"slices"
	"sort"

	"cuelang.org/go/cue"
)

// mostRounds bounds the rounds of one view. Normally there are two; of what fails below a
// map that matchN or matchIf judges, CUE names one member a round.
const mostRounds = 200

// mostGaps bounds how often gaps are looked for in one round.
const mostGaps = 8

// surelyEnough is after how many rounds of a part the whole might need more than it has:
// there some rounds are of some entities only.
const surelyEnough = 3

// settle reports what fails in a view, round by round, and leaves its value as
// the walk needs it: failed nodes taken out, nodes lent to others' failures back in.
func (c *checking) settle(v *view) {
	var lent []*observedNode
	for round := 0; round < mostRounds; round++ {
		v.value = v.unify()
		for gap := 0; gap < mostGaps && c.addGaps(v); gap++ {
			v.value = v.unify()
		}
		newly, more := c.failures(v)
		lent = append(lent, newly...)
		if !more {
			break
		}
		if round >= surelyEnough {
			c.doubt("one failure hides another, many times over")
		}
	}
	if len(lent) > 0 {
		for _, n := range lent {
			n.mark = peelNone
		}
		v.value = v.unify()
	}
	c.refusedUndecided(v)
}

// refusedUndecided reports members that a closed struct refuses whatever their
// value, among those that are masked, contested or failed: CUE does not look at
// the label of an undecided value.
func (c *checking) refusedUndecided(v *view) {
	if !c.reads.closing || !c.undecidedThere && !c.blocked {
		return
	}
	c.asUnknown = true
	value := v.unify()
	c.asUnknown = false
	for _, f := range familiesOf(v.errorsOf(value.Validate())) {
		n := c.observed.find(f.at)
		if n == nil || n == v.base || !f.notAllowed() || n.why == "" && n.mark != peelBlocked || n.mark == peelRemoved || n.parent.peeled() || c.blind.covers(f.at) {
			continue
		}
		c.unexpected(v, n, f)
		n.mark = peelRemoved
	}
}

// failures reports the errors of a view's value and marks what is to be taken
// out. It says what was taken out only because another place reads it, and whether anything was.
func (c *checking) failures(v *view) (lent []*observedNode, more bool) {
	families := familiesOf(c.withoutUnsure(v.errorsOf(v.value.Validate())))
	if c.equalNumbers(v, families) {
		return nil, true
	}
	for _, f := range families {
		if c.blind.covers(f.at) {
			continue
		}
		n := c.observed.find(f.at)
		switch {
		case n != nil && n.peeled():
		case n != nil && n != v.base && f.notAllowed():
			c.unexpected(v, n, f)
			n.mark, more = peelRemoved, true
		case n != nil && n.kind == mapNode && c.failedGuard(f):
			more = true
		case n == v.base:
			more = c.failedAtBase(v, f) || more
		case n != nil && n.why == "":
			more = c.failed(v, n, f) || more
		default:
			for _, leaf := range c.computed(v, f) {
				if leaf.mark == peelNone {
					leaf.mark, more = peelBlocked, true
					lent = append(lent, leaf)
				}
			}
		}
	}
	return lent, more
}

// withoutUnsure leaves out that maps are undecided of which nobody knows all
// members: CUE tells so beside what is wrong with the others.
func (c *checking) withoutUnsure(list []cueError) []cueError {
	return slices.DeleteFunc(list, func(e cueError) bool {
		n := c.observed.find(e.at)
		return n != nil && n.unsure != "" && slices.Contains(e.causes, string(n.unsure))
	})
}

// equalNumbers writes numbers as the other kind of number where only int against
// float is wrong with them, before anything that reads them is judged.
func (c *checking) equalNumbers(v *view, families []family) (any bool) {
	for _, f := range families {
		n := c.observed.find(f.at)
		if n == nil || n == v.base || n.mark != peelNone || n.why != "" || c.blind.covers(f.at) {
			continue
		}
		t := c.trial(n)
		if t.asFloat == nil {
			continue
		}
		broken, _ := t.each(conjunctsOf(v.lookup(f.at)))
		if t.equalNumber && len(broken) == 0 {
			n.mark, any = peelFloat, true
		}
	}
	return any
}

// family is all errors at one location; under a failed disjunction, those of its branches too.
type family struct {
	at       location
	errors   []cueError
	branches []cueError
	isUnion  bool
}

func (f family) direct() bool { return len(f.errors) > 0 || f.isUnion }

// notAllowed says that a closed struct refuses the field, and nothing else is
// wrong with it. What reads the struct makes CUE repeat that in other words at the same place.
func (f family) notAllowed() bool {
	refused := false
	for _, e := range f.errors {
		if !e.notAllowed() && !e.repeatsNotAllowed() {
			return false
		}
		refused = refused || e.notAllowed()
	}
	return refused && !f.isUnion
}

// familiesOf groups errors by location, in order of locations.
func familiesOf(list []cueError) []family {
	sort.SliceStable(list, func(i, j int) bool { return compareLocations(list[i].at, list[j].at) < 0 })
	heads := newLocationSet()
	for _, e := range list {
		if e.unionHeader() {
			heads.add(e.at)
		}
	}
	var out []family
	for _, e := range list {
		if len(out) == 0 || !sameFamily(out[len(out)-1], e, heads) {
			out = append(out, family{at: headOf(e, heads)})
		}
		f := &out[len(out)-1]
		switch {
		case e.unionHeader():
			f.isUnion = true
		case f.isUnion || heads.covers(e.at):
			f.branches = append(f.branches, e)
		default:
			f.errors = append(f.errors, e)
		}
	}
	return out
}

func sameFamily(f family, e cueError, heads *locationSet) bool {
	return compareLocations(f.at, headOf(e, heads)) == 0
}

// headOf is the highest failed disjunction at or above an error, else the error's own place.
func headOf(e cueError, heads *locationSet) location {
	for i := 0; i <= len(e.at); i++ {
		if heads.has(e.at[:i]) {
			return e.at[:i]
		}
	}
	return e.at
}

// failedAtBase reports an error of the whole view. CUE loses the path of a
// pattern such as [!~"^[a-z]+$"]: _|_, so the members are searched for it.
func (c *checking) failedAtBase(v *view, f family) (more bool) {
	if v.base.parent == nil {
		c.doubt("CUE does not say where something fails")
	}
	offenders := c.offenders(v.base, v.value, messageOf(f.all()))
	if len(offenders) == 0 || offenders[0] == v.base {
		c.report(f.at, nil, f.all(), nil)
		return false
	}
	for _, n := range offenders {
		f.at = n.location()
		more = c.failed(v, n, f) || more
		n.mark = peelRemoved // a pattern that refuses everything refuses an undecided value too
	}
	return more
}

// offenders are the deepest observed nodes whose value fails with a message.
func (c *checking) offenders(n *observedNode, value cue.Value, message string) []*observedNode {
	if n.peeled() || n.why != "" || !slices.ContainsFunc(flatten(value.Validate()), func(e cueError) bool { return e.message == message }) {
		return nil
	}
	var out []*observedNode
	for _, member := range n.order {
		out = append(out, c.offenders(member, value.LookupPath(cue.MakePath(member.step.selector())), message)...)
	}
	if len(out) == 0 {
		return []*observedNode{n}
	}
	return out
}

// failed reports what an observed value breaks at its own place: every authored
// conjunct that fails alone, else the smallest set that fails together.
func (c *checking) failed(v *view, n *observedNode, f family) (more bool) {
	conjuncts := conjunctsOf(v.lookup(f.at))
	t := c.trial(n)
	broken, rest := t.each(conjuncts)
	if len(broken) == 0 {
		broken, rest = c.brokenCalls(n, conjuncts)
	}
	if len(broken) == 0 {
		if set := t.smallest(conjuncts); len(set) > 0 {
			broken = []brokenSet{{set, t.together(set)}}
			rest = without(conjuncts, set)
		}
	}
	if len(broken) == 0 {
		c.report(n.location(), nil, f.all(), nil)
	}
	c.reportParts(n, broken, rest, f.errors)
	return true
}

// checkBeside checks what else stands at a failed map or list, so that the failure hides nothing below it.
func (c *checking) checkBeside(n *observedNode, rest []conjunct) {
	n.mark = peelNone
	v := c.beside(n, rest)
	c.settle(v)
	c.walk(v, n, v.value, c.coverage.at(v.at.labels()))
	n.mark = peelBlocked
}

func (f family) all() []cueError { return append(append([]cueError{}, f.errors...), f.branches...) }

// leaves lists a node's scalars.
func leaves(n *observedNode) []*observedNode {
	if n.isLeaf() {
		return []*observedNode{n}
	}
	var out []*observedNode
	for _, member := range n.order {
		out = append(out, leaves(member)...)
	}
	return out
}
