// Package evaluator unifies the fragments of an environment into one desired
// state with CUE and says what conflicts, what an observed state breaks, and why.
//
// It is ordinary Go over CUE's public API: no clock, no disk, no network, no
// package-level state. Everything positional goes through syntax (index.go).
package evaluator

import (
	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// desired is the unified state of one environment, with all that is needed to
// tell whose each part is.
type desired struct {
	ctx   *cue.Context
	value cue.Value // D: the unified packages and data parts; does not Exist if nothing could be built
	parts []builtPart
	index *index // syntax of every file that took part

	digest   string
	findings []protocol.EngineFinding // kind unreadable: files that could not be parsed or built
	notes    []protocol.EngineNote
}

// builtPart is one package or data part, evaluated alone.
type builtPart struct {
	part  protocol.Part
	value cue.Value
}
