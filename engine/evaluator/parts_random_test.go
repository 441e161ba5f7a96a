package evaluator

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// TestRandomInParts makes fragments and states at random and compares the check
// of the whole with checks in parts. CONGRUENT_SEED asks for one case, with
// CONGRUENT_CASES for so many from there on.
func TestRandomInParts(t *testing.T) {
	cases, seed := uint64(200), uint64(0)
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_CASES"), 10, 64); err == nil {
		cases = n
	}
	from := uint64(0)
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_SEED"), 10, 64); err == nil {
		from, seed = n, n
		if os.Getenv("CONGRUENT_CASES") == "" {
			cases = 1
		}
	}
	divisible, told := 0, 0
	began := time.Now()
	for ; seed < from+cases; seed++ {
		g := &partsGenerator{Rand: rand.New(rand.NewPCG(seed, 7))}
		req := g.request()
		failed := !t.Run("", func(t *testing.T) {
			can, did := compareInParts(t, req, g.Rand, []int{0, 2, 2}[seed%3])
			if can {
				divisible++
			}
			if did {
				told++
			}
		})
		if failed {
			for _, f := range req.Fragments.Files {
				t.Logf("-- %s --\n%s", f.Name, f.Text)
			}
			for _, p := range req.Fragments.Parts {
				t.Logf("part %s %s %s", p.Kind, p.Dir, p.JSON)
			}
			t.Fatalf("CONGRUENT_SEED=%d: state %s\nmasked %v, contested %v", seed, req.Observed.State, req.Observed.Masked, req.Observed.Contested)
		}
	}
	t.Logf("%d of %d cases divided, %d of them told by parts, in %s", divisible, cases, told, time.Since(began).Round(time.Second))
	if cases > 1 && told*2 < int(cases) {
		t.Errorf("too few cases are told by parts")
	}
}
