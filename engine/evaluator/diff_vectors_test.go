package evaluator

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestDiffOfVectors says of the fragments of every vector that a comment more
// changes nothing; and steps from each to the next, which must end in an answer.
func TestDiffOfVectors(t *testing.T) {
	names, err := filepath.Glob("../testdata/vectors/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	var last *protocol.Fragments
	for _, name := range names {
		fragments := readVector(t, name).request.Fragments
		for _, c := range Diff(&protocol.Request{Op: "diff", Base: fragments, Fragments: commented(fragments)}).Changes {
			t.Errorf("%s: a comment changes something: %s %s %s → %s", name, c.Change, c.At, c.Before, c.After)
		}
		if last != nil {
			Diff(&protocol.Request{Op: "diff", Base: last, Fragments: fragments})
		}
		Latent(&protocol.Request{Op: "latent", Fragments: fragments})
		last = fragments
	}
}

func commented(fragments *protocol.Fragments) *protocol.Fragments {
	out := *fragments
	out.Files = slices.Clone(out.Files)
	for i, f := range out.Files {
		if strings.HasSuffix(f.Name, ".cue") {
			out.Files[i].Text = f.Text + "\n// Nobody reads this.\n"
		}
	}
	return &out
}
