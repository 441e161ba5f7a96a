package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// leaf is the schema of a conjunct that is no struct, no union and no reference.
func (e *emitter) leaf(x ast.Expr, closed bool) schema {
	switch x := x.(type) {
	case *ast.BasicLit:
		if c, ok := literalConstant(x); ok && c.comparable() {
			return oneOfValues([]any{c.value})
		}
		return e.no(x, "a value that JSON does not compare as CUE does")
	case *ast.UnaryExpr:
		return e.unary(x)
	case *ast.Ident:
		return e.named(x)
	case *ast.BottomLit:
		return nothing()
	case *ast.Interpolation:
		return e.interpolation(x)
	case *ast.ListLit:
		return e.list(x, closed)
	case *ast.CallExpr:
		return e.call(x, closed)
	}
	return e.no(x, "a value that is computed")
}

// named is the schema of a type, or of a label.
func (e *emitter) named(x *ast.Ident) schema {
	m := e.p.Meaning(x)
	if m.Kind == syntax.LabelAlias {
		if e.isOwnLabel(x) {
			return schema{keywords: keywords{"isLabel": true}}
		}
		return e.no(x, "a label that is not the entity's own")
	}
	if s, ok := typeSchema(x.Name); ok {
		return s
	}
	return e.no(x, "a type that JSON does not tell")
}

func typeSchema(name string) (schema, bool) {
	bounded := func(least, most int64) (schema, bool) {
		return schema{keywords: keywords{"type": "integer", "minimum": least, "maximum": most}}, true
	}
	switch name {
	case "string":
		return ofType("string"), true
	case "bool":
		return ofType("boolean"), true
	case "number":
		return ofType("number"), true
	case "int":
		return ofType("integer"), true
	case "uint":
		return schema{keywords: keywords{"type": "integer", "minimum": 0}}, true
	case "int8":
		return bounded(-1<<7, 1<<7-1)
	case "int16":
		return bounded(-1<<15, 1<<15-1)
	case "int32":
		return bounded(-1<<31, 1<<31-1)
	case "uint8":
		return bounded(0, 1<<8-1)
	case "uint16":
		return bounded(0, 1<<16-1)
	case "uint32":
		return bounded(0, 1<<32-1)
	}
	return schema{}, false
}

// unary is the schema of a bound, of an expression that text matches, of a negative number.
func (e *emitter) unary(x *ast.UnaryExpr) schema {
	if x.Op == token.SUB || x.Op == token.ADD {
		if c, ok := e.constantOf(x); ok && c.comparable() {
			return oneOfValues([]any{c.value})
		}
		return e.no(x, "a value that is computed")
	}
	c, ok := e.constantOf(x.X)
	if !ok {
		return e.no(x, "a bound that the text does not tell as JSON has it")
	}
	text, isText := c.value.(string)
	switch x.Op {
	case token.MAT, token.NMAT:
		p, ok := translate(text)
		if !isText || !ok {
			return e.no(x, "a regular expression that JavaScript may read differently, or slowly")
		}
		if x.Op == token.NMAT {
			return p.schemaOfOthers()
		}
		return p.schema()
	case token.NEQ:
		return e.differs(x, c)
	}
	keyword, known := map[token.Token]string{
		token.GTR: "exclusiveMinimum", token.GEQ: "minimum", token.LSS: "exclusiveMaximum", token.LEQ: "maximum",
	}[x.Op]
	if !known || !c.isNumber() {
		return e.no(x, "a bound that JSON Schema does not have")
	}
	return schema{keywords: keywords{"type": "number", keyword: c.value}}
}

// differs is the schema of `!=`: of another value of the same type.
func (e *emitter) differs(x ast.Expr, c constant) schema {
	switch c.value.(type) {
	case string:
		if c.value == "" {
			return schema{keywords: keywords{"type": "string", "minLength": 1}}
		}
		return butNot("string", c.value)
	case bool, nil:
		return e.no(x, "a bound that CUE has no values for")
	}
	return butNot("number", c.value)
}

// constantOf is the scalar that an expression stands for, through names of which
// nothing else is said; false where the text does not tell one.
func (e *emitter) constantOf(x ast.Expr) (constant, bool) {
	return e.constantBelow(x, 0)
}

func (e *emitter) constantBelow(x ast.Expr, depth int) (constant, bool) {
	if depth > deepest {
		return constant{}, false
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.constantBelow(x.X, depth+1)
	case *ast.BasicLit:
		return literalConstant(x)
	case *ast.UnaryExpr:
		lit, ok := x.X.(*ast.BasicLit)
		if ok && (x.Op == token.SUB || x.Op == token.ADD) && (lit.Kind == token.INT || lit.Kind == token.FLOAT) {
			return number(lit.Value, x.Op == token.SUB)
		}
	case *ast.Ident, *ast.SelectorExpr:
		m := e.refer(x.(ast.Expr))
		switch m.Kind {
		case syntax.Hidden, syntax.Definition, syntax.Let:
			if len(m.Declarations) == 1 {
				return e.constantBelow(m.Declarations[0].Value, depth+1)
			}
		}
	}
	return constant{}, false
}
