package evaluator

import (
	"cuelang.org/go/cue/ast"
)

// observedExpr is the value of #observed: the observed state once more, open at
// every level and untouched by what failed. It is nil if no fragment reads it.
func (r *reads) observedExpr(o *observation) ast.Expr {
	if !r.observed {
		return nil
	}
	return o.builder().open(o.root)
}

// withSecond puts the second copy beside the tree.
func withSecond(tree, second ast.Expr) ast.Expr {
	s, ok := tree.(*ast.StructLit)
	if second == nil || !ok {
		return tree
	}
	both := *s
	both.Elts = append(append([]ast.Decl{}, s.Elts...), &ast.Field{Label: ast.NewIdent("#observed"), Value: second})
	return &both
}

// at lists what the constraints around an authored place read.
func (r *reads) at(stack []ast.Node) []read {
	var out []read
	for _, u := range r.around(stack) {
		out = append(out, u.reads...)
	}
	return out
}

// uncertainly says that a read is judged by coverage: CUE itself would take absence for an answer.
func (r read) uncertainly() bool { return r.observed || r.how == presence }
