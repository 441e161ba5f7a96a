package lint

import (
	"math/big"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// kindsOf lists CUE's own types that hold every value of an expression, itself not among them.
func kindsOf(x ast.Expr) []string {
	switch x := bare(x).(type) {
	case *ast.Ident:
		if x.Name == "int" && x.Node == nil {
			return []string{"number"}
		}
	case *ast.BasicLit:
		switch x.Kind {
		case token.STRING:
			if x.Value[0] == '\'' {
				return []string{"bytes"}
			}
			return []string{"string"}
		case token.INT:
			return []string{"int", "number"}
		case token.FLOAT:
			return []string{"float", "number"}
		case token.TRUE, token.FALSE:
			return []string{"bool"}
		}
	case *ast.UnaryExpr:
		switch x.Op {
		case token.MAT, token.NMAT:
			return []string{"string"}
		case token.LSS, token.LEQ, token.GTR, token.GEQ:
			// Of a bound on numbers it is known that it lets numbers through, ints and others.
			if kinds := kindsOf(x.X); len(kinds) > 0 {
				return kinds[len(kinds)-1:]
			}
		case token.SUB, token.ADD:
			return kindsOf(x.X)
		}
	case *ast.Interpolation:
		return []string{"string"}
	}
	return nil
}

// covers says that every value of a kind is permitted by one of two bounds.
func covers(a, b ast.Expr) bool {
	x, xOk := a.(*ast.UnaryExpr)
	y, yOk := b.(*ast.UnaryExpr)
	switch {
	case xOk && !yOk:
		return excludes(x, b)
	case yOk && !xOk:
		return excludes(y, a)
	case !xOk:
		return false
	}
	v, vOk := constant(x.X)
	w, wOk := constant(y.X)
	if !vOk || !wOk {
		return false
	}
	switch {
	case x.Op == token.NEQ && y.Op == token.NEQ:
		return v != w
	case x.Op == token.MAT && y.Op == token.NMAT, x.Op == token.NMAT && y.Op == token.MAT:
		return v == w
	case isUpper(x.Op) && isLower(y.Op):
		return overlap(x, y)
	case isLower(x.Op) && isUpper(y.Op):
		return overlap(y, x)
	}
	return false
}

// excludes says that a bound permits everything but the very value that stands beside it.
func excludes(bound *ast.UnaryExpr, other ast.Expr) bool {
	v, ok := constant(bound.X)
	w, too := constant(other)
	return ok && too && bound.Op == token.NEQ && v == w
}

func isUpper(op token.Token) bool { return op == token.LSS || op == token.LEQ }
func isLower(op token.Token) bool { return op == token.GTR || op == token.GEQ }

// overlap says that no number lies above the upper bound and below the lower one.
func overlap(upper, lower *ast.UnaryExpr) bool {
	u, uOk := number(upper.X)
	w, wOk := number(lower.X)
	if !uOk || !wOk {
		return false
	}
	c := u.Cmp(w)
	return c > 0 || c == 0 && (upper.Op == token.LEQ || lower.Op == token.GEQ)
}

// longestNumber bounds the text of numbers that are compared; exponents are left alone.
const longestNumber = 100

// number is the value of a literal.
func number(x ast.Expr) (*big.Rat, bool) {
	negative := false
	if sign, ok := bare(x).(*ast.UnaryExpr); ok && (sign.Op == token.SUB || sign.Op == token.ADD) {
		negative, x = sign.Op == token.SUB, sign.X
	}
	lit, ok := bare(x).(*ast.BasicLit)
	if !ok || lit.Kind != token.INT && lit.Kind != token.FLOAT || len(lit.Value) > longestNumber {
		return nil, false
	}
	var info literal.NumInfo
	if err := literal.ParseNum(lit.Value, &info); err != nil {
		return nil, false
	}
	text := info.String()
	for _, c := range text {
		if (c < '0' || c > '9') && c != '.' {
			return nil, false
		}
	}
	value, ok := new(big.Rat).SetString(text)
	if ok && negative {
		value.Neg(value)
	}
	return value, ok
}
