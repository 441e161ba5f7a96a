package separable

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// observes lists what may be read of #observed by anything but the entities of
// separable patterns, sorted. Whatever stands in a definition, a helper or a `let` may
// be read from anywhere, and counts.
func (s *scan) observes(chosen []*candidate) []protocol.Pattern {
	inside := map[*ast.Ident]bool{}
	for _, c := range chosen {
		if len(c.reasons) > 0 {
			continue
		}
		for _, x := range c.constraints() {
			if s.isPlace(x.value) {
				syntax.EachUse(x.value, nil, nil, func(u syntax.Use) { inside[u.Ident] = true })
			}
		}
	}
	out := []protocol.Pattern{}
	for _, f := range s.program.Files() {
		if readsOtherwise(s.program, f.Syntax) {
			out = append(out, protocol.Pattern{})
		}
	}
	for _, x := range s.uses.observed {
		if !inside[x.Ident] {
			out = append(out, patternOf(x.Steps))
		}
	}
	slices.SortFunc(out, protocol.ComparePatterns)
	return slices.CompactFunc(out, func(a, b protocol.Pattern) bool { return protocol.ComparePatterns(a, b) == 0 })
}

// isPlace says that a value stands in the tree only: no name is given to anything around it.
func (s *scan) isPlace(value ast.Expr) bool {
	around := s.program.Around(value)
	return !slices.ContainsFunc(around[:len(around)-1], func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Field:
			return syntax.KindOfLabel(x) != syntax.Field
		case *ast.LetClause:
			return true
		}
		return false
	})
}

// readsOtherwise says that #observed is more than a name that is read: it is
// constrained, has another name, or is selected from something.
func readsOtherwise(program *syntax.Program, f *ast.File) (found bool) {
	isObserved := func(n ast.Node) bool {
		name, ok := n.(*ast.Ident)
		return ok && name.Name == "#observed"
	}
	ast.Walk(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			found = found || isObserved(x.Sel)
		case *ast.Field:
			if isObserved(syntax.Label(x)) {
				value, isName := x.Value.(*ast.Ident)
				_, hasAlias := x.Label.(*ast.Alias)
				found = found || hasAlias || !isName || program.Meaning(value).Kind != syntax.Top
			}
		}
		return !found
	}, nil)
	return found
}

// patternOf is the path that steps go; null where the label is computed.
func patternOf(steps []syntax.Step) protocol.Pattern {
	out := protocol.Pattern{}
	for _, s := range steps {
		if s.Computed {
			out = append(out, nil)
			continue
		}
		out = append(out, &s.Label)
	}
	return out
}
