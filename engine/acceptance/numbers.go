package acceptance

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// constant is a scalar that syntax says, as JSON has it: nil, bool, string or json.Number.
type constant struct {
	value any
	// fraction: a number that CUE takes for no integer.
	fraction bool
}

// isNumber says that a constant is a number.
func (c constant) isNumber() bool { _, is := c.value.(json.Number); return is }

// literalConstant reads a literal; false where JSON cannot say it exactly.
func literalConstant(x *ast.BasicLit) (constant, bool) {
	switch x.Kind {
	case token.NULL:
		return constant{}, true
	case token.TRUE, token.FALSE:
		return constant{value: x.Kind == token.TRUE}, true
	case token.INT, token.FLOAT:
		return number(x.Value, false)
	case token.STRING:
		text, ok := stringOf(x)
		return constant{value: text}, ok
	}
	return constant{}, false
}

// stringOf is the text of a string literal; not of bytes, and not with U+FFFD,
// which stands for every lone surrogate as well.
func stringOf(x *ast.BasicLit) (string, bool) {
	if x.Kind != token.STRING {
		return "", false
	}
	info, _, _, err := literal.ParseQuotes(x.Value, x.Value)
	if err != nil || !info.IsDouble() {
		return "", false
	}
	text, err := literal.Unquote(x.Value)
	return text, err == nil && !strings.ContainsRune(text, '\uFFFD')
}

// number is a number as JavaScript writes it; false unless a JavaScript number says
// exactly that much, in plain notation.
func number(text string, negative bool) (constant, bool) {
	var info literal.NumInfo
	if literal.ParseNum(text, &info) != nil {
		return constant{}, false
	}
	exact, ok := new(big.Rat).SetString(info.String())
	if !ok {
		return constant{}, false
	}
	if negative {
		exact.Neg(exact)
	}
	double, _ := exact.Float64()
	size := math.Abs(double)
	if size != 0 && (size < 1e-6 || size >= 1<<53) {
		return constant{}, false
	}
	shortest := strconv.FormatFloat(double, 'f', -1, 64)
	if said, ok := new(big.Rat).SetString(shortest); !ok || said.Cmp(exact) != 0 {
		return constant{}, false
	}
	if double == 0 {
		shortest = "0"
	}
	return constant{value: json.Number(shortest), fraction: !info.IsInt()}, true
}

// integral says that a number, of whatever notation, is an integer.
func (c constant) integral() bool {
	n, is := c.value.(json.Number)
	return is && !strings.Contains(string(n), ".")
}

// comparable says that equality with observed data means the same in CUE and in
// JSON: `2.0` is no int for CUE, and JSON knows one 2.
func (c constant) comparable() bool { return !c.isNumber() || !c.fraction || !c.integral() }
