package evaluator

import (
	"encoding/json"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestHostileText: what no honest team writes ends in findings that name the file, never in a panic.
func TestHostileText(t *testing.T) {
	deep := 100_000
	texts := map[string]string{
		"parentheses":        "package a\nx: " + strings.Repeat("(", deep) + "1" + strings.Repeat(")", deep),
		"open parentheses":   "package a\nx: " + strings.Repeat("(", deep),
		"lists":              "package a\nx: " + strings.Repeat("[", deep) + strings.Repeat("]", deep),
		"structs":            "package a\nx: " + strings.Repeat("{a: ", deep) + "1" + strings.Repeat("}", deep),
		"labels":             "package a\n" + strings.Repeat("a: ", deep) + "1",
		"negations":          "package a\nx: " + strings.Repeat("!", deep) + "true",
		"NUL":                "package a\nx: \"\x00\"\n\x00",
		"invalid UTF-8":      "package a\nx: \"\xff\xfe\"\n",
		"byte order mark":    "package a\n\ufeffx: 1\n",
		"huge number":        "package a\nx: 1e999999999999\n",
		"huge multiplier":    "package a\nx: 1Ei * 9999999999999999999999\n",
		"only a comment":     "// nothing",
		"unknown experiment": "@experiment(nope)\npackage a\nx: 1\n",
		"bad attribute":      "package a\nx: 1 @tag(\nb: 2",
		"bad embed":          "@extern(embed)\npackage a\nx: _ @embed(file=\"\\(\")",
		"import of itself":   "package a\nimport \"workspace.congruent/a\"\nx: a.y\ny: 1",
		"bad import":         "package a\nimport \"\"\nimport \"../b\"\nimport \"a b\"\nimport \"/x\"\nx: 1",
		"null label":         "package a\n\"\": 1\n\"\\u0000\": 2\n",
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			fragments := &protocol.Fragments{
				Files: []protocol.SourceFile{{Name: "a/a.cue", Text: text, Team: "a"}},
				Parts: []protocol.Part{{Kind: "package", Team: "a", Dir: "a"}},
			}
			answer := Unify(&protocol.Request{Op: "unify", Fragments: fragments, Want: []string{"cue", "json", "incomplete"}})
			for _, f := range answer.Findings {
				if f.Message == "" || len(f.Conjuncts) == 0 || f.Conjuncts[0].Site.File != "a/a.cue" || len(f.Message) > 4000 {
					t.Errorf("finding without message or file: %.300v", f)
				}
			}
			if answer.Desired == nil && len(answer.Findings) == 0 {
				t.Error("neither a desired state nor a finding")
			}
			explained := Explain(&protocol.Request{Op: "explain", Fragments: fragments, Path: protocol.Path{"x", "\x00", "0"}})
			if _, err := json.Marshal(explained); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestHostileData: the same for plain data.
func TestHostileData(t *testing.T) {
	deep := 100_000
	for name, text := range map[string]string{
		"lists":         strings.Repeat("[", deep) + strings.Repeat("]", deep),
		"maps":          strings.Repeat(`{"a":`, deep) + "1" + strings.Repeat("}", deep),
		"cut":           `{"a": `,
		"empty":         "",
		"scalar":        "3",
		"list":          "[1]",
		"NUL":           "{\"a\": \"\\u0000\"}",
		"two":           "{} {}",
		"huge exponent": `{"a": 1e999999999}`,
		"odd keys":      `{"__proto__": {"x": 1}, "#d": 1, "_h": 2, "": 3, "a b": 4, "if": 5, "\\(x)": 6}`,
		"twice":         `{"a": 1, "a": 2}`,
	} {
		t.Run(name, func(t *testing.T) {
			fragments := &protocol.Fragments{Parts: []protocol.Part{
				{Kind: "data", Team: "b", File: "b.yaml", JSON: text, Masked: []protocol.Path{{"a"}, {"a", "0", "x"}, {"none"}}},
			}}
			answer := Unify(&protocol.Request{Op: "unify", Fragments: fragments, Want: []string{"cue", "json", "incomplete"}})
			for _, f := range answer.Findings {
				if len(f.Conjuncts) == 0 || f.Conjuncts[0].Site.File != "b.yaml" || strings.Contains(f.Message, pseudoPrefix) {
					t.Errorf("finding without its file: %.300v", f)
				}
			}
			if answer.Desired == nil && len(answer.Findings) == 0 {
				t.Error("neither a desired state nor a finding")
			}
		})
	}
}

// TestMaskedPathsOfNothing: paths that lead nowhere, or to what cannot be masked, change nothing.
func TestMaskedPathsOfNothing(t *testing.T) {
	part := protocol.Part{Kind: "data", Team: "b", File: "b.yaml", JSON: `{"a": [1], "b": "s"}`,
		Masked: []protocol.Path{{"a", "7"}, {"a", "-1"}, {"a", "x"}, {"b", "deeper"}, {"c"}}}
	answer := Unify(&protocol.Request{Fragments: &protocol.Fragments{Parts: []protocol.Part{part}}, Want: []string{"json"}})
	if answer.Desired == nil || answer.Desired.JSON != `{"a":[1],"b":"s"}` {
		t.Errorf("got %+v", answer.Desired)
	}
}
