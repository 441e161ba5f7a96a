package evaluator

import (
	"fmt"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// deepestNesting bounds how deep structs and lists may stand in each other.
// CUE's parser has a bound of its own, but `a: a: a: …` passes it, and
// evaluating that takes time that grows with the square of the depth.
const deepestNesting = 1000

// tooDeep finds where nesting passes the bound, without recursion.
func tooDeep(roots []ast.Decl) (token.Pos, bool) {
	type level struct {
		node  ast.Node
		depth int
	}
	var stack []level
	for _, d := range roots {
		stack = append(stack, level{d, 0})
	}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if top.depth > deepestNesting {
			return top.node.Pos(), true
		}
		push := func(n ast.Node) { stack = append(stack, level{n, top.depth + 1}) }
		switch n := top.node.(type) {
		case *ast.Field:
			stack = append(stack, level{n.Value, top.depth})
		case *ast.EmbedDecl:
			stack = append(stack, level{n.Expr, top.depth})
		case *ast.StructLit:
			for _, e := range n.Elts {
				push(e)
			}
		case *ast.ListLit:
			for _, e := range n.Elts {
				push(e)
			}
		case *ast.ParenExpr:
			push(n.X)
		case *ast.UnaryExpr:
			push(n.X)
		case *ast.BinaryExpr:
			stack = append(stack, level{n.X, top.depth}, level{n.Y, top.depth})
		case *ast.Comprehension:
			push(n.Value)
		}
	}
	return token.NoPos, false
}

// refuseDeep reports a file that nests too deep.
func (l *loader) refuseDeep(decls []ast.Decl) bool {
	pos, deep := tooDeep(decls)
	if deep {
		l.reportPos(pos, fmt.Sprintf("nested deeper than %d", deepestNesting))
	}
	return deep
}
