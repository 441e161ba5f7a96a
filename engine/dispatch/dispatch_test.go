package dispatch

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"testing"

	"congruent.dev/engine/protocol"
)

func TestIdentityIsThatOfTheBuild(t *testing.T) {
	program := &Program{Name: "cue-native", BuiltFrom: "0123"}
	var got protocol.Identity
	if err := json.Unmarshal(program.Answer([]byte(`{"op":"identity"}`)), &got); err != nil {
		t.Fatal(err)
	}
	pin, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	cue := regexp.MustCompile(`cuelang\.org/go (v\S+)`).FindSubmatch(pin)
	if cue == nil {
		t.Fatal("go.mod does not pin CUE")
	}
	want := protocol.Identity{
		Protocol: protocol.Version, Name: "cue-native", Cue: string(cue[1]), Go: runtime.Version(), BuiltFrom: "0123",
	}
	if got != want {
		t.Errorf("identity is %+v, want %+v", got, want)
	}
}

func TestAnswersKeepTheirCharacters(t *testing.T) {
	answer := string(new(Program).Answer([]byte(`{"op":"<&>"}`)))
	if want := "{\"refusal\":\"unknown operation `<&>`\"}"; answer != want {
		t.Errorf("answer is %s, want %s", answer, want)
	}
}
