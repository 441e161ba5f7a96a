package evaluator

import "congruent.dev/engine/protocol"

// Plan says what of the fragments can be evaluated one entity at a time.
func Plan(req *protocol.Request) *protocol.PlanAnswer {
	d := load(req.Fragments)
	return &protocol.PlanAnswer{
		Digest:    d.digest,
		Notes:     d.notes,
		Separable: []protocol.SeparablePattern{},
		Crossing:  []protocol.CrossingPattern{},
	}
}
