package evaluator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"

	"congruent.dev/engine/protocol"
)

// Unify unifies the fragments and says what conflicts, who speaks where they may
// not, and, as wanted, what the desired state is.
func (k *Kept) Unify(req *protocol.Request) *protocol.UnifyAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.UnifyAnswer{Digest: d.digest, Findings: d.ownFindings(), Notes: d.notes}
	if d.value.Exists() {
		answer.Desired = d.export(req.Path, req.Want, len(answer.Findings) > 0 && slices.ContainsFunc(answer.Findings, isConflict))
	}
	return answer
}

// ownFindings is what is wrong with the fragments themselves, sorted; the list is the caller's.
func (d *desired) ownFindings() []protocol.EngineFinding {
	if d.learned.own == nil {
		out := slices.Clone(d.findings)
		if d.value.Exists() {
			out = append(out, d.conflicts()...)
			out = append(out, d.breaches()...)
		}
		sortFindings(out)
		d.learned.own = out
	}
	return slices.Clone(d.learned.own)
}

func isConflict(f protocol.EngineFinding) bool { return f.Kind == "conflict" }

// export writes the desired state at a path as CUE, as JSON, and as the list of what is not concrete.
func (d *desired) export(path protocol.Path, want []string, conflicting bool) *protocol.Desired {
	at, v := resolve(d.value, path)
	out := &protocol.Desired{}
	if len(want) == 0 || !v.Exists() {
		return nil
	}
	var incomplete []protocol.Incomplete
	if slices.Contains(want, "incomplete") || slices.Contains(want, "json") {
		d.notConcrete(v, at, 0, &incomplete)
	}
	slices.SortStableFunc(incomplete, func(a, b protocol.Incomplete) int {
		return slices.Compare(a.Path, b.Path)
	})
	if slices.Contains(want, "cue") {
		if len(at) == 0 {
			out.Cue = d.rootText(v)
		} else {
			out.Cue = cueText(v)
		}
	}
	if slices.Contains(want, "incomplete") {
		out.Incomplete = incomplete
	}
	if slices.Contains(want, "json") && !conflicting && len(incomplete) == 0 {
		if text, err := v.MarshalJSON(); err == nil {
			out.JSON = string(text)
		}
	}
	return out
}

// valueText is a value as CUE with its alternatives and defaults.
func valueText(v cue.Value) string {
	if v.IncompleteKind()&(cue.StructKind|cue.ListKind) != 0 {
		return cueText(v)
	}
	return writtenValue(v)
}

// writtenValue is a value as CUE writes it, with `_` for what is masked.
func writtenValue(v cue.Value) string {
	text := fmt.Sprint(v)
	if !strings.Contains(text, ".undecided") {
		return text // the usual case
	}
	return regexp.MustCompile(`\{\s*\.\.\.\s*\}\.undecided`).ReplaceAllString(text, "_")
}

func formatted(n ast.Node) string {
	text, err := format.Node(n, format.Simplify())
	if err != nil {
		return "_|_"
	}
	return strings.TrimSpace(string(text))
}

// notConcrete lists the places of data that have no definite value: constraints
// without a default, required fields, open alternatives, what refers to any of those.
func (d *desired) notConcrete(v cue.Value, at location, depth int, out *[]protocol.Incomplete) {
	add := func(text string) {
		*out = append(*out, protocol.Incomplete{Path: at.labels(), At: at.at(), Text: shorten(text)})
	}
	if chosen, ok := v.Default(); ok {
		v = chosen
	}
	if err := v.Err(); err != nil && depth < 512 {
		if v.Validate() == nil {
			add(d.undecidedText(v, at, err))
		}
		d.membersNotConcrete(v, at, depth, out)
		return
	}
	switch {
	case depth >= 512:
		add("nested deeper than 512")
	case v.IncompleteKind() == cue.StructKind:
		if _, err := v.Fields(); isOpenChoice(v) || err != nil {
			add(valueText(v))
			return
		}
		d.membersNotConcrete(v, at, depth, out)
	case v.IncompleteKind() == cue.ListKind:
		elements, err := v.List()
		if err != nil {
			add(valueText(v))
			return
		}
		for i := 0; elements.Next(); i++ {
			d.notConcrete(elements.Value(), at.child(element(i)), depth+1, out)
		}
	case v.Err() == nil && !v.IsConcrete():
		add(valueText(v))
	}
}

// membersNotConcrete does so for the members of a map, of one that is undecided itself too.
func (d *desired) membersNotConcrete(v cue.Value, at location, depth int, out *[]protocol.Incomplete) {
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return
	}
	for fields.Next() {
		below := at.child(stepOfSelector(fields.Selector()))
		switch constraint := fields.FieldType(); {
		case constraint&cue.RequiredConstraint != 0:
			*out = append(*out, protocol.Incomplete{Path: below.labels(), At: below.at(), Text: shorten(valueText(fields.Value()))})
		case constraint&cue.OptionalConstraint == 0:
			d.notConcrete(fields.Value(), below, depth+1, out)
		}
	}
}

// undecidedText is what was written that cannot be decided yet, else why.
func (d *desired) undecidedText(v cue.Value, at location, err error) string {
	if masked := flatten(err); hangsOn(masked) == causeMasked {
		return "masked"
	}
	var texts []string
	for _, c := range d.contributions(v, at) {
		text := d.index.textOf(c.node)
		if s, ok := c.node.(*ast.StructLit); ok && !s.Lbrace.IsValid() {
			text = "{" + text + "}"
		}
		if text != "" && text != "_" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		texts = d.undecidedConditions(err)
	}
	if len(texts) == 0 {
		return flatten(err)[0].message
	}
	slices.Sort(texts)
	return strings.Join(texts, " & ")
}

// resolve finds the value that a protocol path means: digits are a position where there is a list.
func resolve(v cue.Value, path protocol.Path) (location, cue.Value) {
	at := location{}
	for _, label := range path {
		next := field(label)
		switch {
		case v.Exists() && v.IncompleteKind() == cue.ListKind && isDigits(label):
			next = step{indexStep, label}
		case label != "" && (label[0] == '#' || label[0] == '_') && (!v.Exists() || !v.LookupPath(cue.MakePath(cue.Str(label))).Exists()):
			if named := stepOf(label); named.kind != fieldStep {
				next = named
			}
		}
		at = at.child(next)
		if v.Exists() {
			v = lookupFrom(v, location{next})
		}
	}
	return at, v
}

// isOpenChoice says that a value is a disjunction from which nothing is chosen.
func isOpenChoice(v cue.Value) bool {
	if v.IsConcrete() {
		return false // the usual case; taking a value apart is costly
	}
	op, _ := v.Expr()
	return op == cue.OrOp
}
