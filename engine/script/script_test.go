package script

import (
	"math/rand/v2"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"
)

// TestHostile runs random scripts of Starlark's words: each has a problem, or text that
// CUE reads as concrete data.
func TestHostile(t *testing.T) {
	words := []string{"x", "y", "_z", " = ", " = ", "\n", "\n", "{", "}", "[", "]", "(", ")", ":", ",", "\"a\"", "\"\\u00fc\"", "'b'", "1", "1e400", "0.5", "-", "+", "*", "None", "True", "tags", "def f():\n    return ", "for x in ", "if ", " else ", "len", "range(3)", "\"\\xff\"", "\x00", "ü"}
	good := 0
	for seed := range 20000 {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		b := strings.Builder{}
		b.WriteString([]string{"x = ", "x = {\"k\": ", "y = [1, ", ""}[r.IntN(4)])
		for range r.IntN(8) {
			b.WriteString(words[r.IntN(len(words))])
		}
		text, problem := Run("s.star", b.String(), map[string]string{"env": "dev"}, nil)
		if problem != nil {
			if strings.Contains(problem.Message, "\n") || problem.Message == "" {
				t.Fatalf("%q: %q", b.String(), problem.Message)
			}
			continue
		}
		good++
		if good%20 == 0 {
			if v := cuecontext.New().CompileString(text.CUE); v.Validate() != nil {
				t.Fatalf("%q makes\n%s\n%v", b.String(), text.CUE, v.Validate())
			}
		}
	}
	if good < 100 {
		t.Errorf("only %d scripts ran", good)
	}
}
