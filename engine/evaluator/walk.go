package evaluator

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// walk goes down the unified value beside the observed tree and reports what is
// missing, undecided or drifted. Maps that failed are walked as well, since CUE
// still knows their members.
func (c *checking) walk(v *view, n *observedNode, value cue.Value, s scope) {
	if n.mark == peelBlocked || n.mark == peelRemoved || c.blind.has(n.location()) {
		return
	}
	if n.why != "" {
		c.walkUndecided(n, value)
		return
	}
	err := value.Err()
	if n.unsure != "" {
		c.walkMap(v, n, value, s)
		return
	}
	if err != nil && value.Validate() == nil && !c.unmet(n, value, err, s) {
		c.undecidedAt(n.location(), value, err)
	}
	if c.tryAll {
		c.tryEach(n, value)
	}
	switch {
	case n.kind == scalarNode:
		if err == nil && !value.IsConcrete() {
			c.incomplete(n.location(), value, fmt.Sprintf("still undecided: %s", shorten(fmt.Sprint(value))))
		}
		c.drifted(n, value)
	case n.kind == listNode:
		c.drifted(n, value)
		c.walkList(v, n, value, s)
	case err == nil && !value.IsConcrete():
		c.incomplete(n.location(), value, "several alternatives still fit")
	default:
		c.walkMap(v, n, value, s)
	}
}

func (c *checking) walkList(v *view, n *observedNode, value cue.Value, s scope) {
	elements, err := value.List()
	if err != nil {
		for _, member := range n.order {
			c.walk(v, member, value.LookupPath(cue.MakePath(member.step.selector())), s.below(member.step.label))
		}
		return
	}
	for _, member := range n.order {
		if !elements.Next() {
			return
		}
		c.walk(v, member, elements.Value(), s.below(member.step.label))
	}
}

func (c *checking) walkMap(v *view, n *observedNode, value cue.Value, s scope) {
	if hasOnly(value, n) {
		for _, member := range n.order {
			if member.mark != peelRemoved {
				c.walk(v, member, value.LookupPath(cue.MakePath(member.step.selector())), s.below(member.step.label))
			}
		}
		c.walkedMap(n, value, s)
		return
	}
	fields, err := value.Fields(cue.Optional(true))
	if err != nil {
		return
	}
	for fields.Next() {
		label := stepOfSelector(fields.Selector())
		constraint := fields.FieldType()
		member := n.members[label]
		switch {
		case member != nil && member.mark != peelRemoved:
			if constraint&(cue.OptionalConstraint|cue.RequiredConstraint) == 0 {
				c.walk(v, member, fields.Value(), s.below(label.label))
			}
		case member != nil || constraint&cue.OptionalConstraint != 0:
		default:
			a := absence{at: n.location().child(label), value: fields.Value(), gap: n.gaps[label], scope: s.below(label.label)}
			a.required = constraint&cue.RequiredConstraint != 0
			c.absent(a)
		}
	}
	c.walkedMap(n, value, s)
}

// walkedMap goes on with what is not among a map's members.
func (c *checking) walkedMap(n *observedNode, value cue.Value, s scope) {
	if len(n.order) == 0 && s.blind() {
		c.unseenPattern(n.location(), value, s)
	}
	if c.reads.hidden {
		c.hiddenUndecided(n.location(), value)
	}
}

// undecidedAt reports an observed value, or a hidden check, that CUE cannot decide, by what it hangs on.
func (c *checking) undecidedAt(at location, value cue.Value, err error) {
	list := flatten(err)
	why := hangsOn(list)
	if why == causeBlocked {
		return
	}
	d := c.draft("incomplete", at, messageOf(list)).because(list)
	d.conjuncts = c.readers(at, value, list)
	d.reads = c.undecidedReads(d.conjuncts, why)
	switch why {
	case causeUnobserved:
		d.kind, d.message = "unobserved", "it hangs on what nobody observed"+readWords(d.reads)
	case causeStale:
		d.kind, d.message = "stale", "it hangs on what was observed too long ago"+readWords(d.reads)
	case causeRefused:
		d.kind, d.message = "refused", "it hangs on what an observer was refused to look at"+readWords(d.reads)
	case causeContested:
		d.kind, d.message = "contested", "it hangs on what observers differ about"+readWords(d.reads)
	case causeMasked:
		d.message = "it hangs on a masked value" + readWords(d.reads)
	}
	c.found.add(d)
}

