package evaluator

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestRemovedInParts asks of random workspaces what was removed, and compares with
// what an evaluation of everything tells. CONGRUENT_SEED asks for others,
// CONGRUENT_CASES for more.
func TestRemovedInParts(t *testing.T) {
	cases, seed := uint64(60), uint64(0)
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_CASES"), 10, 64); err == nil {
		cases = n
	}
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_SEED"), 10, 64); err == nil {
		seed = n
	}
	told, spared := 0, 0
	for n := seed; n < seed+cases; n++ {
		g := &partsGenerator{Rand: rand.New(rand.NewPCG(n, 17))}
		req := g.request()
		req.Identity = []string{g.pick("replicas", "image", "tier")}
		req.Applied = g.applied()
		got := new(Kept).Removed(req)
		want, _ := new(Kept).removedAmong(req.Applied, nil, req)
		if g, w := textOf(t, got.Findings), textOf(t, append([]protocol.EngineFinding{}, want...)); g != w {
			t.Fatalf("seed %d: %v\n%v\n%s", n, req.Fragments, req.Applied, difference(w, g))
		}
		if left, only := gather(req.Fragments).restrictedTo(gather(req.Fragments).unstated(req.Applied)); only != nil || len(left) < len(req.Applied) {
			spared++
		}
		told += len(want)
	}
	if told < int(cases)/4 || spared < int(cases)/4 {
		t.Errorf("%d findings, %d of %d answers were spared something: too few to tell", told, spared, cases)
	}
}

// applied are fields of some entities, most of which fragments may state.
func (g *partsGenerator) applied() []protocol.Applied {
	var out []protocol.Applied
	for _, name := range g.some(70, g.names...) {
		fields := map[string]any{}
		for _, label := range g.some(40, "replicas", "image", "tier", "port", "gone") {
			fields["f:"+label] = map[string]any{}
		}
		if g.IntN(2) == 0 {
			fields["f:env"] = map[string]any{".": map[string]any{}, "f:" + g.pick("A", "gone"): map[string]any{}}
		}
		at := protocol.Path{"services", name}
		if g.layout == "nested" {
			at = protocol.Path{"spaces", "one", "services", name}
		}
		text, _ := json.Marshal(fields)
		out = append(out, protocol.Applied{At: at, By: g.pick("kubectl", "argocd"), Fields: string(text)})
	}
	return out
}

func textOf(t *testing.T, x any) string {
	text, err := json.MarshalIndent(x, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
