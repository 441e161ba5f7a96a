// Package dispatch brings the engine protocol and the evaluator together: one
// request in, one answer out, for whatever program the two are built into.
package dispatch

import (
	"bytes"
	"encoding/json"
	"runtime"

	"congruent.dev/engine/evaluator"
	"congruent.dev/engine/protocol"
)

// cueVersion is the version of cuelang.org/go that go.mod pins.
const cueVersion = "v0.17.1"

// Program is a program that answers requests, one at a time.
type Program struct {
	// Name is what it calls itself: cue-go, cue-native.
	Name string
	// BuiltFrom is the SHA-256 of its sources, if it does not come with a manifest
	// that holds it.
	BuiltFrom string

	kept evaluator.Kept
}

// Answer answers one request. It never fails: a wrong request is refused.
func (p *Program) Answer(text []byte) []byte {
	request, err := protocol.DecodeRequest(text)
	if err != nil {
		return encode(protocol.Refusal{Refusal: err.Error()})
	}
	return encode(p.dispatch(request))
}

// dispatch routes a well-formed request to the operation it names.
func (p *Program) dispatch(request *protocol.Request) any {
	switch request.Op {
	case "identity":
		return p.Identity()
	case "unify":
		return p.kept.Unify(request)
	case "check":
		return p.kept.Check(request)
	case "explain":
		return p.kept.Explain(request)
	case "removed":
		return p.kept.Removed(request)
	case "supply":
		return p.kept.Supply(request)
	case "outline":
		return p.kept.Outline(request)
	case "plan":
		return evaluator.Plan(request)
	case "rules":
		return p.kept.Rules(request)
	case "exercised":
		return p.kept.Exercised(request)
	case "mutants":
		return p.kept.Mutants(request)
	case "diff":
		return evaluator.Diff(request)
	case "latent":
		return evaluator.Latent(request)
	case "lint":
		return evaluator.Lint(request)
	default:
		return protocol.Refusal{Refusal: "unknown operation `" + request.Op + "`"}
	}
}

// Identity says which protocol, CUE and Go the program was built with.
func (p *Program) Identity() protocol.Identity {
	return protocol.Identity{
		Protocol:  protocol.Version,
		Name:      p.Name,
		Cue:       cueVersion,
		Go:        runtime.Version(),
		BuiltFrom: p.BuiltFrom,
	}
}

// encode writes an answer as JSON, leaving <, > and & as they are.
func encode(value any) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return encode(protocol.Refusal{Refusal: "the answer cannot be written as JSON: " + err.Error()})
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}
