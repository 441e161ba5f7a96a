package relation

import (
	"math/big"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// landmarks are what a scalar constraint can tell values apart by.
type landmarks struct {
	numbers []*big.Rat
	strings []string
	regexps []string
	// exact says that trying a value of every kind, each landmark and something
	// between any two of them tells all that there is to tell.
	exact bool
}

// mostDigits bounds the numbers that are reckoned with exactly.
const mostDigits = 40

func landmarksOf(x ast.Expr) landmarks {
	l := landmarks{exact: true}
	l.read(x)
	return l
}

func (l *landmarks) read(x ast.Expr) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		l.read(x.X)
	case *ast.BinaryExpr:
		l.exact = l.exact && (x.Op == token.AND || x.Op == token.OR)
		l.read(x.X)
		l.read(x.Y)
	case *ast.UnaryExpr:
		l.unary(x)
	case *ast.BasicLit:
		l.literal(x)
	case *ast.Ident:
		l.name(x.Name)
	case *ast.BottomLit:
	case *ast.CallExpr:
		if fails(x) {
			return
		}
		l.exact = false
		for _, arg := range x.Args {
			l.read(arg)
		}
	case *ast.ListLit:
		l.exact = l.exact && isOpen(x.Elts)
		for _, e := range x.Elts {
			l.read(e)
		}
	case *ast.StructLit:
		l.structure(x)
	case *ast.Ellipsis:
		if x.Type != nil {
			l.read(x.Type)
		}
	default:
		l.exact = false
	}
}

// isOpen says that a list is `[...]`.
func isOpen(elements []ast.Expr) bool {
	if len(elements) != 1 {
		return false
	}
	rest, ok := elements[0].(*ast.Ellipsis)
	return ok && rest.Type == nil
}

func (l *landmarks) structure(s *ast.StructLit) {
	if inner := unwrapped(s); inner != ast.Expr(s) {
		l.read(inner)
		return
	}
	if len(s.Elts) == 1 {
		if rest, ok := s.Elts[0].(*ast.Ellipsis); ok && rest.Type == nil {
			return // {...}
		}
	}
	l.exact = false
}

func (l *landmarks) unary(x *ast.UnaryExpr) {
	switch x.Op {
	case token.MAT, token.NMAT:
		l.exact = false
		if lit, ok := unwrapped(x.X).(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := literal.Unquote(lit.Value); err == nil {
				l.regexps = append(l.regexps, s)
			}
		}
		return
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if lit, ok := unwrapped(x.X).(*ast.BasicLit); ok && lit.Kind == token.STRING {
			l.exact = false // strings have an order, too
		}
	case token.SUB:
		if lit, ok := unwrapped(x.X).(*ast.BasicLit); ok {
			l.number("-" + lit.Value)
			return
		}
		l.exact = false
	case token.NEQ, token.MUL, token.ADD:
	default:
		l.exact = false
	}
	l.read(x.X)
}

func (l *landmarks) literal(x *ast.BasicLit) {
	switch x.Kind {
	case token.INT, token.FLOAT:
		l.number(x.Value)
	case token.STRING:
		s, err := literal.Unquote(x.Value)
		if err != nil || strings.HasPrefix(strings.TrimLeft(x.Value, "#"), "'") {
			l.exact = false
			return
		}
		l.strings = append(l.strings, s)
	}
}

// number takes a literal as it is written: 5, -0x1F, 1.5Ki, 1_000.
func (l *landmarks) number(text string) {
	unsigned, negative := strings.CutPrefix(text, "-")
	var info literal.NumInfo
	if literal.ParseNum(unsigned, &info) != nil {
		l.exact = false
		return
	}
	plain := info.String()
	r, ok := new(big.Rat).SetString(plain)
	if _, exponent, found := strings.Cut(strings.ToLower(plain), "e"); len(plain) > mostDigits || found && len(exponent) > 3 || !ok || len(r.Denom().String()) > mostDigits {
		l.exact = false
		return
	}
	if negative {
		r.Neg(r)
	}
	l.numbers = append(l.numbers, r)
}

// name is a type that CUE knows by name.
func (l *landmarks) name(name string) {
	switch name {
	case "_", "string", "bool", "int", "number", "float", "null", "true", "false":
		return
	case "uint":
		l.numbers = append(l.numbers, new(big.Rat))
		return
	case "rune":
		l.numbers = append(l.numbers, new(big.Rat), big.NewRat(0x10FFFF, 1))
		return
	}
	sized := map[string]uint{"int8": 8, "int16": 16, "int32": 32, "int64": 64, "int128": 128}
	if bits, ok := sized[strings.TrimPrefix(name, "u")]; ok {
		l.sized(bits, strings.HasPrefix(name, "u"))
		return
	}
	l.exact = false
}

func (l *landmarks) sized(bits uint, unsigned bool) {
	least, most := new(big.Int), new(big.Int)
	if unsigned {
		most.Lsh(big.NewInt(1), bits)
	} else {
		most.Lsh(big.NewInt(1), bits-1)
		least.Neg(most)
	}
	most.Sub(most, big.NewInt(1))
	l.numbers = append(l.numbers, new(big.Rat).SetInt(least), new(big.Rat).SetInt(most))
}

// join is what two constraints together can tell values apart by.
func (l landmarks) join(other landmarks) landmarks {
	out := landmarks{
		numbers: append(slices.Clone(l.numbers), other.numbers...),
		strings: append(slices.Clone(l.strings), other.strings...),
		regexps: append(slices.Clone(l.regexps), other.regexps...),
		exact:   l.exact && other.exact,
	}
	slices.SortFunc(out.numbers, (*big.Rat).Cmp)
	out.numbers = slices.CompactFunc(out.numbers, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	slices.Sort(out.strings)
	out.strings = slices.Compact(out.strings)
	slices.Sort(out.regexps)
	out.regexps = slices.Compact(out.regexps)
	return out
}
