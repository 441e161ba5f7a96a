package relation

import (
	"math/big"
	"slices"
	"strings"

	"cuelang.org/go/cue/literal"
)

// mostCandidates bounds how many values two constraints are tried with.
const mostCandidates = 600

// candidates are values, as CUE text, that two constraints may tell apart: those
// that people would name first.
func candidates(base, head *Constraint) []string {
	marks := base.marks.join(head.marks)
	out := marks.candidates()
	out = append(out, structures(base, head)...)
	seen := map[string]bool{}
	out = slices.DeleteFunc(out, func(text string) bool {
		twice := seen[text]
		seen[text] = true
		return twice
	})
	return out[:min(len(out), mostCandidates)]
}

// candidates are values of every scalar kind: the landmarks themselves, whole
// numbers near and between them, other numbers there, strings, what is left.
func (l landmarks) candidates() []string {
	var own, whole, broken []string
	for _, n := range l.numbers {
		own = append(own, decimal(n))
	}
	for _, n := range l.between() {
		if n.IsInt() {
			whole = append(whole, decimal(n))
		} else {
			broken = append(broken, decimal(n))
		}
	}
	out := slices.Concat(own, whole)
	for _, s := range l.texts() {
		out = append(out, literal.String.Quote(s))
	}
	return append(append(out, broken...), "true", "false", "null", "[]", "{}")
}

// between are numbers beside every landmark, between any two and beyond them all:
// for each gap an integer, if there is one, and a number that is none.
func (l landmarks) between() []*big.Rat {
	one, half := big.NewRat(1, 1), big.NewRat(1, 2)
	if len(l.numbers) == 0 {
		return []*big.Rat{big.NewRat(1, 1), new(big.Rat), big.NewRat(3, 2)}
	}
	var out []*big.Rat
	add := func(n *big.Rat) { out = append(out, n) }
	for i, n := range l.numbers {
		for _, step := range []*big.Rat{one, half} {
			add(new(big.Rat).Add(n, step))
			add(new(big.Rat).Sub(n, step))
		}
		floor := new(big.Rat).SetInt(floorOf(n))
		add(floor)
		add(new(big.Rat).Add(floor, one))
		add(new(big.Rat).Sub(floor, one))
		if i+1 == len(l.numbers) {
			break
		}
		middle := middleOf(n, l.numbers[i+1])
		add(middle)
		if middle.IsInt() {
			add(middleOf(n, middle))
			if quarter := middleOf(n, middle); quarter.IsInt() {
				add(new(big.Rat).Add(n, half))
			}
		}
	}
	last := l.numbers[len(l.numbers)-1]
	add(new(big.Rat).Mul(new(big.Rat).Add(new(big.Rat).Abs(last), one), big.NewRat(10, 1)))
	return out
}

func middleOf(a, b *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(a, b)
	return sum.Mul(sum, big.NewRat(1, 2))
}

// floorOf is the greatest integer that is not above a number.
func floorOf(n *big.Rat) *big.Int {
	return new(big.Int).Div(n.Num(), n.Denom()) // towards minus infinity: the denominator is positive
}

// decimal writes a number whose decimals end.
func decimal(n *big.Rat) string {
	if n.IsInt() {
		return n.Num().String()
	}
	return strings.TrimRight(n.FloatString(mostDigits+8), "0")
}

// texts are strings that the constraints may tell apart, and one that they do not name.
func (l landmarks) texts() []string {
	fresh := "text"
	for slices.Contains(l.strings, fresh) {
		fresh += "s"
	}
	out := append(slices.Clone(l.strings), fresh)
	out = append(out, samplesOf(l.regexps)...)
	for _, n := range l.numbers { // as lengths
		if n.IsInt() && n.Num().IsInt64() && n.Sign() >= 0 && n.Num().Int64() <= 256 {
			for d := -1; d <= 1; d++ {
				if size := int(n.Num().Int64()) + d; size > 0 {
					out = append(out, strings.Repeat("a", size))
				}
			}
		}
	}
	for _, s := range l.strings {
		out = append(out, s+"x", "x"+s)
	}
	return append(out, "")
}
