package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
)

// wanted is the desired value as one line of CUE: what it asks for, not what it permits.
func wanted(v cue.Value) string {
	var b strings.Builder
	writeWanted(&b, v, 0)
	return b.String()
}

func writeWanted(b *strings.Builder, v cue.Value, depth int) {
	err := v.Err()
	if err != nil && hangsOn(flatten(err)) == causeMasked {
		b.WriteString("_")
		return
	}
	fields, failed := v.Fields(cue.Optional(true))
	if err != nil || failed != nil || !v.IsConcrete() || depth > deepestNeed {
		b.WriteString(oneLineCUE(writtenValue(v)))
		return
	}
	separator := "{"
	for fields.Next() {
		constraint := fields.FieldType()
		if constraint&cue.OptionalConstraint != 0 {
			continue
		}
		if b.Len() > 2*longestValue {
			break // nobody sees the rest
		}
		b.WriteString(separator + stepOfSelector(fields.Selector()).text())
		if constraint&cue.RequiredConstraint != 0 {
			b.WriteString("!")
		}
		b.WriteString(": ")
		writeWanted(b, fields.Value(), depth+1)
		separator = ", "
	}
	switch {
	case separator != "{":
		b.WriteString("}")
	case v.Allows(cue.AnyString):
		b.WriteString("{...}")
	default:
		b.WriteString("{}")
	}
}
