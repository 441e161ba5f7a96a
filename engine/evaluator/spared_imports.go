package evaluator

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// sparedImports are imports that only text uses which was taken out of the files:
// that nothing else uses them is not their author's mistake.
type sparedImports map[token.Pos]bool

// note remembers the imports that a node uses which is taken out.
func (s sparedImports) note(n ast.Node) {
	ast.Walk(n, func(n ast.Node) bool {
		s.noteName(n)
		return true
	}, nil)
}

// noteName does the same for a single node.
func (s sparedImports) noteName(n ast.Node) {
	if id, ok := n.(*ast.Ident); ok {
		if spec, ok := id.Node.(*ast.ImportSpec); ok {
			s[spec.Pos()] = true
		}
	}
}

// spare takes back complaints about them.
func (s sparedImports) spare(i *build.Instance) {
	if len(s) == 0 {
		return
	}
	var kept errors.Error
	for _, e := range errors.Errors(i.ResolutionErr) {
		if !s[e.Position()] {
			kept = errors.Append(kept, e)
		}
	}
	i.ResolutionErr = kept
}
