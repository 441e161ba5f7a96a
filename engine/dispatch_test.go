package main

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"testing"

	"congruent.dev/engine/protocol"
)

func TestIdentityIsThatOfTheBuild(t *testing.T) {
	var got protocol.Identity
	if err := json.Unmarshal(answer([]byte(`{"op":"identity"}`)), &got); err != nil {
		t.Fatal(err)
	}
	pin, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	cue := regexp.MustCompile(`cuelang\.org/go (v\S+)`).FindSubmatch(pin)
	if cue == nil {
		t.Fatal("go.mod does not pin CUE")
	}
	want := protocol.Identity{Protocol: protocol.Version, Name: "cue-go", Cue: string(cue[1]), Go: runtime.Version()}
	if got != want {
		t.Errorf("identity is %+v, want %+v", got, want)
	}
}

func TestAnswersKeepTheirCharacters(t *testing.T) {
	if got, want := string(answer([]byte(`{"op":"<&>"}`))), "{\"refusal\":\"unknown operation `<&>`\"}"; got != want {
		t.Errorf("answer is %s, want %s", got, want)
	}
}

func TestWarmupUsesTheEngine(t *testing.T) {
	requests, err := warmupRequests()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, request := range requests {
		var got struct {
			Refusal  string
			Findings []protocol.EngineFinding
		}
		if err := json.Unmarshal(answer(request), &got); err != nil || got.Refusal != "" {
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
