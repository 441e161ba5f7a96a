package evaluator

import (
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// placed gives errors without a path, as `_|_` under a pattern has them, the
// path of the value in which they arise.
func (d *desired) placed(list []cueError) []cueError {
	var out, told []cueError
	for _, e := range list {
		if len(e.at) > 0 || len(e.places) == 0 {
			out = append(out, e)
			continue
		}
		if slices.ContainsFunc(told, func(t cueError) bool { return t.message == e.message && slices.Equal(t.places, e.places) }) {
			continue // one pattern may refuse many labels in the same words
		}
		told = append(told, e)
		var found []location
		d.arisesIn(d.value, location{}, e, 0, &found)
		if len(found) == 0 {
			out = append(out, e)
		}
		for _, at := range found {
			again := e
			again.at = at
			out = append(out, again)
		}
	}
	return out
}

// arisesIn descends to the deepest values that fail with the same words at the same places.
func (d *desired) arisesIn(v cue.Value, at location, e cueError, depth int, found *[]location) {
	fields, err := v.Fields(cue.Hidden(true), cue.Definitions(true))
	if err != nil || depth > 64 {
		return
	}
	for fields.Next() {
		below := at.child(stepOfSelector(fields.Selector()))
		value := fields.Value()
		same := slices.ContainsFunc(flatten(value.Validate()), func(other cueError) bool {
			return other.message == e.message && slices.Equal(other.places, e.places)
		})
		if !same {
			continue
		}
		before := len(*found)
		d.arisesIn(value, below, e, depth+1, found)
		if len(*found) == before {
			*found = append(*found, below)
		}
	}
}

// requiredConflicts are fields that must be there (`x!`) and can have no value.
// CUE judges such a field only once it is there.
func (d *desired) requiredConflicts() []cueError {
	if !d.source.holdsRequired() {
		return nil
	}
	var out []cueError
	impossible(d.value, location{}, 0, &out)
	return out
}

func impossible(v cue.Value, at location, depth int, out *[]cueError) {
	fields, err := v.Fields(cue.Optional(true))
	if err != nil || depth > 64 {
		return
	}
	for fields.Next() {
		constraint := fields.FieldType()
		if constraint&cue.OptionalConstraint != 0 {
			continue
		}
		below := at.child(stepOfSelector(fields.Selector()))
		if constraint&cue.RequiredConstraint != 0 {
			errs := flatten(fields.Value().Validate())
			// Asked of a required field that is not there, CUE may forget what opens the struct around
			// it; a refusal that it means names who refuses.
			if !slices.ContainsFunc(errs, func(e cueError) bool { return len(e.places) > 0 }) {
				continue
			}
			for _, e := range errs {
				e.at = below
				*out = append(*out, e)
			}
			continue
		}
		impossible(fields.Value(), below, depth+1, out)
	}
}

// holdsRequired says that some file has a field with `!`.
func (l *loader) holdsRequired() bool {
	for _, loaded := range l.syntax {
		has := false
		ast.Walk(loaded.file, func(n ast.Node) bool {
			f, ok := n.(*ast.Field)
			has = has || ok && f.Constraint == token.NOT
			return !has
		}, nil)
		if has {
			return true
		}
	}
	return false
}
