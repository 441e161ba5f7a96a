package evaluator

import (
	"math/big"
	"strings"
)

// longestValue is how many bytes of a value a message quotes.
const longestValue = 200

// shorten cuts long values in messages, on the border of a character.
func shorten(text string) string {
	text = oneLineCUE(text)
	if len(text) <= longestValue {
		return text
	}
	return strings.ToValidUTF8(text[:longestValue], "") + "…"
}

// rational reads a number of moderate size exactly.
func rational(text string) (*big.Rat, bool) {
	if _, exponent, found := strings.Cut(strings.ToLower(text), "e"); found && len(exponent) > 4 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
