package acceptance

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// chainStep is one step of a reference: a name, or a label of the pattern that it was given by.
type chainStep struct {
	name  string
	alias *ast.Field
}

// isField says that a step goes to what a field declares, whatever its label is.
func (s chainStep) isField(f *ast.Field) bool {
	if s.alias != nil {
		return s.alias == f
	}
	name, static := syntax.StaticLabel(f)
	return static && !isHiddenName(f) && name == s.name
}

// isStep says that a step of a reference is one on the way to the place at hand.
func (s chainStep) isStep(down step) bool {
	switch {
	case down.list:
		return false
	case down.field != nil:
		return s.alias == down.field
	}
	return s.alias == nil && s.name == down.name
}

// ownPath is what a reference goes to, seen from the place at hand or one around it.
type ownPath struct {
	depth int
	path  []string
	// observed: as it is observed; else as a field of the struct itself.
	observed bool
}

// ownPath follows a reference to a part of the entity as it is observed, or to a
// member of the struct that the reference stands in.
func (e *emitter) ownPath(x ast.Expr, around *ast.StructLit) (ownPath, bool) {
	root, steps, ok := e.chain(x)
	if !ok {
		return ownPath{}, false
	}
	own := ownPath{depth: len(e.steps)}
	m := e.p.Meaning(root)
	switch m.Kind {
	case syntax.Observed:
		return e.ownSteps(steps)
	case syntax.Definition, syntax.Hidden:
		p, ok := e.parameter(root)
		if !ok || p.given == nil || !e.isAtHand(p.given) {
			return ownPath{}, false
		}
		// The steps from there on are those of the reference.
		_, first, _ := e.chain(p.given)
		return e.ownSteps(append(slices.Clone(first), steps...))
	case syntax.Field:
		for _, d := range m.Declarations {
			if e.inCall > 0 || len(d.Stack) == 0 || d.Stack[len(d.Stack)-1] != ast.Node(around) {
				return ownPath{}, false
			}
		}
		own.path = append(own.path, root.Name)
	default:
		return ownPath{}, false
	}
	return own.through(steps)
}

// ownSteps follows steps of #observed that lead to the entity or into it.
func (e *emitter) ownSteps(steps []chainStep) (ownPath, bool) {
	if e.throughList || len(steps) < len(e.way) {
		return ownPath{}, false
	}
	for i, f := range e.way {
		if !steps[i].isField(f) {
			return ownPath{}, false
		}
	}
	steps = steps[len(e.way):]
	own := ownPath{observed: true}
	for own.depth < len(e.steps) && len(steps) > 0 && steps[0].isStep(e.steps[own.depth]) {
		own.depth, steps = own.depth+1, steps[1:]
	}
	return own.through(steps)
}

// through goes on by the names of members.
func (own ownPath) through(steps []chainStep) (ownPath, bool) {
	for _, s := range steps {
		if s.alias != nil {
			return ownPath{}, false
		}
		own.path = append(own.path, s.name)
	}
	for _, name := range own.path {
		if isUnsafeName(name) {
			return ownPath{}, false
		}
	}
	return own, true
}

// chain takes a reference such as #observed.services[N].port apart.
func (e *emitter) chain(x ast.Expr) (root *ast.Ident, steps []chainStep, ok bool) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.chain(x.X)
	case *ast.Ident:
		return x, nil, true
	case *ast.SelectorExpr:
		root, steps, ok = e.chain(x.X)
		switch name := x.Sel.(type) {
		case *ast.Ident:
			return root, append(steps, chainStep{name: name.Name}), ok && !isHiddenText(name.Name)
		case *ast.BasicLit:
			text, isText := stringOf(name)
			return root, append(steps, chainStep{name: text}), ok && isText
		}
	case *ast.IndexExpr:
		root, steps, ok = e.chain(x.X)
		switch index := x.Index.(type) {
		case *ast.BasicLit:
			text, isText := stringOf(index)
			return root, append(steps, chainStep{name: text}), ok && isText
		case *ast.Ident:
			m := e.p.Meaning(index)
			f, isField := m.Source.(*ast.Field)
			return root, append(steps, chainStep{alias: f}), ok && isField && m.Kind == syntax.LabelAlias
		}
	}
	return nil, nil, false
}

// isHiddenText says that a selector's name is one of a hidden field or a definition.
func isHiddenText(name string) bool { return name != "" && (name[0] == '_' || name[0] == '#') }
