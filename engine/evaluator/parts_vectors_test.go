package evaluator

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// TestVectorsInParts checks every vector that can be divided in parts as well.
func TestVectorsInParts(t *testing.T) {
	names, err := filepath.Glob("../testdata/vectors/check/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	divisible, told := 0, 0
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			v := readVector(t, name)
			if v.request.Restriction != nil || v.request.Without != nil {
				t.Skip("a part already")
			}
			can, did := compareInParts(t, v.request, rand.New(rand.NewPCG(1, 2)), 0, 1, 2)
			if can {
				divisible++
			}
			if did {
				told++
			}
			if can && !did {
				t.Log("only the whole can tell")
			}
		})
	}
	if told < 20 {
		t.Errorf("only %d of %d vectors were checked in parts", told, divisible)
	}
	t.Logf("%d vectors in parts, %d more as a whole only, of %d", told, divisible-told, len(names))
}
