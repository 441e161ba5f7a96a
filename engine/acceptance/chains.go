package acceptance

import (
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
