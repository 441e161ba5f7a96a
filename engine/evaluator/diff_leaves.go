package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/relation"
)

// leaves compares two values as wholes: scalars, alternatives, lists with validators.
func (w *differ) leaves(at location, base, head cue.Value) {
	if base.Err() == nil && head.Err() == nil {
		before, after := writtenValue(base), writtenValue(head)
		if before == after && !strings.ContainsAny(before, "({[") {
			return // the usual case
		}
		w.defaults(at, base, head)
		if w.ordered(at, base, head) {
			return
		}
	}
	w.dependent(at, base, head)
}

// ordered compares values that need nothing around them, and says that it could.
func (w *differ) ordered(at location, base, head cue.Value) bool {
	was, err := relation.New(w.scratch, base.Syntax(cue.Attributes(false)))
	if err != nil {
		return false
	}
	is, err := relation.New(w.scratch, head.Syntax(cue.Attributes(false)))
	if err != nil {
		return false
	}
	r := relation.Compare(was, is)
	if r.Order == relation.Same {
		return true
	}
	c := w.change(at, kindOf(r.Order), base, head)
	if isConcreteScalar(base) && isConcreteScalar(head) {
		c.kind = "changed"
	}
	c.before, c.after = w.base.shownText(base, at), w.head.shownText(head, at)
	for _, text := range []string{r.Lost, r.Gained} {
		w.withExample(&c, base, head, text)
	}
	if c.example == nil && (r.Lost != "" || r.Gained != "") {
		c.kind = "unordered" // the values themselves do not bear it out
	}
	w.add(c)
	return true
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

// withExample takes a value as an example if one side allows it and the other does not.
func (w *differ) withExample(c *change, base, head cue.Value, text string) {
	if text == "" || c.example != nil {
		return
	}
	before := relation.Allows(base, base.Context().CompileString(text))
	after := relation.Allows(head, head.Context().CompileString(text))
	if before != after {
		c.example = &protocol.ChangeExample{Value: text, Before: verdictOn(before), After: verdictOn(after)}
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
func (w *differ) defaults(at location, base, head cue.Value) {
	was, had := defaultOf(base)
	is, has := defaultOf(head)
	if had == has && was == is || head.IsConcrete() || !has && base.IsConcrete() || has && base.IsConcrete() && writtenValue(base) == is {
		return
	}
	c := w.change(at, "default", base, head)
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
	if v.IsConcrete() || v.IncompleteKind() == cue.ListKind && !isOpenChoice(v) {
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
func (w *differ) dependent(at location, base, head cue.Value) {
	c := w.change(at, "unordered", base, head)
	if len(c.gone)+len(c.new) == 0 && oneLine(formatted(base.Syntax(cue.Attributes(false)))) == oneLine(formatted(head.Syntax(cue.Attributes(false)))) {
		return
	}
	before, after := w.base.conjunctTexts(base, at), w.head.conjunctTexts(head, at)
	less, more := containsEvery(after, before), containsEvery(before, after)
	switch {
	case less && more && len(c.gone)+len(c.new) > 0:
		return
	case less && !more:
		c.kind = "tighter"
	case more && !less:
		c.kind = "looser"
	}
	c.before, c.after = strings.Join(before, " & "), strings.Join(after, " & ")
	w.add(c)
}

// conjunctTexts are the normal texts of all conjuncts that were written about a value, sorted, each once.
func (s *side) conjunctTexts(v cue.Value, at location) []string {
	var out []string
	for _, n := range s.contributionsTo(v, at) {
		x, ok := n.(ast.Expr)
		if !ok {
			out = append(out, s.index.textOf(n))
			continue
		}
		for _, part := range conjunctsIn(x) {
			out = append(out, relation.Normal(part))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func conjunctsIn(x ast.Expr) []ast.Expr {
	switch y := x.(type) {
	case *ast.ParenExpr:
		return conjunctsIn(y.X)
	case *ast.BinaryExpr:
		if y.Op == token.AND {
			return append(conjunctsIn(y.X), conjunctsIn(y.Y)...)
		}
	}
	return []ast.Expr{x}
}

func containsEvery(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// referring are the nodes that name something else.
func (s *side) referring(list []ast.Node) []ast.Node {
	return slices.DeleteFunc(slices.Clone(list), func(n ast.Node) bool {
		refers := false
		ast.Walk(n, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			refers = refers || ok && (id.Node != nil || id.Scope != nil)
			return !refers
		}, nil)
		return !refers
	})
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
