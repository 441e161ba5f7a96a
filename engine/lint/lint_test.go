package lint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/evaluator"
	"congruent.dev/engine/protocol"
)

// fragmentsOf reads a snippet: the text of team a, and after each line `-- b --` that of team b.
// `-- b/x.cue --` is another file of the team, `-- lib --` a package that belongs to nobody.
func fragmentsOf(snippet string) *protocol.Fragments {
	f := &protocol.Fragments{}
	add := func(name, text string) {
		team, file, more := strings.Cut(name, "/")
		if !more {
			file = "rules.cue"
		}
		owner := team
		if team == "lib" {
			owner = ""
		} else if !slices.ContainsFunc(f.Parts, func(p protocol.Part) bool { return p.Team == team }) {
			f.Parts = append(f.Parts, protocol.Part{Kind: "package", Team: team, Dir: team})
		}
		f.Files = append(f.Files, protocol.SourceFile{Name: team + "/" + file, Text: "package " + team + "\n" + text, Team: owner})
	}
	name := "a"
	var text strings.Builder
	for _, line := range strings.SplitAfter(snippet, "\n") {
		if next, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); ok && strings.HasSuffix(next, " --") {
			add(name, text.String())
			name = strings.TrimSuffix(next, " --")
			text.Reset()
			continue
		}
		text.WriteString(line)
	}
	add(name, text.String())
	return f
}

// found lists the lints of a snippet, once each; what cannot be read fails the test.
func found(t *testing.T, snippet string) (names []string, messages string) {
	t.Helper()
	answer := evaluator.Lint(&protocol.Request{Op: "lint", Fragments: fragmentsOf(snippet)})
	for _, f := range answer.Findings {
		if f.Kind != "lint" {
			t.Fatalf("%s\n%s: %s", snippet, f.Kind, f.Message)
		}
		name, _ := strings.CutPrefix(f.Rule.ID, "congruent:lint/")
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		messages += fmt.Sprintf("  %s %s: %s\n", f.Rule.ID, f.At, f.Message)
	}
	return names, messages
}

func TestLints(t *testing.T) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			if len(c.bad) < 5 || len(c.good) < 5 {
				t.Errorf("%d bad and %d good snippets: five of each are the least", len(c.bad), len(c.good))
			}
			for _, snippet := range c.bad {
				if names, messages := found(t, snippet); !slices.Equal(names, []string{c.name}) {
					t.Errorf("wanted in\n%s\nfound\n%s", snippet, messages)
				}
			}
			for _, snippet := range c.good {
				if names, messages := found(t, snippet); len(names) > 0 {
					t.Errorf("nothing wanted in\n%s\nfound\n%s", snippet, messages)
				}
			}
		})
	}
}
