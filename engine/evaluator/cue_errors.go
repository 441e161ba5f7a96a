package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// cueError is one error of CUE with its positions among the observed values too.
type cueError struct {
	diagnostic
	observed []token.Pos
}

// flatten takes an error of CUE apart, sorted by path and message.
func flatten(err error) []cueError {
	var out []cueError
	for _, e := range errors.Errors(err) {
		f := cueError{diagnostic: diagnosticOf(e)}
		for _, p := range errors.Positions(e) {
			if p.Filename() == observedFile {
				f.observed = append(f.observed, p)
			}
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b cueError) int { return compareDiagnostics(a.diagnostic, b.diagnostic) })
	return out
}

// notAllowed says that a closed struct refuses a field.
func (e cueError) notAllowed() bool { return e.message == notAllowedMessage }

// repeatsNotAllowed says that an error only passes on that a closed struct refuses a field.
func (e cueError) repeatsNotAllowed() bool {
	return strings.HasSuffix(e.message, ": "+notAllowedMessage)
}

const notAllowedMessage = "field not allowed"

// unionHeader says that an error only counts the branches of a failed disjunction.
func (e cueError) unionHeader() bool {
	return strings.HasSuffix(e.message, "errors in empty disjunction:")
}

// hangsOn is the reason why a value is undecided; what failed already excuses all else.
func hangsOn(list []cueError) cause {
	for _, why := range []cause{causeBlocked, causeRefused, causeStale, causeUnobserved, causeContested, causeMasked} {
		for _, e := range list {
			if slices.Contains(e.causes, string(why)) {
				return why
			}
		}
	}
	return ""
}

// messageOf is the first message of a list, the header of a disjunction last.
func messageOf(list []cueError) string {
	message := ""
	for _, e := range list {
		if message == "" || !e.unionHeader() {
			message = e.message
		}
		if !e.unionHeader() {
			break
		}
	}
	return message
}

// placesOf are all authored places that errors name, sorted.
func placesOf(list []cueError) []place {
	var out []place
	for _, e := range list {
		for _, p := range e.places {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, comparePlaces)
	return out
}
