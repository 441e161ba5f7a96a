package acceptance

import (
	"cuelang.org/go/cue/ast"
)

// list is the schema of a list literal.
func (e *emitter) list(x *ast.ListLit, closed bool) schema {
	k := keywords{"type": "array"}
	var first []any
	var rest *schema
	for _, element := range x.Elts {
		switch element := element.(type) {
		case *ast.Comprehension:
			return e.no(element, "a list that is computed")
		case *ast.Ellipsis:
			s := anything()
			if element.Type != nil {
				s = e.under(step{list: true, up: inElements}, func() schema { return e.place([]ast.Expr{element.Type}, nil, closed) })
			}
			rest = &s
		default:
			s := e.under(step{list: true}, func() schema { return e.place([]ast.Expr{element}, nil, closed) })
			if s.never {
				return s
			}
			first = append(first, s.value())
		}
	}
	if len(first) > 0 {
		k["prefixItems"], k["minItems"] = first, len(first)
	}
	switch {
	case rest == nil:
		k["maxItems"] = len(first)
	case !rest.isTrue():
		k["items"] = rest.value()
	}
	return schema{keywords: k}
}

// inElements makes a schema of an element one of the list around it.
func inElements(s schema) schema {
	if s.isTrue() {
		return s
	}
	return schema{keywords: keywords{"items": s.value()}}
}

// constantList is a list of constants only, as JSON has it.
func (e *emitter) constantList(x ast.Expr) ([]any, bool) {
	for {
		p, ok := x.(*ast.ParenExpr)
		if !ok {
			break
		}
		x = p.X
	}
	l, ok := x.(*ast.ListLit)
	if !ok {
		return nil, false
	}
	out := []any{}
	for _, element := range l.Elts {
		c, ok := e.constantOf(element)
		if !ok || !c.comparable() {
			return nil, false
		}
		out = append(out, c.value)
	}
	return out, true
}