// readers are the conjuncts in which CUE stopped: those of the value that hold
// a position of its error, down to the comprehension around it.
func (c *checking) readers(at location, value cue.Value, list []cueError) []conjunct {
	own := speaking(conjunctsOf(value))
	var out []conjunct
	for _, p := range placesOf(list) {
		stack := c.desired.index.stackAt(p, nil)
		for i := len(stack) - 1; i >= 0; i-- {
			reader := conjunct{at: placeOf(stack[i].Pos())}
			_, loop := stack[i].(*ast.Comprehension)
			if k := slices.IndexFunc(own, func(j conjunct) bool { return c.desired.index.nodeOf(j, at) == stack[i] }); k >= 0 {
				reader = own[k]
			} else if !loop {
				continue
			}
			out = joinConjuncts(out, []conjunct{reader})
			break
		}
	}
	switch {
	case len(out) > 0:
		return out
	case len(own) > 0:
		return own
	}
	return c.conjunctsAt(placesOf(list))
}

func readWords(reads []location) string {
	var words []string
	for _, at := range reads {
		words = append(words, "`"+at.at()+"`")
	}
	if len(words) == 0 {
		return ""
	}
	return ": " + strings.Join(words, ", ")
}

// undecidedReads are the places that conjuncts read and that are undecided for a reason.
func (c *checking) undecidedReads(conjuncts []conjunct, why cause) []location {
	var out []location
	if why == "" {
		return nil
	}
	for _, j := range conjuncts {
		for _, r := range c.reads.at(c.desired.index.stackOf(j, nil)) {
			for _, at := range c.undecidedOn(r, r.path, c.observed.root, location{}, why) {
				out = appendLocation(out, at)
			}
		}
	}
	slices.SortFunc(out, compareLocations)
	return out
}

// undecidedOn follows a path that is read to the places that are undecided for a reason.
func (c *checking) undecidedOn(r read, rest []readStep, n *observedNode, at location, why cause) []location {
	if n.why == why || len(rest) == 0 && n.unsure == why {
		return []location{at}
	}
	var out []location
	if len(rest) == 0 {
		for _, member := range append(n.sortedGaps(), n.membersFor(r)...) {
			out = append(out, c.undecidedOn(r, nil, member, at.child(member.step), why)...)
		}
		return out
	}
	for _, member := range append(n.sortedGaps(), n.membersFor(r)...) {
		if rest[0].any || rest[0].label == member.step.label {
			out = append(out, c.undecidedOn(r, rest[1:], member, at.child(member.step), why)...)
		}
	}
	return out
}

func appendLocation(list []location, at location) []location {
	if slices.ContainsFunc(list, func(l location) bool { return compareLocations(l, at) == 0 }) {
		return list
	}
	return append(list, at)
}

func (c *checking) incomplete(at location, value cue.Value, message string) {
	c.found.add(c.finding("incomplete", at, value, message))
}

// hiddenUndecided reports checks kept in hidden fields that hang on something
// undecided, or whose conditions are; a helper value that is not concrete is none.
func (c *checking) hiddenUndecided(at location, value cue.Value) {
	if !hasHidden(value) {
		return
	}
	fields, err := value.Fields(cue.Hidden(true))
	if err != nil {
		return
	}
	for fields.Next() {
		label := stepOfSelector(fields.Selector())
		if label.kind == hiddenStep {
			c.hiddenBelow(at.child(label), fields.Value(), 0)
		}
	}
}

// readsTree says that something in a hidden value reads the tree or #observed: what
// reads nothing but its own members is a helper, decided where it is used.
func (c *checking) readsTree(at location, value cue.Value) bool {
	for _, j := range conjunctsOf(value) {
		n := c.desired.index.nodeOf(j, at)
		if n == nil || slices.ContainsFunc(c.reads.units, func(u readUnit) bool { return u.node == n || slices.Contains(u.stack, n) }) {
			return true
		}
	}
	return false
}

// deepestHidden bounds the search below one hidden field.
const deepestHidden = 8

func (c *checking) hiddenBelow(at location, value cue.Value, depth int) {
	if err := value.Err(); err != nil {
		if value.Validate() == nil && (hangsOn(flatten(err)) != "" || asksAsStruct(value) && c.readsTree(at, value)) {
			c.undecidedAt(at, value, err)
		}
		return
	}
	if depth > deepestHidden || value.IncompleteKind() != cue.StructKind {
		return
	}
	fields, err := value.Fields(cue.Optional(true))
	if err != nil {
		return
	}
	for fields.Next() {
		// What a helper requires is asked of those that use it.
		if fields.FieldType()&(cue.OptionalConstraint|cue.RequiredConstraint) != 0 {
			continue
		}
		c.hiddenBelow(at.child(stepOfSelector(fields.Selector())), fields.Value(), depth+1)
	}
}
