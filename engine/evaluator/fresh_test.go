package evaluator

import "congruent.dev/engine/protocol"

// Unify, Check and Explain answer as if nothing had been asked before.

func Unify(req *protocol.Request) *protocol.UnifyAnswer { return new(Kept).Unify(req) }

func Check(req *protocol.Request) *protocol.CheckAnswer { return new(Kept).Check(req) }

func Explain(req *protocol.Request) *protocol.ExplainAnswer { return new(Kept).Explain(req) }
