package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"

	"congruent.dev/engine/protocol"
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
	w := &differ{base: sideOf(req.Base), head: sideOf(req.Fragments), scratch: cuecontext.New()}
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
	// scratch is where constraints of both sides are compared as texts that need nothing around them.
	scratch *cue.Context
	found   []change
}

// side is one of the two desired states.
type side struct {
	*desired
	// failed are the locations of conflicts.
	failed map[string]bool
	told   toldText
}

func sideOf(fragments *protocol.Fragments) *side {
	s := &side{desired: load(fragments), failed: map[string]bool{}, told: toldText{}}
	if s.value.Exists() {
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
		if asksAsStruct(v) || hasMembers(v) {
			return structShape
		}
		if v.Validate() != nil {
			return failedShape
		}
		return leafShape
	}
	switch {
	case v.Kind() == cue.StructKind:
		return structShape
	case v.IncompleteKind() == cue.ListKind && !isValidated(v) && !isOpenChoice(v):
		return listShape
	}
	return leafShape
}

// hasMembers says that a value that fails, or is undecided, is a struct nonetheless.
func hasMembers(v cue.Value) bool {
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	return err == nil && fields.Next()
}

// isValidated says that calls, such as list.MaxItems(3), are among the conjuncts of a value.
func isValidated(v cue.Value) bool {
	switch op, args := v.Expr(); op {
	case cue.AndOp:
		return slices.ContainsFunc(args, isValidated)
	case cue.CallOp:
		return true
	}
	return false
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
	return isConcreteScalar(a) && a.Kind() == b.Kind() && writtenValue(a) == writtenValue(b)
}

// conflicting tells of a place where a side conflicts, and so says nothing that could be compared.
func (w *differ) conflicting(at location, base, head cue.Value) {
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
