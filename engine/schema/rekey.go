package schema

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// describing are keywords of a CustomResourceDefinition's schemas that no object can break.
var describing = []string{"description", "title", "default", "example", "externalDocs", "x-kubernetes-validations", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type"}

// rekeyed is a schema for the tree of objects: lists with keys are maps, what is null
// is not there, and what only describes is left out. Positions stay.
func rekeyed(schema ast.Expr, plain bool) ast.Expr {
	if _, ok := schema.(*ast.StructLit); !ok {
		return schema
	}
	keyed := !plain && textOf(at(schema, "x-kubernetes-list-type")) == "map" && len(elements(at(schema, "x-kubernetes-list-map-keys"))) > 0
	intOrString := isTrue(at(schema, "x-kubernetes-int-or-string"))
	out := &ast.StructLit{}
	ast.SetPos(out, schema.Pos())
	for _, f := range fieldsOf(schema) {
		label := labelOf(f)
		switch {
		case slices.Contains(describing, label):
			continue
		case label == "anyOf" && intOrString, label == "type" && intOrString: // they say it once more
			continue
		case label == "required":
			if required := stillRequired(f.Value, at(schema, "properties")); len(required.Elts) > 0 {
				out.Elts = append(out.Elts, with(f, label, required))
			}
		case label == "properties":
			out.Elts = append(out.Elts, with(f, label, eachRekeyed(f.Value, plain)))
		case label == "items" && keyed:
			out.Elts = append(out.Elts, with(f, "additionalProperties", rekeyed(f.Value, plain)))
		case label == "not":
			out.Elts = append(out.Elts, with(f, label, rekeyed(withDefaults(f.Value, at(schema, "properties")), plain)))
		case label == "items", label == "additionalProperties":
			out.Elts = append(out.Elts, with(f, label, rekeyed(f.Value, plain)))
		case label == "allOf", label == "anyOf", label == "oneOf":
			list := &ast.ListLit{}
			ast.SetPos(list, f.Value.Pos())
			for _, e := range elements(f.Value) {
				list.Elts = append(list.Elts, rekeyed(withDefaults(e, at(schema, "properties")), plain))
			}
			out.Elts = append(out.Elts, with(f, label, list))
		case keyed && label == "type":
			object := ast.NewString("object")
			ast.SetPos(object, f.Value.Pos())
			out.Elts = append(out.Elts, with(f, label, object))
		case keyed && label == "maxItems":
			out.Elts = append(out.Elts, with(f, "maxProperties", f.Value))
		case keyed && label == "minItems":
			out.Elts = append(out.Elts, with(f, "minProperties", f.Value))
		default:
			out.Elts = append(out.Elts, with(f, label, f.Value))
		}
	}
	return out
}

func eachRekeyed(properties ast.Expr, plain bool) ast.Expr {
	out := &ast.StructLit{}
	ast.SetPos(out, properties.Pos())
	for _, f := range fieldsOf(properties) {
		out.Elts = append(out.Elts, with(f, labelOf(f), rekeyed(f.Value, plain)))
	}
	return out
}

// with is a member with another label and value at the same place.
func with(f *ast.Field, label string, value ast.Expr) *ast.Field {
	name := ast.NewString(label)
	ast.SetPos(name, f.Label.Pos())
	return &ast.Field{Label: name, Value: value}
}

// stillRequired leaves out what may be null, since that is as good as absent, and what
// an API server fills in.
func stillRequired(required, properties ast.Expr) *ast.ListLit {
	out := &ast.ListLit{}
	ast.SetPos(out, required.Pos())
	for _, e := range elements(required) {
		property := at(properties, textOf(e))
		if property == nil || !isTrue(at(property, "nullable")) && member(property, "default") == nil {
			out.Elts = append(out.Elts, e)
		}
	}
	return out
}

// withDefaults is an alternative of a schema with its properties: where it does not fit
// what an API server fills in for a member, the member must be there to fit.
func withDefaults(alternative, properties ast.Expr) ast.Expr {
	s, ok := alternative.(*ast.StructLit)
	if !ok {
		return alternative
	}
	var asked []ast.Expr
	for _, f := range fieldsOf(at(alternative, "properties")) {
		filled := at(properties, labelOf(f), "default")
		if filled == nil || fits(filled, f.Value) {
			continue
		}
		name := ast.NewString(labelOf(f))
		ast.SetPos(name, f.Label.Pos())
		asked = append(asked, name)
	}
	if len(asked) == 0 {
		return alternative
	}
	out := &ast.StructLit{}
	ast.SetPos(out, alternative.Pos())
	required := &ast.ListLit{Elts: asked}
	ast.SetPos(required, asked[0].Pos())
	for _, f := range fieldsOf(s) {
		if labelOf(f) == "required" {
			for _, e := range elements(f.Value) {
				if !slices.ContainsFunc(asked, func(a ast.Expr) bool { return textOf(a) == textOf(e) }) {
					required.Elts = append(required.Elts, e)
				}
			}
			continue
		}
		out.Elts = append(out.Elts, f)
	}
	label := ast.NewString("required")
	ast.SetPos(label, asked[0].Pos())
	out.Elts = append(out.Elts, &ast.Field{Label: label, Value: required})
	return out
}

// fits says that a value may fit a schema, by what `enum` and `not` say of it.
func fits(value, schema ast.Expr) bool {
	if list := elements(at(schema, "enum")); list != nil {
		return slices.ContainsFunc(list, func(e ast.Expr) bool { return dataText(e) == dataText(value) })
	}
	if f := member(schema, "not"); f != nil && member(f.Value, "enum") != nil && len(fieldsOf(f.Value)) == 1 {
		return !fits(value, f.Value)
	}
	return true
}
