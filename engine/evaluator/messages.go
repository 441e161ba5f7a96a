package evaluator

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// diagnostic is one error of CUE, flattened.
type diagnostic struct {
	at      location
	message string
	// places are the positions of all contributors that somebody wrote, sorted.
	places []place
	// causes names the pseudo-files of ours among the positions: why something is undecided.
	causes []string
}

// diagnosticOf takes one error of CUE apart.
func diagnosticOf(e errors.Error) diagnostic {
	d := diagnostic{at: locationOf(e.Path()), message: wordsOf(e)}
	for _, p := range errors.Positions(e) {
		d.add(p)
	}
	slices.SortFunc(d.places, comparePlaces)
	slices.Sort(d.causes)
	return d
}

func (d *diagnostic) add(p token.Pos) {
	switch file := p.Filename(); {
	case authored(file):
		if at := placeOf(p); !slices.Contains(d.places, at) {
			d.places = append(d.places, at)
		}
	case strings.HasPrefix(file, pseudoPrefix) && file != unifyFile && !slices.Contains(d.causes, file):
		d.causes = append(d.causes, file)
	}
}

func compareDiagnostics(a, b diagnostic) int {
	return cmp.Or(compareLocations(a.at, b.at), strings.Compare(a.message, b.message), slices.CompareFunc(a.places, b.places, comparePlaces))
}

// wordsOf is the whole message of an error: a wrapped error carries only its own
// words, those of its cause stand in the Unwrap chain.
func wordsOf(e error) string {
	var parts []string
	for e != nil {
		text := e.Error()
		if c, ok := e.(errors.Error); ok {
			text = words(c)
		}
		if text != "" && (len(parts) == 0 || !strings.Contains(parts[len(parts)-1], text)) {
			parts = append(parts, text)
		}
		e = errors.Unwrap(e)
	}
	return cutMiddle(oneLine(strings.Join(parts, ": ")))
}

// longestMessage is how many bytes a message holds; CUE writes whole structs into it.
const longestMessage = 1000

// cutMiddle keeps the beginning and the end of a long message, where its words are.
func cutMiddle(text string) string {
	if len(text) <= longestMessage {
		return text
	}
	return strings.ToValidUTF8(text[:longestMessage-300], "") + " … (cut) … " + strings.ToValidUTF8(text[len(text)-250:], "")
}

// words is what one error says itself. Where CUE names two operands that stand
// on a par, in the order in which it happened to meet them, the smaller comes first.
func words(e errors.Error) string {
	format, args := e.Msg()
	args = slices.Clone(args)
	swap := false
	switch {
	case strings.HasPrefix(format, "conflicting values %s and %s"),
		strings.HasPrefix(format, "incompatible ") && strings.HasSuffix(format, " bounds %v and %v"),
		strings.HasPrefix(format, "incompatible list lengths"):
		swap = len(args) >= 2 && fmt.Sprint(args[0]) > fmt.Sprint(args[1])
	}
	if swap {
		args[0], args[1] = args[1], args[0]
		if len(args) == 4 { // their kinds
			args[2], args[3] = args[3], args[2]
		}
	}
	for i, arg := range args {
		if text := fmt.Sprint(arg); strings.Contains(text, "\n") {
			args[i] = oneLineCUE(text)
		}
	}
	return fmt.Sprintf(format, args...)
}

// oneLine joins the lines of a message.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(s, " "))
}
