package relation

import (
	"cuelang.org/go/cue"
)

// Allows says that data satisfies a constraint: nothing contradicts it, nothing is
// undecided, and all that the constraint asks for without a default is there.
func Allows(constraint, x cue.Value) bool {
	both := constraint.Unify(x)
	return both.Validate(cue.Concrete(true)) == nil && !lacks(both, x)
}

// lacks says that data does not hold something that a constraint on it gives
// without a default: what is fixed must be there, too.
func lacks(both, x cue.Value) bool {
	switch x.IncompleteKind() {
	case cue.StructKind:
		fields, err := both.Fields()
		for err == nil && fields.Next() {
			member := x.LookupPath(cue.MakePath(fields.Selector()))
			if !member.Exists() && asks(fields.Value(), 0) || member.Exists() && lacks(fields.Value(), member) {
				return true
			}
		}
	case cue.ListKind:
		elements, err := x.List()
		for i := 0; err == nil && elements.Next(); i++ {
			if lacks(both.LookupPath(cue.MakePath(cue.Index(i))), elements.Value()) {
				return true
			}
		}
	}
	return false
}

// asks says that a value must not be absent.
func asks(v cue.Value, depth int) bool {
	if chosen, ok := v.Default(); ok && chosen.Validate(cue.Concrete(true)) == nil && !(v.IncompleteKind() == cue.ListKind && v.Kind() == cue.ListKind) {
		return false
	}
	if v.Kind() != cue.StructKind || depth > deepestSample {
		return v.Kind() != cue.ListKind || !v.Allows(cue.AnyIndex)
	}
	fields, err := v.Fields()
	for err == nil && fields.Next() {
		if asks(fields.Value(), depth+1) {
			return true
		}
	}
	return false
}
