package schema

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/traced"
)

// Result is what a document of schemas came to.
type Result struct {
	// Text is a CUE file with package clause; it says nothing if there are problems.
	Text traced.Text
	// Problems are why the document is no schema that could be checked.
	Problems []Told
	// Notes are what the document says and nobody checks.
	Notes []Told
}

// Told is a message about a position of a document.
type Told struct {
	At      token.Pos
	Message string
}

// toldOf are the errors of CUE's importer, in our form.
func toldOf(err error) []Told {
	var out []Told
	for _, e := range errors.Errors(err) {
		at := e.Position()
		for _, p := range errors.Positions(e) {
			if !at.IsValid() {
				at = p
			}
		}
		message := e.Error()
		out = append(out, Told{At: at, Message: strings.ReplaceAll(message, "\n", " ")})
	}
	return sorted(out)
}

func sorted(list []Told) []Told {
	slices.SortStableFunc(list, func(a, b Told) int {
		return cmp.Or(cmp.Compare(a.At.Offset(), b.At.Offset()), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(list)
}
