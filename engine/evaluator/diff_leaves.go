package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/relation"
)

// leaves compares two values as wholes: scalars, alternatives, lists with validators.
func (w *differ) leaves(at location, base, head cue.Value) {
	plain := base.Err() == nil && head.Err() == nil
	if plain {
		before, after := writtenValue(base), writtenValue(head)
		if before == after && !strings.ContainsAny(before, "({[") {
			return // the usual case
		}
	}
	c := w.change(at, "unordered", base, head)
	if w.isTold(c) {
		return
	}
	if plain {
		w.defaults(c, base, head)
		if w.ordered(c, base, head) {
			return
		}
	}
	w.dependent(c, base, head)
}

// ordered compares values that need nothing around them, and says that it could.
func (w *differ) ordered(c change, base, head cue.Value) bool {
	r, ok := w.order(base, head)
	if !ok || r.Order == relation.Same {
		return ok
	}
	c = w.withoutSameText(c)
	c.kind = kindOf(r.Order)
	if isConcreteScalar(base) && isConcreteScalar(head) {
		c.kind = "changed"
	}
	c.before, c.after = w.base.shownText(base, c.at), w.head.shownText(head, c.at)
	for _, text := range []string{r.Lost, r.Gained} {
		w.withExample(&c, base, head, text)
	}
	if c.example == nil && (r.Lost != "" || r.Gained != "") {
		c.kind = "unordered" // the values themselves do not bear it out
	}
	w.add(c)
	return true
}

// order compares two values as expressions, each pair once; it fails where an expression needs more than it says.
func (w *differ) order(base, head cue.Value) (relation.Result, bool) {
	before, after := selfContained(base), selfContained(head)
	key := [2]string{formatted(before) + writtenValue(base) + base.IncompleteKind().String(), formatted(after) + writtenValue(head) + head.IncompleteKind().String()}
	if r, known := w.orders[key]; known {
		return r, true
	}
	was, ok := w.constraint(base, before)
	if !ok {
		return relation.Result{}, false
	}
	is, ok := w.constraint(head, after)
	if !ok {
		return relation.Result{}, false
	}
	r := relation.Compare(was, is)
	w.orders[key] = r
	return r, true
}

// constraint is a value as an expression: a scalar as CUE prints it, with all
// names resolved, if it needs no import; else as CUE writes it out, if that is what
// it is: of `(>1 | {a: int}) & {}` it leaves the second half out.
func (w *differ) constraint(v cue.Value, written ast.Node) (*relation.Constraint, bool) {
	if v.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 {
		if x, err := parser.ParseExpr("", writtenValue(v)); err == nil {
			if c, err := relation.New(w.scratch, x); err == nil && c.Kinds() == v.IncompleteKind() {
				return c, true
			}
		}
	}
	c, err := relation.New(w.scratch, written)
	return c, err == nil && c.Kinds() == v.IncompleteKind()
}

// withoutSameText leaves out text that only marks another default.
func (w *differ) withoutSameText(c change) change {
	alike := func(n, other ast.Node) bool {
		if !hasDefault(n) || !hasDefault(other) {
			return false
		}
		was, err := relation.New(w.scratch, n)
		if err != nil {
			return false
		}
		is, err := relation.New(w.scratch, other)
		return err == nil && relation.Compare(was, is).Order == relation.Same
	}
	gone, fresh := slices.Clone(c.gone), slices.Clone(c.new)
	c.gone = slices.DeleteFunc(slices.Clone(gone), func(n ast.Node) bool {
		return slices.ContainsFunc(fresh, func(other ast.Node) bool { return alike(n, other) })
	})
	c.new = slices.DeleteFunc(fresh, func(n ast.Node) bool {
		return slices.ContainsFunc(gone, func(other ast.Node) bool { return alike(n, other) })
	})
	return c
}

func kindOf(o relation.Order) string {
	switch o {
	case relation.Tighter:
		return "tighter"
	case relation.Looser:
		return "looser"
	case relation.Changed:
		return "changed"
	}
	return "unordered"
}

// withExample takes a value as an example if one side allows it and the other does not; a second one if it goes the other way.
func (w *differ) withExample(c *change, base, head cue.Value, text string) {
	if text == "" {
		return
	}
	before := relation.Allows(base, base.Context().CompileString(text))
	after := relation.Allows(head, head.Context().CompileString(text))
	if before == after {
		return
	}
	example := &protocol.ChangeExample{Value: text, Before: verdictOn(before), After: verdictOn(after)}
	switch {
	case c.example == nil:
		c.example = example
	case c.opposite == nil && c.example.Before != example.Before:
		c.opposite = example
	}
}

func verdictOn(allowed bool) string {
	if allowed {
		return "allowed"
	}
	return "refused"
}

// defaults tells that a default came, went or moved, apart from what is allowed.
// A value that is fixed has none to speak of.
func (w *differ) defaults(c change, base, head cue.Value) {
	was, had := defaultOf(base)
	is, has := defaultOf(head)
	if had == has && was == is || head.IsConcrete() || !has && base.IsConcrete() || has && base.IsConcrete() && writtenValue(base) == is {
		return
	}
	c.kind = "default"
	c.gone, c.new = withDefaults(c.gone), withDefaults(c.new)
	c.before, c.after = was, is
	w.add(c)
}

// withDefaults keeps nodes that mark a default, or all if none does.
func withDefaults(list []ast.Node) []ast.Node {
	out := slices.DeleteFunc(slices.Clone(list), func(n ast.Node) bool { return !hasDefault(n) })
	if len(out) == 0 {
		return list
	}
	return out
}

// defaultOf is the text of a default among alternatives.
func defaultOf(v cue.Value) (text string, ok bool) {
	if v.IsConcrete() || v.IncompleteKind() == cue.ListKind && isOneList(v) {
		return "", false
	}
	chosen, ok := v.Default()
	if !ok {
		return "", false
	}
	return writtenValue(chosen), true
}

// dependent compares values whose meaning depends on data, by what was written:
// a conjunct more allows nothing more.
func (w *differ) dependent(c change, base, head cue.Value) {
	before, after := w.base.conjunctTexts(base, c.at), w.head.conjunctTexts(head, c.at)
	less, more := containsEvery(after, before), containsEvery(before, after)
	switch {
	case less && more:
		return
	case less:
		c.kind = "tighter"
	case more:
		c.kind = "looser"
	}
	c.before, c.after = w.base.authoredText(base, c.at), w.head.authoredText(head, c.at)
	w.add(c)
}

// conjunctTexts are the normal texts of all conjuncts that were written about a value, sorted, each once.
func (s *side) conjunctTexts(v cue.Value, at location) []string {
	var out []string
	for _, n := range s.contributionsTo(v, at) {
		x, ok := n.(ast.Expr)
		if !ok {
			out = append(out, s.normal.of(n))
			continue
		}
		out = append(out, s.normal.conjuncts(x, 0)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func containsEvery(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// exampleBeyond is a struct that both sides would allow, but for one label that nobody named.
func exampleBeyond(base, head cue.Value) string {
	for _, v := range []cue.Value{base, head} {
		if text, ok := relation.Beyond(v); ok {
			return text
		}
	}
	return ""
}
