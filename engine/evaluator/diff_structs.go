package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// everyLabel is the text of the pattern that reaches every member.
const everyLabel = "string"

// anyOther is a label that nobody writes.
const anyOther = "congruent:any"

// memberOf is a member or a pattern of a struct.
type memberOf struct {
	at    step
	value cue.Value
	mark  cue.SelectorType // cue.OptionalConstraint, cue.RequiredConstraint or none
}

func (m memberOf) optional() bool { return m.mark == cue.OptionalConstraint }

// demanded says that the member must not be absent.
func (m memberOf) demanded() bool {
	return m.mark == cue.RequiredConstraint || !m.optional() && needOf(m.value) != needNothing
}

// partsOfStruct are the members of a struct and its patterns, each pattern once.
func partsOfStruct(v cue.Value) (patterns, members map[string]memberOf) {
	patterns, members = map[string]memberOf{}, map[string]memberOf{}
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	if err != nil {
		return patterns, members
	}
	for fields.Next() {
		selector := fields.Selector()
		if selector.ConstraintType() != cue.PatternConstraint {
			label := stepOfSelector(selector)
			members[label.label] = memberOf{label, fields.Value(), fields.FieldType() & (cue.OptionalConstraint | cue.RequiredConstraint)}
			continue
		}
		text := patternText(selector.Pattern())
		m := memberOf{step{patternStep, text}, fields.Value(), cue.OptionalConstraint}
		if same, twice := patterns[text]; twice {
			m.value = same.value.Unify(m.value)
		}
		patterns[text] = m
	}
	return patterns, members
}

func patternText(pattern cue.Value) string {
	text := oneLine(writtenValue(pattern))
	if text == "_" {
		return everyLabel
	}
	return text
}

// structs compares two structs: what closes them, what they say of all members, of each, and under conditions.
func (w *differ) structs(at location, base, head cue.Value) {
	pair := openPair{sourcesOf(base), sourcesOf(head)}
	if slices.ContainsFunc(w.open, pair.equal) {
		return // a definition holds itself: what changes is told above
	}
	w.open = append(w.open, pair)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	w.closedness(at, base, head)
	patternsBefore, before := partsOfStruct(base)
	patternsAfter, after := partsOfStruct(head)
	w.members(at, base, head, patternsBefore, patternsAfter, nil, nil)
	w.members(at, base, head, before, after, patternsBefore, patternsAfter)
	w.conditions(at, base, head)
	w.hiddenChecks(at, base, head)
}

// openPair is what two structs are written as.
type openPair struct{ base, head []ast.Node }

func (p openPair) equal(other openPair) bool {
	return len(p.base) > 0 && slices.Equal(p.base, other.base) && slices.Equal(p.head, other.head)
}

// sourcesOf are the nodes that CUE evaluated for a value, as it lists them.
func sourcesOf(v cue.Value) []ast.Node {
	var out []ast.Node
	if core := v.Core(); core.V != nil {
		for conjunct := range core.V.LeafConjuncts() {
			out = append(out, conjunct.Source())
		}
	}
	return out
}

// members compares members by name; patterns are what the sides say of all of them.
func (w *differ) members(at location, base, head cue.Value, before, after, patternsBefore, patternsAfter map[string]memberOf) {
	labels := make([]string, 0, len(before)+len(after))
	for label := range before {
		labels = append(labels, label)
	}
	for label := range after {
		if _, both := before[label]; !both {
			labels = append(labels, label)
		}
	}
	slices.Sort(labels)
	for _, label := range labels {
		was, had := before[label]
		is, has := after[label]
		switch {
		case !had:
			if c, ok := w.head.appears(at.child(is.at), is, base, patternsAfter); ok {
				w.add(change{at: c.at, kind: "added", after: c.text, new: c.nodes})
			}
		case !has:
			if c, ok := w.base.appears(at.child(was.at), was, head, patternsBefore); ok {
				w.add(change{at: c.at, kind: "removed", before: c.text, gone: c.nodes})
			}
		default:
			below := at.child(is.at)
			w.optionality(below, was, is)
			w.compare(below, was.value, is.value)
		}
	}
}

