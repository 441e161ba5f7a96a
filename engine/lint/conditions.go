package lint

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// presenceTest finds tests against `_|_` of values of the tree: where a constraint
// on the value fails, the value counts as absent.
func (l *linter) presenceTest(x *ast.BinaryExpr) {
	tested, ok := isPresenceTest(x)
	if !ok {
		return
	}
	var read *syntax.Use
	syntax.EachUse(tested, nil, nil, func(u syntax.Use) {
		if read == nil && l.origin(u).tree {
			read = &u
		}
	})
	if read == nil {
		return
	}
	l.add(presenceTest, l.quoted(x)+" asks whether a value is there on which constraints stand: where one of them fails it counts as absent; "+
		"test what was observed, "+l.observed(*read), x)
}

// condition finds conditions that read the tree: a value that breaks a constraint
// decides nothing, so that what hangs on the condition is not asked, and a
// default decides where the field is absent.
func (l *linter) condition(x *ast.IfClause) {
	var reads []syntax.Use
	l.eachTested(x.Condition, func(u syntax.Use) { reads = append(reads, u) })
	for _, u := range reads {
		if l.hasDefault(l.origin(u).places) {
			l.add(defaultInCondition, "`if "+l.text(x.Condition)+"` reads `"+textOf(u)+"`, which has a default: where the field is absent the default decides, as if it had been observed; read "+
				l.observed(u)+", or give no default", x)
			return
		}
	}
	if len(reads) > 0 {
		u := reads[0]
		l.add(condition, "`if "+l.text(x.Condition)+"` reads `"+textOf(u)+"`, on which constraints stand: where one of them fails, what hangs on the condition is not asked; read "+l.observed(u), x)
	}
}

// eachTested visits the names of a condition that stand for values of the tree, but in presence tests.
func (l *linter) eachTested(x ast.Expr, visit func(syntax.Use)) {
	tests := map[*ast.Ident]bool{}
	ast.Walk(x, func(n ast.Node) bool {
		if tested, ok := isPresenceTest(n); ok {
			syntax.EachUse(tested, nil, nil, func(u syntax.Use) { tests[u.Ident] = true })
		}
		return true
	}, nil)
	syntax.EachUse(x, nil, nil, func(u syntax.Use) {
		if !tests[u.Ident] && l.origin(u).tree {
			visit(u)
		}
	})
}

// hasDefault says that any of the places has a default, by name or by a pattern.
func (l *linter) hasDefault(places []*place) bool {
	for _, p := range places {
		for _, q := range append([]*place{p}, p.beside()...) {
			if slices.ContainsFunc(q.said, func(c conjunct) bool { return marksDefault(c.value) }) {
				return true
			}
		}
	}
	return false
}

func marksDefault(x ast.Expr) bool {
	return slices.ContainsFunc(alternatives(x), func(a alternative) bool { return a.marked })
}

// observed says where the value of a use is to be read from instead.
func (l *linter) observed(u syntax.Use) string {
	if l.isTop(u.Ident) {
		return "`#observed." + textOf(u) + "`"
	}
	return "from `#observed`"
}

// isTop says that a name is that of a regular field at the root.
func (l *linter) isTop(id *ast.Ident) bool {
	switch id.Scope.(type) {
	case nil, *ast.File:
		return !isHelperName(id.Name) && l.Program.Meaning(id).Kind == syntax.Field
	}
	return false
}

// textOf is a use as it is written, computed labels left out.
func textOf(u syntax.Use) string {
	var b strings.Builder
	b.WriteString(u.Ident.Name)
	for _, s := range u.Steps {
		switch {
		case s.By != nil:
			b.WriteString("[" + s.By.Name + "]")
		case s.Computed:
			b.WriteString("[…]")
		case ast.IsValidIdent(s.Label):
			b.WriteString("." + s.Label)
		default:
			b.WriteString("[" + strconv.Quote(s.Label) + "]")
		}
	}
	return b.String()
}
