package warmup

import (
	"encoding/json"
	"testing"

	"congruent.dev/engine/dispatch"
	"congruent.dev/engine/protocol"
)

func TestRequestsUseTheEngine(t *testing.T) {
	requests, err := Requests()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, request := range requests {
		var got struct {
			Refusal  string
			Findings []protocol.EngineFinding
		}
		if err := json.Unmarshal(new(dispatch.Program).Answer(request), &got); err != nil || got.Refusal != "" {
			t.Fatalf("a warm-up request is answered %q, %v", got.Refusal, err)
		}
		for _, finding := range got.Findings {
			kinds[finding.Kind] = true
		}
	}
	for _, kind := range []string{"conflict", "mismatch", "missing", "unexpected", "drift"} {
		if !kinds[kind] {
			t.Errorf("warming up finds no %s", kind)
		}
	}
	if kinds["unreadable"] {
		t.Error("the warm-up fragments cannot be read")
	}
}
