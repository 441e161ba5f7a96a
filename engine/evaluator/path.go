package evaluator

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/literal"

	"congruent.dev/engine/protocol"
)

// stepKind tells labels apart that read the same in a protocol path.
type stepKind int

const (
	fieldStep      stepKind = iota // a regular field: web, "a b"
	indexStep                      // a list position: [0]
	hiddenStep                     // _ids
	definitionStep                 // #Service, _#Service
	patternStep                    // any label: []
)

// step is one label of a path.
type step struct {
	kind  stepKind
	label string // unquoted; decimal digits of a list position
}

// location is a path whose labels know their kind.
type location []step

func field(label string) step { return step{fieldStep, label} }
func element(i int) step      { return step{indexStep, strconv.Itoa(i)} }

// locationOf reads the selectors that CUE writes in the path of an error.
func locationOf(selectors []string) location {
	out := make(location, 0, len(selectors))
	for _, s := range selectors {
		out = append(out, stepOf(s))
	}
	return out
}

func stepOf(selector string) step {
	switch {
	case selector == "":
		return step{fieldStep, ""}
	case selector[0] == '"' || selector[0] == '#' && strings.HasPrefix(strings.TrimLeft(selector, "#"), `"`):
		if s, err := literal.Unquote(selector); err == nil {
			return step{fieldStep, s}
		}
		return step{fieldStep, selector}
	case selector[0] == '#' || strings.HasPrefix(selector, "_#"):
		return step{definitionStep, selector}
	case selector[0] == '_':
		return step{hiddenStep, selector}
	case selector[0] == '[':
		return step{patternStep, ""}
	case isDigits(selector):
		return step{indexStep, selector}
	}
	return step{fieldStep, strings.TrimRight(selector, "?!")}
}

// stepOfSelector is the step that a selector of a value takes.
func stepOfSelector(s cue.Selector) step {
	switch s.ConstraintType() {
	case cue.PatternConstraint:
		return step{patternStep, ""}
	}
	switch s.LabelType() {
	case cue.IndexLabel:
		return element(s.Index())
	case cue.StringLabel:
		return field(s.Unquoted())
	}
	return stepOf(s.String())
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// labels is the path as the protocol has it.
func (l location) labels() protocol.Path {
	out := make(protocol.Path, 0, len(l))
	for _, s := range l {
		if s.kind == patternStep {
			out = append(out, "[]")
			continue
		}
		out = append(out, s.label)
	}
	return out
}

// at is the path as CUE writes it: services.web.ports[0]."a b".
func (l location) at() string {
	var b strings.Builder
	for _, s := range l {
		switch s.kind {
		case indexStep:
			b.WriteString("[" + s.label + "]")
			continue
		case patternStep:
			b.WriteString(".[]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.text())
	}
	return strings.TrimPrefix(b.String(), ".")
}

// text is the label as CUE writes it.
func (s step) text() string {
	if s.kind == fieldStep {
		return cue.Str(s.label).String()
	}
	return s.label
}

// key is equal for equal locations only.
func (l location) key() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteByte(byte('0' + s.kind))
		b.WriteString(strconv.Itoa(len(s.label)))
		b.WriteByte(':')
		b.WriteString(s.label)
	}
	return b.String()
}

// child is the location one step below, never sharing memory with another child.
func (l location) child(s step) location {
	return append(append(make(location, 0, len(l)+1), l...), s)
}

// within says that the location is at or below another.
func (l location) within(above location) bool {
	if len(l) < len(above) {
		return false
	}
	for i, s := range above {
		if l[i] != s {
			return false
		}
	}
	return true
}

// compareLocations orders locations label by label, list positions by number.
func compareLocations(a, b location) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if c := compareSteps(a[i], b[i]); c != 0 {
			return c
		}
	}
	return len(a) - len(b)
}

func compareSteps(a, b step) int {
	if a.kind == indexStep && b.kind == indexStep && len(a.label) != len(b.label) {
		return len(a.label) - len(b.label)
	}
	if c := strings.Compare(a.label, b.label); c != 0 {
		return c
	}
	return int(a.kind) - int(b.kind)
}

// index is the number of a list position; longer lists than anybody writes are cut.
func (s step) index() int {
	n, err := strconv.Atoi(s.label)
	if err != nil || n > 1<<16 {
		return 1 << 16
	}
	return n
}

// selector is the step as CUE's own path has it; hidden fields belong to packages and have none here.
func (s step) selector() cue.Selector {
	switch s.kind {
	case indexStep:
		return cue.Index(s.index())
	case definitionStep:
		if strings.HasPrefix(s.label, "#") {
			return cue.Def(s.label)
		}
	}
	return cue.Str(s.label)
}
