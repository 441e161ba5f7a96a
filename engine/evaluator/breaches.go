package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

func (d *desired) breaches() []protocol.EngineFinding { return nil }

var _ = slices.Contains[[]string]
var _ = strings.Contains
var _ cue.Value
var _ ast.Node
