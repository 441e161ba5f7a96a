package acceptance

import (
	"encoding/json"
	"regexp"
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// call is the schema of a builtin that constrains.
func (e *emitter) call(x *ast.CallExpr, closed bool) schema {
	if name, ok := x.Fun.(*ast.Ident); ok && e.p.Meaning(name).Kind == syntax.Predeclared {
		switch {
		case name.Name == "error":
			if e.isError(x) {
				return nothing()
			}
			return e.no(x, "an error whose words are computed")
		case name.Name == "close" && len(x.Args) == 1:
			return e.closing(x.Args[0], closed)
		case name.Name == "or" && len(x.Args) == 1:
			return e.anyOf(x.Args[0])
		}
		return e.no(x, "a call of `"+name.Name+"`")
	}
	name := e.standard(x.Fun)
	if name == "list.MatchN" && len(x.Args) == 2 {
		return e.someElement(x)
	}
	if len(x.Args) == 1 {
		if c, ok := e.constantOf(x.Args[0]); ok {
			if s, ok := validator(name, c); ok {
				return s
			}
		}
	}
	return e.no(x, "a function that JSON Schema does not have")
}

// someElement is the schema of `list.MatchN(>0, c)`: one element at least equals a constant.
func (e *emitter) someElement(x *ast.CallExpr) schema {
	count, isBound := x.Args[0].(*ast.UnaryExpr)
	c, isConstant := e.constantOf(x.Args[1])
	if !isBound || !isConstant || !c.comparable() || count.Op != token.GTR {
		return e.no(x, "elements of a list that are counted")
	}
	if least, ok := count.X.(*ast.BasicLit); !ok || least.Value != "0" {
		return e.no(x, "elements of a list that are counted")
	}
	return schema{keywords: keywords{"type": "array", "contains": oneOfValues([]any{c.value}).value()}}
}

// validator is the schema of a function of the standard library that is used as a constraint.
func validator(name string, argument constant) (schema, bool) {
	text, isText := argument.value.(string)
	if isText {
		quoted, ok := translate(regexp.QuoteMeta(text))
		switch {
		case !ok:
		case name == "strings.HasPrefix":
			quoted.text = "^" + quoted.text
			return quoted.schema(), true
		case name == "strings.HasSuffix":
			quoted.text += "$"
			return quoted.schema(), true
		case name == "strings.Contains":
			return quoted.schema(), true
		}
		return schema{}, false
	}
	n, isNumber := argument.value.(json.Number)
	count, err := strconv.Atoi(string(n))
	if !isNumber || argument.fraction || err != nil || count < 0 {
		return schema{}, false
	}
	switch name {
	case "strings.MinRunes":
		return schema{keywords: keywords{"type": "string", "minLength": count}}, true
	case "strings.MaxRunes":
		return schema{keywords: keywords{"type": "string", "maxLength": count}}, true
	case "list.MinItems":
		return schema{keywords: keywords{"type": "array", "minItems": count}}, true
	case "list.MaxItems":
		return schema{keywords: keywords{"type": "array", "maxItems": count}}, true
	case "struct.MinFields":
		return schema{keywords: keywords{"type": "object", "minProperties": count}}, true
	case "struct.MaxFields":
		return schema{keywords: keywords{"type": "object", "maxProperties": count}}, true
	}
	return schema{}, false
}

// closing is the schema of `close(x)`: of what x says, and of no members but those that it names.
func (e *emitter) closing(x ast.Expr, closed bool) schema {
	g := e.flatten([]ast.Expr{x})
	if len(g.failed)+len(g.closed)+len(g.unions)+len(g.leaves) > 0 || len(g.structs) != 1 {
		return e.no(x, "a closed struct that is not written out")
	}
	e.inCall++
	s := e.place([]ast.Expr{x}, nil, closed)
	e.inCall--
	own := e.shapeOf([]ast.Expr{x})
	if s.never || own.open {
		return s
	}
	k, properties := keywords{"type": "object"}, keywords{}
	own.close(shape{}, k, properties)
	if len(properties) > 0 {
		k["properties"] = properties
	}
	return all(s, schema{keywords: k})
}

// anyOf is the schema of `or(list)`.
func (e *emitter) anyOf(x ast.Expr) schema {
	source := x
	if name, ok := x.(*ast.Ident); ok {
		if m := e.refer(name); (m.Kind == syntax.Hidden || m.Kind == syntax.Let) && len(m.Declarations) == 1 {
			source = m.Declarations[0].Value
		}
	}
	if values, ok := e.constantList(source); ok && len(values) > 0 {
		return oneOfValues(distinct(values))
	}
	return e.no(x, "alternatives that are computed")
}

func distinct(values []any) []any {
	var out []any
	seen := map[string]bool{}
	for _, v := range values {
		if text := jsonText(v); !seen[text] {
			seen[text] = true
			out = append(out, v)
		}
	}
	return out
}
