package lint

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// operands are what an operator joins, from left to right, parentheses and aliases
// taken away; the expression itself if it is no such operation.
func operands(x ast.Expr, op token.Token) []ast.Expr {
	var out []ast.Expr
	stack := []ast.Expr{x}
	for len(stack) > 0 {
		top := bare(stack[len(stack)-1])
		stack = stack[:len(stack)-1]
		if binary, ok := top.(*ast.BinaryExpr); ok && binary.Op == op {
			stack = append(stack, binary.Y, binary.X)
			continue
		}
		out = append(out, top)
	}
	return out
}

// bare is an expression without parentheses and aliases around it.
func bare(x ast.Expr) ast.Expr {
	for {
		switch y := x.(type) {
		case *ast.ParenExpr:
			x = y.X
		case *ast.Alias:
			x = y.Expr
		default:
			return x
		}
	}
}

// alternative is one branch of a disjunction.
type alternative struct {
	value ast.Expr
	// marked says that it is the default.
	marked bool
}

// alternatives are the branches of a disjunction, without those that only refuse.
func alternatives(x ast.Expr) []alternative {
	var out []alternative
	for _, branch := range operands(x, token.OR) {
		if mark, ok := branch.(*ast.UnaryExpr); ok && mark.Op == token.MUL {
			out = append(out, alternative{value: bare(mark.X), marked: true})
		} else if !isRefusal(branch) {
			out = append(out, alternative{value: branch})
		}
	}
	return out
}

func isDisjunction(x ast.Expr) bool {
	or, ok := bare(x).(*ast.BinaryExpr)
	return ok && or.Op == token.OR
}

// isRefusal says that an expression is `_|_` or error("…").
func isRefusal(x ast.Expr) bool {
	if _, ok := x.(*ast.BottomLit); ok {
		return true
	}
	call, ok := x.(*ast.CallExpr)
	return ok && isCall(call, "error")
}

// isCall says that one of CUE's own functions is called. Who declares a field of its name means that.
func isCall(x *ast.CallExpr, names ...string) bool {
	name, ok := x.Fun.(*ast.Ident)
	if !ok || name.Node != nil && !name.IsPredeclared() {
		return false
	}
	for _, wanted := range names {
		if name.Name == wanted {
			return true
		}
	}
	return false
}

// constant is the value of a scalar literal as a text that is the same for the same values.
func constant(x ast.Expr) (string, bool) {
	switch x := bare(x).(type) {
	case *ast.BasicLit:
		if x.Kind != token.STRING {
			return x.Value, true
		}
		text, err := literal.Unquote(x.Value)
		return `"` + text, err == nil
	case *ast.UnaryExpr:
		if number, ok := x.X.(*ast.BasicLit); ok && (x.Op == token.SUB || x.Op == token.ADD) {
			return x.Op.String() + number.Value, true
		}
	}
	return "", false
}

// isPresenceTest says that an expression compares with `_|_`, and gives what it compares.
func isPresenceTest(x ast.Node) (tested ast.Expr, ok bool) {
	test, isBinary := x.(*ast.BinaryExpr)
	if !isBinary || test.Op != token.EQL && test.Op != token.NEQ {
		return nil, false
	}
	if _, left := test.X.(*ast.BottomLit); left {
		return test.Y, true
	}
	_, right := test.Y.(*ast.BottomLit)
	return test.X, right
}
