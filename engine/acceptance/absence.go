package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// absence is which members may be absent although they are wanted: those with a
// default, if nothing else is said of them anywhere. What another conjunct says
// could rule the default out, and then the member would be missing.
type absence struct {
	// all are the values of all members of the pattern.
	all []ast.Expr
	// used are the paths of members that may be absent.
	used map[string][]string
	// lists are the paths of lists with a default, of which nothing else may be said.
	lists map[string][]string
}

// mayBeAbsent says that a member at the place at hand asks for nothing where it is not there.
func (e *emitter) mayBeAbsent(name string, m *said) bool {
	if len(m.values) != 1 || len(e.unions) > 0 || e.inCall > 0 || e.absence.all == nil {
		return false
	}
	path, ok := e.path()
	if !ok {
		return false
	}
	path = append(path, name)
	if !e.asksNothing(m.values[0], 0) || e.mentions(e.absence.all, path, false, 0) != 1 {
		return false
	}
	if e.absence.used == nil {
		e.absence.used = map[string][]string{}
	}
	e.absence.used[jsonText(path)] = path
	return true
}

// path is the way to the place at hand by names; false where patterns or lists are on it.
func (e *emitter) path() (path []string, ok bool) {
	for _, s := range e.steps {
		if s.field != nil || s.list {
			return nil, false
		}
		path = append(path, s.name)
	}
	return path, true
}

// isAlone says that nothing else is said of the place at hand, a union, anywhere.
func (e *emitter) isAlone() bool {
	path, ok := e.path()
	if !ok || len(path) == 0 || len(e.unions) > 1 || e.inCall > 0 || e.crowded[len(e.steps)] > 0 || e.absence.all == nil || e.mentions(e.absence.all, path, false, 0) != 1 {
		return false
	}
	if e.absence.lists == nil {
		e.absence.lists = map[string][]string{}
	}
	e.absence.lists[jsonText(path)] = path
	return true
}

// asksNothing says that a value is none that must be there: a constant by default,
// or a struct of such values and of optional ones.
func (e *emitter) asksNothing(x ast.Expr, depth int) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.asksNothing(x.X, depth)
	case *ast.BinaryExpr:
		if x.Op != token.OR {
			return false
		}
		s, ok := e.preferred(union{node: x, alternatives: e.alternatives(x)})
		return ok && !s.never
	case *ast.StructLit:
		seen := map[string]bool{}
		for _, decl := range x.Elts {
			f, isField := decl.(*ast.Field)
			if !isField || depth > deepest {
				return false
			}
			name, static := syntax.StaticLabel(f)
			twice := seen[name]
			seen[name] = true
			switch {
			case !static || twice || isHiddenName(f) || f.Constraint == token.NOT:
				return false
			case f.Constraint != token.OPTION && !e.asksNothing(syntax.Value(f), depth+1):
				return false
			}
		}
		return true
	}
	return false
}

// many is more than one, or something that the text does not tell.
const many = 1 << 20

// mentions counts how often conjuncts say something of a member at a path; what
// stands in a definition says something of all that it does not name.
func (e *emitter) mentions(values []ast.Expr, path []string, closed bool, depth int) int {
	if depth > deepest {
		return many
	}
	g := e.flatten(values)
	if len(g.failed)+len(g.unions)+len(g.leaves) > 0 {
		return many
	}
	if closed {
		own := e.shapeOf(values)
		if _, named := own.names[path[0]]; !named && !own.open {
			return many // it refuses the member
		}
	}
	count := 0
	for _, d := range g.closed {
		count += e.mentions(d.values, path, true, depth+1)
	}
	var next []ast.Expr
	for _, s := range g.structs {
		for _, decl := range s.Elts {
			switch d := decl.(type) {
			case *ast.Field:
				name, static := syntax.StaticLabel(d)
				switch {
				case static && !isHiddenName(d) && name == path[0] && len(path) == 1:
					count++
				case static && !isHiddenName(d) && name == path[0]:
					next = append(next, syntax.Value(d))
				case !static && e.mayMatch(d, path[0]):
					return many
				}
			case *ast.Ellipsis, *ast.LetClause, *ast.EmbedDecl, *ast.CommentGroup, *ast.Attribute:
			default:
				return many
			}
		}
	}
	if len(next) > 0 {
		count += e.mentions(next, path[1:], closed, depth+1)
	}
	return min(count, many)
}

// mayMatch says that a field with a pattern or a computed label may be about a name.
func (e *emitter) mayMatch(f *ast.Field, name string) bool {
	if x := syntax.Pattern(f); x != nil {
		if l, ok := e.labelsOf(x); ok {
			return l.has(name)
		}
	}
	return true
}

// permits says that values, beside what the pattern says, ask for none of the
// members that may be absent unless they ask for it to be there.
func (a *absence) permits(e *emitter, values []ast.Expr) bool {
	for _, path := range a.lists {
		if e.mentions(values, path, false, 0) > 0 {
			return false
		}
	}
	for _, path := range a.used {
		if e.mentions(values, path, false, 0) > 0 && !e.wants(values, path) {
			return false
		}
	}
	return true
}

// wants says that some conjunct, in plain structs, has a member at a path that must be there.
func (e *emitter) wants(values []ast.Expr, path []string) bool {
	for _, v := range values {
		s, ok := v.(*ast.StructLit)
		if !ok {
			continue
		}
		for _, decl := range s.Elts {
			f, ok := decl.(*ast.Field)
			if !ok || f.Constraint == token.OPTION || isHiddenName(f) {
				continue
			}
			name, static := syntax.StaticLabel(f)
			if static && name == path[0] && (len(path) == 1 || e.wants([]ast.Expr{syntax.Value(f)}, path[1:])) {
				return true
			}
		}
	}
	return false
}
