package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// truth is what is known of a condition: schemas of values for which it certainly
// holds and certainly does not; for others it may be undecided.
type truth struct {
	holds, fails schema
	// depth is that of the place that the schemas are of: the one that the condition
	// stands at, or one around it.
	depth int
	// unobserved is what it comes to where nothing is observed.
	unobserved verdict
	// mixed: parts of it are about several places.
	mixed bool
	// anywhere: it is about no place.
	anywhere bool
}

type verdict int

const (
	undecided verdict = iota
	certain
	refuted
)

// not is the opposite verdict.
func (v verdict) not() verdict {
	switch v {
	case certain:
		return refuted
	case refuted:
		return certain
	}
	return undecided
}

// condition is the schema of `if …: {…}` in a struct.
func (e *emitter) condition(x *ast.Comprehension, around *ast.StructLit, also []ast.Expr, closed bool) schema {
	body, isStruct := x.Value.(*ast.StructLit)
	if x.Fallback != nil || !isStruct {
		return e.no(x, "a comprehension that is no plain condition")
	}
	var tests []truth
	unobserved := truth{unobserved: certain, anywhere: true}
	for _, clause := range x.Clauses {
		test, ok := clause.(*ast.IfClause)
		if !ok {
			return e.no(clause, "a loop, or a name within a comprehension")
		}
		t := e.truthOf(test.Condition, around)
		unobserved = and(unobserved, t, true)
		if last := len(tests) - 1; last >= 0 && (t.anywhere || tests[last].anywhere || t.depth == tests[last].depth) {
			tests[last] = and(tests[last], t, true)
			continue
		}
		tests = append(tests, t)
	}
	before := e.mark()
	then := e.place([]ast.Expr{body}, append([]ast.Expr{around}, also...), closed)
	if len(tests) > 0 && tests[0].fails.isTrue() {
		e.reset(before)
		return anything()
	}
	if unobserved.unobserved == certain {
		e.holdsUnobserved = true
	}
	return e.guardedBy(x, tests, then)
}

// guardedBy is the schema of what is asked for where all tests hold, one after the
// other: each is about the same place as the one before it, or about one further down.
func (e *emitter) guardedBy(x ast.Node, tests []truth, then schema) schema {
	depth := len(e.steps)
	for i := len(tests) - 1; i >= 0; i-- {
		t := tests[i]
		if t.mixed || !t.anywhere && t.depth > depth {
			return e.no(x, "a condition on several places")
		}
		if !t.anywhere && t.depth < depth {
			lifted, ok := e.lift(depth, t.depth, then)
			if !ok {
				return e.no(x, "a condition on a place around alternatives, or around elements of a list")
			}
			then, depth = lifted, t.depth
		}
		if then = e.either(x, t, then); then.never {
			return then
		}
	}
	if depth == len(e.steps) {
		return then
	}
	e.pending[depth] = append(e.pending[depth], then)
	return anything()
}

// progress is what was noted until some time.
type progress struct {
	reasons int
	pending map[int]int
}

func (e *emitter) mark() progress {
	p := progress{reasons: len(e.reasons), pending: map[int]int{}}
	for depth, list := range e.pending {
		p.pending[depth] = len(list)
	}
	return p
}

// reset forgets what was noted since.
func (e *emitter) reset(to progress) {
	e.reasons = e.reasons[:to.reasons]
	for depth := range e.pending {
		e.pending[depth] = e.pending[depth][:to.pending[depth]]
	}
}

// either is satisfied where a condition fails, or holds together with what it asks for.
func (e *emitter) either(x ast.Node, t truth, then schema) schema {
	s := either(t.fails, all(t.holds, then))
	if s.never && len(s.why) == 0 {
		return e.no(x, "a condition that the text does not decide")
	}
	return s
}

// and joins two conditions; in order: where the first fails the second is not looked at.
func and(a, b truth, inOrder bool) truth {
	out := truth{depth: a.depth, mixed: a.mixed || b.mixed || !a.anywhere && !b.anywhere && a.depth != b.depth, anywhere: a.anywhere && b.anywhere}
	if a.anywhere {
		out.depth = b.depth
	}
	out.holds = all(a.holds, b.holds)
	if inOrder {
		out.fails = either(a.fails, all(a.holds, b.fails))
	} else {
		out.fails = either(all(a.fails, either(b.holds, b.fails)), all(a.holds, b.fails))
	}
	switch {
	case a.unobserved == refuted || b.unobserved == refuted && a.unobserved == certain:
		out.unobserved = refuted
	case a.unobserved == certain && b.unobserved == certain:
		out.unobserved = certain
	}
	return out
}

func (t truth) not() truth {
	t.holds, t.fails = t.fails, t.holds
	t.unobserved = t.unobserved.not()
	return t
}

