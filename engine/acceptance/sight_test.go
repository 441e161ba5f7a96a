package acceptance_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSight changes what the constraints are said not to see, which must change no finding.
func TestSight(t *testing.T) {
	changed := 0
	for i, e := range append(policies, corpus...) {
		s := e.subject(t)
		g := &generator{Rand: rand.New(rand.NewPCG(uint64(i), 3)), words: wordsOf(e.texts)}
		for range runs(t, 6) {
			entity := any(map[string]any{})
			if len(e.clean) > 0 {
				entity = decoded(t, pick(g, e.clean))
			}
			changed += s.mustNotSee(g, g.perturbed(entity))
		}
	}
	for seed := range uint64(runs(t, 20)) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 4))}
		texts := w.texts()
		if conflict(texts) {
			continue
		}
		s := newSubject(t, texts...)
		g := &generator{Rand: w.Rand, words: wordsOf([]string{`{a: 1, b: "a", c: 3, k: 2}`})}
		for range 6 {
			var all []any
			for _, l := range s.schemas {
				all = append(all, l.schema)
			}
			changed += s.mustNotSee(g, g.perturbed(g.joined(all)))
		}
	}
	if changed < 100 {
		t.Errorf("only %d entities had something that is not seen", changed)
	}
}

// mustNotSee compares the findings of an entity with those of another that looks alike.
func (s *subject) mustNotSee(g *generator, entity any) (changed int) {
	s.t.Helper()
	other := g.unseen(s.sight, entity)
	if encoded(s.t, other) == encoded(s.t, entity) {
		return 0
	}
	before, after := encoded(s.t, s.findings(map[string]any{"web": entity})), encoded(s.t, s.findings(map[string]any{"web": other}))
	if before != after {
		s.t.Fatalf("%s\n%s look alike through %s, but:\n%s\n%s\n%s", encoded(s.t, entity), encoded(s.t, other), encoded(s.t, s.sight), before, after, s.text())
	}
	return 1
}

// unseen is a value with changes that a sight does not show.
func (g *generator) unseen(sight, v any) any {
	members, partly := sight.(map[string]any)
	m, isMap := v.(map[string]any)
	if !partly || !isMap {
		return v
	}
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		inner, seen := members[name]
		switch {
		case seen:
			out[name] = g.unseen(inner, m[name])
		case g.IntN(2) == 0:
			out[name] = g.anything(2)
		}
	}
	for range g.IntN(3) {
		name := pick(g, g.words.names)
		if _, seen := members[name]; !seen {
			out[name] = g.anything(2)
		}
	}
	return out
}
