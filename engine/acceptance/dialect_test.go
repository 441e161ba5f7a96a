package acceptance_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"
)

// dialect is what schemas say of values, for other validators to be compared with.
type dialect struct {
	Label   string          `json:"label,omitempty"`
	Schema  json.RawMessage `json:"schema"`
	Accepts []any           `json:"accepts"`
	Refuses []any           `json:"refuses"`
}

// TestDialect compares what this package's interpreter of schemas says with
// testdata/dialect.json, which test/acceptance/schemas.test.ts holds the host's
// validator to. With CONGRUENT_UPDATE=1 the file is written anew.
func TestDialect(t *testing.T) {
	const name = "testdata/dialect.json"
	var all []dialect
	for i, e := range append(policies, corpus...) {
		s := e.subject(t)
		g := &generator{Rand: rand.New(rand.NewPCG(uint64(i), 5)), words: wordsOf(e.texts)}
		for _, a := range s.result.Accept {
			d := dialect{Label: "web", Schema: json.RawMessage(a.Schema), Accepts: []any{}, Refuses: []any{}}
			for k := range 12 {
				value := g.sample(decoded(t, a.Schema))
				if len(e.clean) > 0 && k%2 == 0 {
					value = decoded(t, pick(g, e.clean))
				}
				if k > 2 {
					value = g.perturbed(value)
				}
				s.judge.label = d.Label
				if s.judge.accepts(decoded(t, a.Schema), value) {
					d.Accepts = append(d.Accepts, value)
				} else {
					d.Refuses = append(d.Refuses, value)
				}
			}
			all = append(all, d)
		}
	}
	var now bytes.Buffer
	now.WriteString("[\n")
	for i, d := range all {
		now.WriteString(encoded(t, d))
		if i < len(all)-1 {
			now.WriteByte(',')
		}
		now.WriteByte('\n')
	}
	now.WriteString("]\n")
	if os.Getenv("CONGRUENT_UPDATE") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, now.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(name); err != nil || !bytes.Equal(text, now.Bytes()) {
		t.Errorf("%s is not what the schemas say now (CONGRUENT_UPDATE=1 writes it): %v", name, err)
	}
}
