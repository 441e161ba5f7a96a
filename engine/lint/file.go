package lint

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// file goes through one file, and says of every node what can be said of it alone.
func (l *linter) file(f *syntax.File) {
	l.current = f
	var stack []ast.Node
	ast.Walk(f.Syntax, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Attribute, *ast.CommentGroup, *ast.ImportDecl, *ast.Package:
			return false
		}
		l.node(n, stack)
		stack = append(stack, n)
		return true
	}, func(ast.Node) { stack = stack[:len(stack)-1] })
}

// node looks at one node; around is what it stands in, outermost first.
func (l *linter) node(n ast.Node, around []ast.Node) {
	switch x := n.(type) {
	case *ast.BinaryExpr:
		switch x.Op {
		case token.EQL, token.NEQ:
			l.presenceTest(x)
		case token.OR:
			if !isBranch(around) {
				l.disjunction(x, around)
			}
		default:
			l.bound(x, x.Op, x.Y)
		}
	case *ast.IfClause:
		l.condition(x)
	case *ast.ForClause:
		l.loop(x, around)
	case *ast.BottomLit:
		l.bottom(x, around)
	case *ast.Ident:
		l.float(x, around)
	case *ast.UnaryExpr:
		l.bound(x, x.Op, x.X)
	}
}

// isBranch says that what stands here is a part of a disjunction that is looked at as a whole.
func isBranch(around []ast.Node) bool {
	for i := len(around) - 1; i >= 0; i-- {
		switch x := around[i].(type) {
		case *ast.ParenExpr:
			continue
		case *ast.BinaryExpr:
			return x.Op == token.OR
		}
		return false
	}
	return false
}

// parent is the innermost node around but parentheses and aliases.
func parent(around []ast.Node) ast.Node {
	for i := len(around) - 1; i >= 0; i-- {
		switch around[i].(type) {
		case *ast.ParenExpr, *ast.Alias:
			continue
		}
		return around[i]
	}
	return nil
}
