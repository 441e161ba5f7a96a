package main

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"strings"
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

func TestWarmupRequestsAreAnswered(t *testing.T) {
	for _, request := range warmupRequests() {
		if got := answer(request); strings.HasPrefix(string(got), `{"refusal"`) {
			t.Errorf("a warm-up request is refused: %s", got)
		}
	}
}
