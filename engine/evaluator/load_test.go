package evaluator

import (
	"slices"
	"testing"

	"congruent.dev/engine/protocol"
)

func twoTeams() *protocol.Fragments {
	return &protocol.Fragments{
		Files: []protocol.SourceFile{
			{Name: "a/a.cue", Text: "package a\nimport \"workspace.congruent/shared\"\nx: shared.#X\n", Team: "a"},
			{Name: "b/b.cue", Text: "package b\nx: int @tag(n,type=int)\n", Team: "b"},
			{Name: "shared/s.cue", Text: "package shared\n#X: int\n"},
		},
		Parts: []protocol.Part{
			{Kind: "package", Team: "a", Dir: "a", Package: "a"},
			{Kind: "package", Team: "b", Dir: "b"},
			{Kind: "data", Team: "b", File: "b/b.yaml", JSON: `{"y":1,"z":2}`, Masked: []protocol.Path{{"y"}, {"z"}}},
		},
		Tags: map[string]string{"n": "1"},
	}
}

// TestDigest: the digest follows what was unified, and nothing else.
func TestDigest(t *testing.T) {
	digest := func(change func(*protocol.Fragments)) string {
		f := twoTeams()
		change(f)
		answer := Unify(&protocol.Request{Fragments: f})
		if len(answer.Findings) > 0 {
			t.Fatalf("findings: %+v", answer.Findings)
		}
		return answer.Digest
	}
	want := digest(func(*protocol.Fragments) {})
	same := map[string]func(*protocol.Fragments){
		"order of files":  func(f *protocol.Fragments) { slices.Reverse(f.Files) },
		"order of parts":  func(f *protocol.Fragments) { slices.Reverse(f.Parts) },
		"order of masked": func(f *protocol.Fragments) { slices.Reverse(f.Parts[2].Masked) },
		"unused files": func(f *protocol.Fragments) {
			f.Files = append(f.Files, protocol.SourceFile{Name: "c/c.cue", Text: "package c\nx: {"}, protocol.SourceFile{Name: "a/d.cue", Text: "package other\ny: ]"}, protocol.SourceFile{Name: "notes.txt", Text: "n"})
		},
	}
	for name, change := range same {
		if got := digest(change); got != want {
			t.Errorf("%s changes the digest", name)
		}
	}
	other := map[string]func(*protocol.Fragments){
		"a file":         func(f *protocol.Fragments) { f.Files[0].Text += "\n" },
		"shared text":    func(f *protocol.Fragments) { f.Files[2].Text += "\n#Y: 1\n" },
		"a team":         func(f *protocol.Fragments) { f.Files[1].Team = "c" },
		"a tag":          func(f *protocol.Fragments) { f.Tags["n"] = "2" },
		"data":           func(f *protocol.Fragments) { f.Parts[2].JSON = `{"y":1,"z":3}` },
		"what is masked": func(f *protocol.Fragments) { f.Parts[2].Masked = nil },
	}
	for name, change := range other {
		if got := digest(change); got == want {
			t.Errorf("%s does not change the digest", name)
		}
	}
}

// TestWithFurther: the builder unifies further expressions with the parts in one go.
func TestWithFurther(t *testing.T) {
	d := load(twoTeams())
	v, err := d.with(skeleton(locationOf([]string{"deep", "0", `"a b"`})))
	if err != nil {
		t.Fatal(err)
	}
	if got := lookupFrom(v, location{field("deep"), element(0), field("a b")}); !got.Exists() {
		t.Errorf("skeleton is not there: %v", v)
	}
	if x, err := lookupFrom(v, location{field("x")}).Int64(); err != nil || x != 1 {
		t.Errorf("x = %v, %v", x, err)
	}
}