// appearance is a member that only one side has.
type appearance struct {
	at    location
	text  string
	nodes []ast.Node
}

// appears tells of a member that only this side has, unless it says nothing: with
// what is said of it by name, if anything is.
func (s *side) appears(at location, m memberOf, other cue.Value, patterns map[string]memberOf) (appearance, bool) {
	if m.optional() && allowsAll(m.value) && other.Allows(cue.Str(anyOther)) {
		return appearance{}, false
	}
	general := map[ast.Node]bool{}
	for _, p := range patterns {
		for _, n := range s.contributionsTo(p.value, at) {
			general[n] = true
		}
	}
	all := s.contributionsTo(m.value, at)
	own := slices.DeleteFunc(slices.Clone(all), func(n ast.Node) bool { return general[n] })
	if len(own) == 0 {
		own = all
	}
	text := s.joinedTexts(own)
	if text == "" || m.value.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 && m.value.Err() == nil {
		text = writtenValue(m.value)
	}
	return appearance{at, text, own}, true
}

// allowsAll says that a value allows everything.
func allowsAll(v cue.Value) bool { return v.Err() == nil && writtenValue(v) == "_" }

// optionality tells that a member which may be absent must be there now, or the reverse.
func (w *differ) optionality(at location, was, is memberOf) {
	if was.mark == is.mark || at[len(at)-1].kind == patternStep || was.demanded() == is.demanded() {
		return
	}
	c := w.change(at, "looser", was.value, is.value)
	if is.demanded() {
		c.kind = "tighter"
	}
	c.before, c.after = w.base.shownMember(was, at), w.head.shownMember(is, at)
	w.add(c)
}

// shownMember is a member with the mark of its label: `tls?: {...}`.
func (s *side) shownMember(m memberOf, at location) string {
	marks := map[cue.SelectorType]string{cue.OptionalConstraint: "?", cue.RequiredConstraint: "!"}
	return m.at.text() + marks[m.mark] + ": " + s.shownText(m.value, at)
}

// closedness tells that a struct refuses labels that nobody named, and did not, or the reverse.
func (w *differ) closedness(at location, base, head cue.Value) {
	if base.Err() != nil || head.Err() != nil {
		return
	}
	wasOpen, isOpen := base.Allows(cue.Str(anyOther)), head.Allows(cue.Str(anyOther))
	if wasOpen == isOpen {
		return
	}
	c := change{at: at, kind: "tighter", before: "{...}", after: "close({…})"}
	if isOpen {
		c.kind, c.before, c.after = "looser", c.after, c.before
		c.gone = w.base.closingText(base, at)
	} else {
		c.new = w.head.closingText(head, at)
	}
	w.withExample(&c, base, head, exampleBeyond(base, head))
	w.add(c)
}

// closingText is what closes a struct, as it is written.
func (s *side) closingText(v cue.Value, at location) []ast.Node {
	var out []ast.Node
	s.closers(v, cue.Str(anyOther), 0, func(p place) {
		if n := s.index.at(p, at); n != nil && authored(p.file) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	})
	return out
}

// shownText is a value as a person reads it: a scalar as it is evaluated, a struct or a list as it was written.
func (s *side) shownText(v cue.Value, at location) string {
	if v.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 && v.Err() == nil {
		return writtenValue(v)
	}
	return s.authoredText(v, at)
}

// authoredText is what was written about a value.
func (s *side) authoredText(v cue.Value, at location) string {
	if text := s.joinedTexts(s.contributionsTo(v, at)); text != "" {
		return text
	}
	return writtenValue(v)
}

// joinedTexts are the texts of nodes, each once, sorted.
func (s *side) joinedTexts(list []ast.Node) string {
	var texts []string
	for _, n := range list {
		text := s.index.textOf(n)
		if literal, ok := n.(*ast.StructLit); ok && !literal.Lbrace.IsValid() {
			text = "{" + text + "}"
		}
		if text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	return strings.Join(texts, " & ")
}
