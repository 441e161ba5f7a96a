package main

import (
	"bytes"
	"encoding/json"
	"runtime"

	"congruent.dev/engine/evaluator"
	"congruent.dev/engine/protocol"
)

// cueVersion is the version of cuelang.org/go that go.mod pins.
const cueVersion = "v0.17.1"

// answer answers one request. It never fails: a wrong request is refused.
func answer(text []byte) []byte {
	request, err := protocol.DecodeRequest(text)
	if err != nil {
		return encode(protocol.Refusal{Refusal: err.Error()})
	}
	return encode(dispatch(request))
}

// dispatch routes a well-formed request to the operation it names.
func dispatch(request *protocol.Request) any {
	switch request.Op {
	case "identity":
		return identity()
	case "unify":
		return evaluator.Unify(request)
	case "check":
		return evaluator.Check(request)
	case "explain":
		return evaluator.Explain(request)
	case "plan":
		return evaluator.Plan(request)
	default:
		return protocol.Refusal{Refusal: "unknown operation `" + request.Op + "`"}
	}
}

// identity says which protocol, CUE and Go this program was built with.
func identity() protocol.Identity {
	return protocol.Identity{
		Protocol: protocol.Version,
		Name:     "cue-go",
		Cue:      cueVersion,
		Go:       runtime.Version(),
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
