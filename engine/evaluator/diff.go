package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/relation"
)

// Diff says what the step from base to the fragments means for data: what is
// allowed, demanded or given by default now and was not, and the reverse. What no
// data can show (where text stands, what it is called, in which order) is no change.
func Diff(req *protocol.Request) *protocol.DiffAnswer {
	base, head := gather(req.Base), gather(req.Fragments)
	answer := &protocol.DiffAnswer{
		Base: base.digest, Head: head.digest, Changes: []protocol.EngineChange{}, Notes: head.notes,
	}
	if base.digest == head.digest {
		return answer
	}
	only := changedEntities(base, head)
	w := &differ{base: sideOf(req.Base, only), head: sideOf(req.Fragments, only), scratch: cuecontext.New(), orders: map[[2]string]relation.Result{}}
	for name, s := range map[string]*side{"base": w.base, "head": w.head} {
		answer.Notes = append(answer.Notes, s.unreadableNotes(name)...)
	}
	slices.SortStableFunc(answer.Notes, func(a, b protocol.EngineNote) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Message, b.Message))
	})
	if w.base.value.Exists() && w.head.value.Exists() {
		w.compare(location{}, w.base.value, w.head.value)
		answer.Changes = w.finish()
	}
	return answer
}

// differ walks two desired states together.
type differ struct {
	base, head *side
	// open are the pairs of structs that are being compared, for definitions that hold themselves.
	open []openPair
	// scratch is where constraints of both sides are compared as texts that need nothing around them.
	scratch *cue.Context
	// orders are results of comparing, by both texts.
	orders map[[2]string]relation.Result
	found  []change
}

// side is one of the two desired states.
type side struct {
	*desired
	// failed are the locations of conflicts.
	failed map[string]bool
	told   toldText
	normal *normalText
	// holdsConditions says that there are loops or conditions at all.
	holdsConditions bool
	// holdsChecks says that there are hidden fields that read data.
	holdsChecks bool
}

func sideOf(fragments *protocol.Fragments, only *protocol.Restriction) *side {
	s := &side{desired: loadWithout(fragments, noEdits(), newRestriction(only)), failed: map[string]bool{}, told: toldText{}}
	if s.value.Exists() {
		s.normal, s.holdsConditions = newNormalText(s.desired), s.holdConditions()
		s.holdsChecks = s.holdChecks()
		for _, e := range flatten(s.value.Validate()) {
			s.failed[e.at.key()] = true
		}
	}
	return s
}

// unreadableNotes say why a side cannot be compared.
func (s *side) unreadableNotes(name string) []protocol.EngineNote {
	out := []protocol.EngineNote{}
	for _, f := range s.findings {
		note := protocol.EngineNote{Code: "unreadable", Message: name + " cannot be read: " + f.Message}
		if len(f.Conjuncts) > 0 {
			note.File, note.Line = f.Conjuncts[0].Site.File, f.Conjuncts[0].Site.Line
		}
		out = append(out, note)
	}
	return out
}

// shape is as what a value is compared.
type shape int

const (
	leafShape   shape = iota
	structShape       // one struct, perhaps with conditions that are not decided
	listShape         // one list without validators beside it
	failedShape       // a conflict
)

func (s *side) shapeOf(v cue.Value, at location) shape {
	if s.failed[at.key()] {
		return failedShape
	}
	if v.Err() != nil {
		if len(at) == 0 || asksAsStruct(v) || hasMembers(v) {
			return structShape
		}
		if v.Validate() != nil {
			return failedShape
		}
		return leafShape
	}
	switch {
	case v.Kind() == cue.StructKind && isOneStruct(v):
		return structShape
	case v.IncompleteKind() == cue.ListKind && isOneList(v):
		return listShape
	}
	return leafShape
}

// hasMembers says that a value that fails, or is undecided, is a struct nonetheless.
func hasMembers(v cue.Value) bool {
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	return err == nil && fields.Next()
}

// isOneStruct says that a struct is not what several alternatives have in common.
func isOneStruct(v cue.Value) bool {
	op, args := v.Expr()
	if op != cue.OrOp {
		return true
	}
	possible := slices.DeleteFunc(slices.Clone(args), func(arg cue.Value) bool { return arg.Validate() != nil })
	return len(possible) < 2
}

// isOneList says that a list is written as elements, not as alternatives or with calls such as list.MaxItems(3).
func isOneList(v cue.Value) bool {
	switch op, args := v.Expr(); op {
	case cue.AndOp:
		return !slices.ContainsFunc(args, func(arg cue.Value) bool { return !isOneList(arg) })
	case cue.OrOp, cue.CallOp:
		return false
	}
	return true
}

// deepestDiff bounds how deep two states are compared.
const deepestDiff = 256

// compare tells what changes at a location and below, of a value that both sides have.
func (w *differ) compare(at location, base, head cue.Value) {
	if len(at) > deepestDiff || sameScalar(base, head) {
		return
	}
	before, after := w.base.shapeOf(base, at), w.head.shapeOf(head, at)
	switch {
	case before == failedShape || after == failedShape:
		w.conflicting(at, base, head)
	case before == structShape && after == structShape:
		w.structs(at, base, head)
	case before == listShape && after == listShape:
		w.lists(at, base, head)
	default:
		w.leaves(at, base, head)
	}
}

// sameScalar says that both values are the same concrete scalar.
func sameScalar(a, b cue.Value) bool {
	if !isConcreteScalar(a) || !isConcreteScalar(b) {
		return false
	}
	if a.Kind() != b.Kind() { // data has one kind of number
		x, ok := rational(writtenValue(a))
		y, too := rational(writtenValue(b))
		return a.Kind()&cue.NumberKind != 0 && b.Kind()&cue.NumberKind != 0 && ok && too && x.Cmp(y) == 0
	}
	if s, err := a.String(); err == nil {
		other, err := b.String()
		return err == nil && s == other
	}
	return writtenValue(a) == writtenValue(b)
}

// conflicting tells of a place where a side conflicts, and so says nothing that could be compared.
func (w *differ) conflicting(at location, base, head cue.Value) {
	if w.base.holdsItself(base) && w.head.holdsItself(head) && w.base.joinedTexts(valuesOf(sourcesOf(base))) == w.head.joinedTexts(valuesOf(sourcesOf(head))) {
		return // what it is was told above
	}
	c := w.change(at, "changed", base, head)
	if len(c.gone)+len(c.new) == 0 {
		return
	}
	c.before, c.after = w.base.textIn(base, at, c.gone), w.head.textIn(head, at, c.new)
	w.add(c)
}

// textIn is a value where one of the sides conflicts: what it is, or what of it only this side says.
func (s *side) textIn(v cue.Value, at location, own []ast.Node) string {
	if v.Err() == nil {
		return s.shownText(v, at)
	}
	return s.joinedTexts(own)
}

// holdsItself says that a value repeats something that it lies in, without an end.
func (s *side) holdsItself(v cue.Value) bool {
	return slices.ContainsFunc(flatten(v.Err()), func(e cueError) bool { return e.message == cycleMessage })
}

func valuesOf(list []ast.Node) []ast.Node {
	var out []ast.Node
	for _, n := range list {
		if n = valueOf(n); n != nil {
			out = append(out, n)
		}
	}
	return out
}

// cycleMessage is what CUE says of a value that repeats something that it lies in.
const cycleMessage = "structural cycle"
