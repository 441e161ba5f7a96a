package acceptance

import (
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// parameter is a hidden member of a helper that is filled where the helper is used:
// `_pod: {#pod: _, …}` in `Pod: [N=string]: _pod & {#pod: #observed.Pod[N]}`.
type parameter struct {
	// given is what it is filled with; nil where nothing is.
	given ast.Expr
}

// parameter is what a name of a hidden member stands for at the place at hand. A name
// tells nothing about which member it fills, so all members by that name must be told:
// those of structs at this place, and those in other entities.
func (e *emitter) parameter(id *ast.Ident) (parameter, bool) {
	scope, inStruct := id.Scope.(*ast.StructLit)
	if !inStruct {
		return parameter{}, false
	}
	return e.parameterOf(id.Name, scope)
}

func (e *emitter) parameterOf(name string, scope *ast.StructLit) (parameter, bool) {
	depth, isHere := e.within[scope]
	if !isHere {
		return parameter{}, false
	}
	var p parameter
	texts := false
	for _, f := range e.p.FieldsNamed(name) {
		around := e.p.Around(f)
		if len(around) < 3 || isTop(f.Value) {
			continue // at the top of a file it is another
		}
		inner := slices.Contains(around, ast.Node(e.value))
		s, _ := around[len(around)-2].(*ast.StructLit)
		at, isAtHand := e.within[s]
		switch {
		case isAtHand && at == depth && isText(f.Value):
			texts = true
		case isAtHand && at == depth && inner && p.given == nil:
			p.given = f.Value
		case inner || !isInTree(around[:len(around)-1]) || e.isBeside(around):
			return parameter{}, false
		}
	}
	return p, p.given == nil || e.isOwnLabels(p.given) || !texts && e.isAtHand(p.given)
}

// isTop says that a value is `_`.
func isTop(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	return ok && name.Name == "_"
}

// isText says that a value is `string`, or that with a default.
func isText(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "string" && x.Node == nil
	case *ast.BinaryExpr:
		mark, ok := x.X.(*ast.UnaryExpr)
		if !ok || x.Op != token.OR || mark.Op != token.MUL || !isText(x.Y) {
			return false
		}
		text, ok := mark.X.(*ast.BasicLit)
		return ok && text.Kind == token.STRING
	}
	return false
}

// isInTree says that what stands within nodes stands in the tree only, where no name reaches it.
func isInTree(around []ast.Node) bool {
	for _, n := range around {
		switch n := n.(type) {
		case *ast.Field:
			if isHiddenName(n) {
				return false
			}
		case *ast.LetClause:
			return false
		}
	}
	return true
}

// isBeside says that something lies in another conjunct on the same entities.
func (e *emitter) isBeside(around []ast.Node) bool {
	return slices.ContainsFunc(e.beside, func(x ast.Expr) bool { return slices.Contains(around, ast.Node(x)) })
}

// isOwnLabels says that a value is a label on the way to the entity.
func (e *emitter) isOwnLabels(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	m := e.p.Meaning(name)
	return m.Kind == syntax.LabelAlias && slices.ContainsFunc(e.way, func(f *ast.Field) bool { return ast.Node(f) == m.Source })
}

// isAtHand says that a value is what is observed at the place at hand, or around it: that is there.
func (e *emitter) isAtHand(x ast.Expr) bool {
	own, ok := e.ownPath(x, nil)
	return ok && own.observed && len(own.path) == 0
}
