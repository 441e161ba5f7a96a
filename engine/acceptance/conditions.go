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
	// entity: the schemas are of the whole entity; else of the struct that the condition stands in.
	entity bool
	// unobserved is what it comes to where nothing is observed.
	unobserved verdict
	// mixed: parts of it are about the entity, and parts about the struct.
	mixed bool
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
	whole := truth{holds: anything(), fails: nothing(), unobserved: certain}
	for i, clause := range x.Clauses {
		test, ok := clause.(*ast.IfClause)
		if !ok {
			return e.no(clause, "a loop, or a name within a comprehension")
		}
		t := e.truthOf(test.Condition, around)
		if i == 0 {
			whole.entity = t.entity
		}
		whole = and(whole, t, true)
	}
	if whole.mixed && len(e.lifts) > 0 {
		return e.no(x, "a condition on several places")
	}
	if whole.unobserved == certain {
		e.holdsUnobserved = true
	}
	then := e.place([]ast.Expr{body}, append([]ast.Expr{around}, also...), closed)
	if !whole.entity || len(e.lifts) == 0 {
		return e.either(x, whole, then)
	}
	if e.chosen > 0 || !e.isLifted() {
		return e.no(x, "a condition on the entity within alternatives")
	}
	s := e.either(x, whole, e.ofEntity(then))
	if s.never {
		return s
	}
	e.conditions = append(e.conditions, s)
	return anything()
}

// either is satisfied where a condition fails, or holds together with what it asks for.
func (e *emitter) either(x ast.Node, t truth, then schema) schema {
	s := either(t.fails, all(t.holds, then))
	if s.never && len(s.why) == 0 {
		return e.no(x, "a condition that the text does not decide")
	}
	return s
}

// isLifted says that the way from the entity to the place at hand is known.
func (e *emitter) isLifted() bool {
	for _, step := range e.lifts {
		if step == nil {
			return false
		}
	}
	return true
}

// and joins two conditions; in order: where the first fails the second is not looked at.
func and(a, b truth, inOrder bool) truth {
	out := truth{entity: a.entity, mixed: a.mixed || b.mixed || a.entity != b.entity}
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
		return truth{holds: s, fails: s, entity: true, unobserved: certain}
	}
	switch x := x.(type) {
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
		if path, entity, ok := e.ownPath(x.(ast.Expr), around); ok {
			return truth{holds: valueAt(path, oneOfValues([]any{true})), fails: valueAt(path, oneOfValues([]any{false})), entity: entity}
		}
	}
	return unknown()
}

// comparison reads a test for presence or a comparison with a constant.
func (e *emitter) comparison(x *ast.BinaryExpr, around *ast.StructLit) (truth, bool) {
	path, entity, ok := e.ownPath(x.X, around)
	if !ok {
		return truth{}, false
	}
	if _, isBottom := x.Y.(*ast.BottomLit); isBottom {
		t := truth{holds: valueAt(path, anything()), fails: absentAt(path), entity: true, unobserved: refuted}
		switch {
		case !entity || len(path) == 0:
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
	return truth{holds: valueAt(path, holds), fails: valueAt(path, fails), entity: entity}, ok
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

// ownPath follows a reference to a member of the entity as it is observed, or to one
// of the struct that the reference stands in.
func (e *emitter) ownPath(x ast.Expr, around *ast.StructLit) (path []string, entity, ok bool) {
	root, steps, ok := e.chain(x)
	if !ok {
		return nil, false, false
	}
	m := e.p.Meaning(root)
	switch m.Kind {
	case syntax.Observed:
		if len(steps) < len(e.way) {
			return nil, false, false
		}
		for i, f := range e.way {
			if !steps[i].isField(f) {
				return nil, false, false
			}
		}
		entity, steps = true, steps[len(e.way):]
	case syntax.Field:
		for _, d := range m.Declarations {
			if len(d.Stack) == 0 || d.Stack[len(d.Stack)-1] != ast.Node(around) {
				return nil, false, false
			}
		}
		path = append(path, root.Name)
	default:
		return nil, false, false
	}
	for _, s := range steps {
		if s.alias != nil {
			return nil, false, false
		}
		path = append(path, s.name)
	}
	for _, name := range path {
		if isUnsafeName(name) {
			return nil, false, false
		}
	}
	return path, entity, true
}
