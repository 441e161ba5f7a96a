package syntax

import (
	"slices"
	"sort"

	"cuelang.org/go/cue/ast"
)

// descend finds what a node stands in by its position, without looking at the
// whole of a large file; nil if the node is not where its position says.
func descend(file *ast.File, n ast.Node) []ast.Node {
	stack := []ast.Node{file}
	decls := file.Decls
	offset := n.Pos().Offset()
	for {
		i := sort.Search(len(decls), func(i int) bool { return decls[i].Pos().Offset() > offset }) - 1
		if i < 0 {
			return nil
		}
		stack = append(stack, decls[i])
		if ast.Node(decls[i]) == n {
			return stack
		}
		f, ok := decls[i].(*ast.Field)
		if !ok {
			return within(stack, n)
		}
		body, ok := f.Value.(*ast.StructLit)
		if !ok || len(body.Elts) == 0 || offset < body.Pos().Offset() {
			return within(stack, n)
		}
		if ast.Node(body) == n {
			return append(stack, body)
		}
		if offset < body.Elts[0].Pos().Offset() {
			return within(stack, n)
		}
		stack = append(stack, body)
		decls = body.Elts
	}
}

// within searches the last node of a stack for another.
func within(stack []ast.Node, n ast.Node) []ast.Node {
	var found []ast.Node
	last := stack[len(stack)-1]
	open := stack[:len(stack)-1]
	ast.Walk(last, func(x ast.Node) bool {
		if found != nil {
			return false
		}
		open = append(open, x)
		if x == n {
			found = slices.Clone(open)
		}
		return true
	}, func(ast.Node) {
		if found == nil {
			open = open[:len(open)-1]
		}
	})
	return found
}