// truthOf reads a condition; one that it cannot read is never certain.
func (e *emitter) truthOf(x ast.Expr, around *ast.StructLit) truth {
	unknown := func() truth {
		s := e.no(x, "a condition that only the evaluator decides")
		return truth{holds: s, fails: s, depth: len(e.steps), unobserved: certain}
	}
	if t, ok := e.decide(x); ok {
		return t
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.TRUE || x.Kind == token.FALSE {
			return always(x.Kind == token.TRUE)
		}
	case *ast.ParenExpr:
		return e.truthOf(x.X, around)
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return e.truthOf(x.X, around).not()
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND:
			return and(e.truthOf(x.X, around), e.truthOf(x.Y, around), false)
		case token.LOR:
			return and(e.truthOf(x.X, around).not(), e.truthOf(x.Y, around).not(), false).not()
		}
		if t, ok := e.comparison(x, around); ok {
			return t
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		if t, ok := e.standsFor(x.(ast.Expr)); ok {
			return t
		}
		if own, ok := e.ownPath(x.(ast.Expr), around); ok {
			return truth{holds: valueAt(own.path, oneOfValues([]any{true})), fails: valueAt(own.path, oneOfValues([]any{false})), depth: own.depth}
		}
	}
	return unknown()
}

// standsFor reads a name for a condition, and the first of values in a list:
// `[if a {b}, c][0]`.
func (e *emitter) standsFor(x ast.Expr) (truth, bool) {
	if name, ok := x.(*ast.Ident); ok {
		m := e.p.Meaning(name)
		if e.spend(); m.Kind != syntax.Let || e.known == nil || e.budget < 0 {
			return truth{}, false
		}
		e.outcomes.decided[name] = true
		return e.truthOf(m.Declarations[0].Value, nil), true
	}
	index, ok := x.(*ast.IndexExpr)
	if !ok || e.known == nil {
		return truth{}, false
	}
	list, isList := index.X.(*ast.ListLit)
	at, isLiteral := index.Index.(*ast.BasicLit)
	if !isList || !isLiteral || at.Value != "0" || len(list.Elts) != 2 {
		return truth{}, false
	}
	c, isGuarded := list.Elts[0].(*ast.Comprehension)
	if !isGuarded {
		return truth{}, false
	}
	tests, value, ok := guarded(c)
	if !ok {
		return truth{}, false
	}
	guard := always(true)
	for _, test := range tests {
		guard = and(guard, e.truthOf(test, nil), true)
	}
	first, second := e.truthOf(value, nil), e.truthOf(list.Elts[1], nil)
	out := and(and(guard, first, true), second, true) // of which only the place is used
	out.holds = either(all(guard.holds, first.holds), all(guard.fails, second.holds))
	out.fails = either(all(guard.holds, first.fails), all(guard.fails, second.fails))
	out.unobserved = undecided
	switch {
	case guard.unobserved == certain:
		out.unobserved = first.unobserved
	case guard.unobserved == refuted:
		out.unobserved = second.unobserved
	}
	return out, true
}

// comparison reads a test for presence or a comparison with a constant.
func (e *emitter) comparison(x *ast.BinaryExpr, around *ast.StructLit) (truth, bool) {
	own, ok := e.ownPath(x.X, around)
	if !ok {
		return truth{}, false
	}
	if _, isBottom := x.Y.(*ast.BottomLit); isBottom {
		t := truth{holds: valueAt(own.path, anything()), fails: absentAt(own.path), depth: own.depth, unobserved: refuted}
		switch {
		case !own.observed || len(own.path) == 0:
			return truth{}, false
		case x.Op == token.NEQ:
			return t, true
		case x.Op == token.EQL:
			return t.not(), true
		}
		return truth{}, false
	}
	c, ok := e.constantOf(x.Y)
	if !ok || !c.comparable() || c.value == nil {
		return truth{}, false
	}
	holds, fails, ok := compared(x.Op, c)
	return truth{holds: valueAt(own.path, holds), fails: valueAt(own.path, fails), depth: own.depth}, ok
}

// compared are the values of a constant's type for which a comparison with it holds and fails.
func compared(op token.Token, c constant) (holds, fails schema, ok bool) {
	kind := "number"
	switch c.value.(type) {
	case string:
		kind = "string"
	case bool:
		kind = "boolean"
	}
	bound := func(keyword string) schema {
		return schema{keywords: keywords{"type": "number", keyword: c.value}}
	}
	switch op {
	case token.EQL:
		return oneOfValues([]any{c.value}), butNot(kind, c.value), true
	case token.NEQ:
		return butNot(kind, c.value), oneOfValues([]any{c.value}), true
	}
	switch op {
	case token.LSS:
		holds, fails = bound("exclusiveMaximum"), bound("minimum")
	case token.LEQ:
		holds, fails = bound("maximum"), bound("exclusiveMinimum")
	case token.GTR:
		holds, fails = bound("exclusiveMinimum"), bound("maximum")
	case token.GEQ:
		holds, fails = bound("minimum"), bound("exclusiveMaximum")
	default:
		return schema{}, schema{}, false
	}
	return holds, fails, c.isNumber()
}

// valueAt is satisfied by maps that hold, at a path, what satisfies a schema.
func valueAt(path []string, s schema) schema {
	for i := len(path) - 1; i >= 0; i-- {
		k := keywords{"type": "object", "required": []string{path[i]}}
		if !s.isTrue() {
			k["properties"] = keywords{path[i]: s.value()}
		}
		s = schema{keywords: k}
	}
	return s
}

// absentAt is satisfied by maps in which a path ends before it is through, at a map
// that does not have the next member.
func absentAt(path []string) schema {
	var parts []schema
	for i := range path {
		here := schema{keywords: keywords{"type": "object", "properties": keywords{path[i]: false}}}
		parts = append(parts, valueAt(path[:i], here))
	}
	return either(parts...)
}
