package acceptance

import (
	"encoding/json"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// interpolation is the schema of a text with values in it: constants, and the
// entity's own label. What stands between the labels is told to the keyword isLabel.
func (e *emitter) interpolation(x *ast.Interpolation) schema {
	pieces, ok := e.pieces(x)
	switch {
	case !ok:
		return e.no(x, "a text with values in it that the text does not tell")
	case len(pieces) == 1:
		return oneOfValues([]any{pieces[0]})
	}
	return schema{keywords: keywords{"type": "string", "isLabel": pieces}}
}

// pieces are the parts of an interpolation between the entity's labels.
func (e *emitter) pieces(x *ast.Interpolation) ([]string, bool) {
	if len(x.Elts) == 0 {
		return nil, false
	}
	first, isLit := x.Elts[0].(*ast.BasicLit)
	last, isLitToo := x.Elts[len(x.Elts)-1].(*ast.BasicLit)
	if !isLit || !isLitToo {
		return nil, false
	}
	info, skip, _, err := literal.ParseQuotes(first.Value, last.Value)
	if err != nil || !info.IsDouble() {
		return nil, false
	}
	pieces := []string{""}
	for i, element := range x.Elts {
		if i%2 == 1 {
			if e.isOwnLabel(element) {
				pieces = append(pieces, "")
				continue
			}
			text, ok := e.concrete(element)
			if !ok {
				return nil, false
			}
			pieces[len(pieces)-1] += text
			continue
		}
		lit, ok := element.(*ast.BasicLit)
		if !ok || len(lit.Value) < skip {
			return nil, false
		}
		text, err := info.Unquote(lit.Value[skip:])
		if err != nil || strings.ContainsRune(text, '\uFFFD') {
			return nil, false
		}
		pieces[len(pieces)-1] += text
		skip = 1 // the parenthesis that ends a value
	}
	return pieces, true
}

// isOwnLabel says that an expression is the label of the entity.
func (e *emitter) isOwnLabel(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	if !ok || len(e.way) == 0 || e.inList {
		return false
	}
	m := e.p.Meaning(name)
	return m.Kind == syntax.LabelAlias && m.Source == ast.Node(e.way[len(e.way)-1])
}

// concrete is the text that a value is written as within another: of a constant, of
// the default where nothing else is said, of a constant among those that are permitted.
func (e *emitter) concrete(x ast.Expr) (string, bool) {
	if c, ok := e.constantOf(x); ok {
		return c.written()
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.concrete(x.X)
	case *ast.Ident, *ast.SelectorExpr:
		m := e.refer(x.(ast.Expr))
		if (m.Kind == syntax.Hidden || m.Kind == syntax.Definition || m.Kind == syntax.Let) && len(m.Declarations) == 1 && e.spent() {
			return e.concrete(m.Declarations[0].Value)
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.OR:
			if s, ok := e.preferred(union{node: x, alternatives: e.alternatives(x)}); ok && !s.never {
				return constant{value: s.keywords["const"]}.written()
			}
		case token.AND:
			if c, ok := e.constantOf(x.Y); ok && e.permitted(x.X, c) {
				return c.written()
			}
		}
	}
	return "", false
}

// spent counts a reference, and says that there may be more.
func (e *emitter) spent() bool {
	e.spend()
	return e.budget > 0
}

// permitted says that a constant is certainly what a value permits: its type, or one of its alternatives.
func (e *emitter) permitted(x ast.Expr, c constant) bool {
	for {
		p, ok := x.(*ast.ParenExpr)
		if !ok {
			break
		}
		x = p.X
	}
	switch x := x.(type) {
	case *ast.Ident:
		_, isText := c.value.(string)
		return isText && x.Name == "string" && e.p.Meaning(x).Kind == syntax.Predeclared
	case *ast.BinaryExpr:
		if x.Op != token.OR {
			return false
		}
		for _, a := range e.alternatives(x) {
			if own, ok := e.constantOf(a.value); ok && jsonText(own.value) == jsonText(c.value) {
				return true
			}
		}
	}
	return false
}

// written is a constant as it stands in a text; numbers only where they are integers.
func (c constant) written() (string, bool) {
	switch v := c.value.(type) {
	case string:
		return v, true
	case json.Number:
		return string(v), !c.fraction && c.integral()
	}
	return "", false
}
