package lint_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/evaluator"
	"congruent.dev/engine/protocol"
)

// many writes a line for each number.
func many(n int, line string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%d", fmt.Sprint(i)) + "\n")
	}
	return b.String()
}

// TestHostile has texts that would take hours if anything grew with more than their length: it ends.
func TestHostile(t *testing.T) {
	for name, text := range map[string]string{
		"deep fields":        "x: " + strings.Repeat("a: ", 100_000) + "1",
		"deep structs":       "x: " + strings.Repeat("{a: ", 100_000) + "1" + strings.Repeat("}", 100_000),
		"deep brackets":      "x: " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		"long conjunction":   "x: 1" + strings.Repeat(" & 1", 50_000),
		"long union":         "x: 0" + many(20_000, " | %d")[:1] + strings.ReplaceAll(many(20_000, " | %d"), "\n", ""),
		"union of structs":   "x: {a: 0}" + strings.ReplaceAll(many(5_000, " | {a%d: 1}"), "\n", ""),
		"many unions":        strings.Repeat("x: {a: int} | {b: int}\n", 5_000),
		"many names":         "x: {" + many(4_000, "a%d: int, if a%d > 1 {b%d: int}") + "}",
		"a chain of lets":    "let l0 = x\nx: int\n" + many(5_000, "let m%d = l0\ny%d: m%d"),
		"names in a circle":  "_a: _b\n_b: _c\n_c: _a\nif _a {x: 1}",
		"doubling":           "x: int\n_h0: x\n" + doubling(60) + "if _h60 > 1 {y: 1}",
		"doubling unions":    "_u0: {a: int} | {b: int}\n" + doublingUnions(60) + "x: _u60",
		"many patterns":      many(3_000, `m: [=~"^a%d"]: *%d | int`),
		"a huge exponent":    "x: <=1e999999999 | >=1e999999998",
		"many definitions":   many(5_000, "#D%d: {a: #D%d}"),
		"loops in loops":     "x: [...]\n_y: " + strings.Repeat("[for a in x {", 300) + "1" + strings.Repeat("}]", 300),
		"a long expression":  `x: =~"` + strings.Repeat("(a|", 900) + strings.Repeat(")", 900) + `"`,
		"alternating labels": many(1_000, "m: [string]: [string]: a%d: *%d | int\nm: x%d: y%d: a%d: *1 | int"),
	} {
		t.Run(name, func(t *testing.T) {
			evaluator.Lint(&protocol.Request{Op: "lint", Fragments: fragmentsOf(text)})
		})
	}
}

// doubling are hidden fields each of which names the one before twice.
func doubling(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "_h%d: _h%d + _h%d\n", i+1, i, i)
	}
	return b.String()
}

func doublingUnions(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "_u%d: _u%d & _u%d\n", i+1, i, i)
	}
	return b.String()
}

// TestOrderHasNoMeaning cuts all snippets into files and shuffles them: the findings stay.
func TestOrderHasNoMeaning(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for _, c := range cases() {
		for _, snippet := range append(slices.Clone(c.bad), c.good...) {
			fragments := fragmentsOf(snippet)
			want := answerOf(fragments)
			for range 3 {
				random.Shuffle(len(fragments.Files), func(i, j int) {
					fragments.Files[i], fragments.Files[j] = fragments.Files[j], fragments.Files[i]
				})
				random.Shuffle(len(fragments.Parts), func(i, j int) {
					fragments.Parts[i], fragments.Parts[j] = fragments.Parts[j], fragments.Parts[i]
				})
				if got := answerOf(fragments); got != want {
					t.Fatalf("%s\nin another order\n%s\ninstead of\n%s", snippet, got, want)
				}
			}
		}
	}
}

func answerOf(fragments *protocol.Fragments) string {
	text, err := json.Marshal(evaluator.Lint(&protocol.Request{Op: "lint", Fragments: fragments}))
	if err != nil {
		return err.Error()
	}
	return string(text)
}
