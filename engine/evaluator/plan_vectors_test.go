package evaluator

import (
	"path/filepath"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestPlanOfVectors plans every vector, whatever it asks: in any order of parts
// and files the plan is the same.
func TestPlanOfVectors(t *testing.T) {
	names, err := filepath.Glob("../testdata/vectors/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	separable, crossing := 0, 0
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			v := readVector(t, name)
			v.request.Op = "plan"
			plan := Plan(&protocol.Request{Op: "plan", Fragments: v.request.Fragments, Circumstances: v.request.Circumstances})
			separable += len(plan.Separable)
			crossing += len(plan.Crossing)
			got := jsonOf(plan)
			for turn, order := range ordersOf(len(v.request.Fragments.Parts)) {
				again := jsonOf(Plan(reordered(v.request, order, turn)))
				if want, got := renumbered(t, got, nil), renumbered(t, again, order); want != got {
					t.Errorf("order %v of parts changes the plan:\n%s", order, difference(want, got))
				}
			}
		})
	}
	if separable < 30 || crossing < 5 {
		t.Errorf("%d patterns are separable, %d cross", separable, crossing)
	}
	t.Logf("%d patterns are separable, %d cross", separable, crossing)
}
