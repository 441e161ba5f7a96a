package lint

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// disjunction looks at a disjunction as a whole.
func (l *linter) disjunction(x *ast.BinaryExpr, around []ast.Node) {
	branches := alternatives(x)
	if len(branches) < 2 {
		return
	}
	if l.fallback(x, branches, around) {
		return
	}
	if !marksDefault(x) {
		l.forbidsNothing(x, branches)
	}
}

// fallback finds `x | *true`, which is true whatever x is, and `*x | true`, which
// is true where a constraint on x fails.
func (l *linter) fallback(x *ast.BinaryExpr, branches []alternative, around []ast.Node) bool {
	var literalBranch, name *alternative
	marked := 0
	for i, b := range branches {
		if b.marked {
			marked++
		}
		if _, ok := constant(b.value); ok {
			literalBranch = &branches[i]
			continue
		}
		if !isChain(b.value) || name != nil {
			return false
		}
		name = &branches[i]
	}
	if literalBranch == nil || name == nil || marked != 1 {
		return false
	}
	reads := l.follow(name.value)
	switch {
	case literalBranch.marked && isComputed(around) && (reads.tree || l.isObserved(name.value)):
		l.add(swallowed, l.quoted(x)+" is "+l.quoted(literalBranch.value)+" whatever "+l.quoted(name.value)+" is, since the marked alternative is chosen wherever it is permitted; write `*"+
			l.text(name.value)+" | "+l.text(literalBranch.value)+"`", x)
		return true
	case name.marked && reads.tree:
		l.add(swallowed, l.quoted(x)+" is "+l.quoted(literalBranch.value)+" where a constraint on "+l.quoted(name.value)+" fails, as if it were absent; take the value from `#observed`", x)
		return true
	}
	return false
}

// isComputed says that what stands here is worked with, and does not say what is permitted.
func isComputed(around []ast.Node) bool {
	switch up := parent(around).(type) {
	case *ast.IfClause, *ast.LetClause, *ast.Interpolation, *ast.ForClause, *ast.SelectorExpr, *ast.IndexExpr:
		return true
	case *ast.UnaryExpr:
		return up.Op == token.NOT || up.Op == token.SUB || up.Op == token.ADD
	case *ast.BinaryExpr:
		return up.Op != token.AND && up.Op != token.OR
	}
	return false
}

// isChain says that an expression is a name, with what is selected from it.
func isChain(x ast.Expr) bool {
	for {
		switch y := bare(x).(type) {
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.Ident:
			return true
		default:
			return false
		}
	}
}

// isObserved says that a name leads into #observed.
func (l *linter) isObserved(x ast.Expr) (observed bool) {
	syntax.EachUse(x, nil, nil, func(u syntax.Use) {
		observed = observed || l.Program.Meaning(u.Ident).Kind == syntax.Observed
	})
	return observed
}

// mostCompared bounds of how many alternatives every two are compared.
const mostCompared = 16

// forbidsNothing finds alternatives of which one permits all that another one seems to choose from.
func (l *linter) forbidsNothing(x *ast.BinaryExpr, branches []alternative) {
	types := map[string]ast.Expr{}
	for _, b := range branches {
		if name, ok := b.value.(*ast.Ident); ok && (name.Node == nil || name.IsPredeclared()) {
			types[name.Name] = name
		}
	}
	for _, b := range branches {
		for _, kind := range append(kindsOf(b.value), "_") {
			if wide := types[kind]; wide != nil && wide != b.value {
				l.add(neverFails, l.quoted(x)+": `"+kind+"` permits "+l.quoted(b.value)+" and everything else of its kind, so that naming it forbids nothing; leave out one of the two, or mark a default with `*`", x)
				return
			}
		}
	}
	if len(branches) > mostCompared {
		return
	}
	for i, a := range branches {
		for _, b := range branches[i+1:] {
			if covers(a.value, b.value) {
				l.add(neverFails, l.quoted(x)+" forbids nothing: whatever "+l.quoted(a.value)+" refuses, "+l.quoted(b.value)+" permits; where both must hold write `&`", x)
				return
			}
		}
	}
}
