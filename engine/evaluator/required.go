package evaluator

import (
	"cuelang.org/go/cue/ast"

	"cuelang.org/go/cue"
)

// need says what the absence of a value means.
type need int

const (
	needNothing   need = iota // nothing is asked for
	needSomething             // definite, undetermined or required
	needUnclear               // whether anything is asked for depends on something undecided
)

// deepestNeed bounds the search for a member that asks for something.
const deepestNeed = 32

// needOf says what is asked for where nothing is observed: a value with a
// concrete default asks for nothing; a map asks if a member does (`x!` counts,
// `x?` does not); patterns, definitions and hidden fields never ask.
func needOf(v cue.Value) need { return needBelow(v, 0) }

func needBelow(v cue.Value, depth int) need {
	if err := v.Err(); err != nil {
		switch {
		case v.Validate() != nil:
			return needNothing // it fails whatever is observed, and is reported as that
		case asksAsStruct(v):
			return needUnclear
		}
		return needSomething
	}
	if dv, ok := v.Default(); ok && dv.Validate(cue.Concrete(true)) == nil {
		return needNothing
	}
	switch v.IncompleteKind() {
	case cue.StructKind:
		return needOfStruct(v, depth)
	case cue.ListKind:
		return needOfList(v)
	}
	return needSomething
}

func needOfStruct(v cue.Value, depth int) need {
	if depth > deepestNeed {
		return needNothing
	}
	if !v.IsConcrete() {
		return needSomething // alternatives, of which one must be there
	}
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return needUnclear
	}
	unclear := needNothing
	for fields.Next() {
		switch kind := fields.FieldType(); {
		case kind&cue.RequiredConstraint != 0:
			return needSomething
		case kind&cue.OptionalConstraint != 0:
			continue
		}
		switch needBelow(fields.Value(), depth+1) {
		case needSomething:
			return needSomething
		case needUnclear:
			unclear = needUnclear
		}
	}
	return unclear
}

// needOfList: an open list that nothing constrains may be empty, so it asks for nothing.
func needOfList(v cue.Value) need {
	if v.Validate(cue.Concrete(true)) != nil {
		return needSomething
	}
	if length, err := v.Len().Int64(); err == nil && length == 0 {
		return needNothing
	}
	if v.Allows(cue.AnyIndex) {
		return needNothing
	}
	return needSomething
}

// asksAsStruct tells an undecided map (`{if tls {…}}`) from an undecided atom (`n + 1`).
func asksAsStruct(v cue.Value) bool {
	for _, c := range conjunctsOf(v) {
		if isStructSyntax(c.value.Source()) {
			return true
		}
	}
	return false
}

func isStructSyntax(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.Field:
		return isStructSyntax(x.Value)
	case *ast.ParenExpr:
		return isStructSyntax(x.X)
	case *ast.StructLit, *ast.File, *ast.Comprehension:
		return true
	}
	return false
}
