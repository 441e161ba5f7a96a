package acceptance_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// runs is how many perturbed entities each example is tried with: few, or as many as the environment asks for.
func runs(t *testing.T, normally int) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("CONGRUENT_FUZZ")); err == nil {
		return n
	}
	return normally
}

// TestCorpus holds every example to what it says: what is clean has no finding and
// is accepted, and nothing that is accepted has a finding.
func TestCorpus(t *testing.T) {
	for i, e := range append(policies, corpus...) {
		t.Run(e.name, func(t *testing.T) {
			s := e.subject(t)
			for _, text := range e.clean {
				entity := decoded(t, text)
				if found := s.findings(map[string]any{"web": entity}); len(found) > 0 {
					t.Errorf("%s is not clean: %+v", text, found)
				}
				if s.accepts("web", entity) == e.left {
					t.Errorf("%s: accepted %v, schemas %v, left to the evaluator: %v %v", text, !e.left, s.result.Accept, s.result.Undecidable, s.result.Partly)
				}
			}
			if e.left && len(s.result.Undecidable) == 0 && s.accepts("web", map[string]any{}) {
				t.Errorf("it is decided: %v", s.result.Accept)
			}
			for _, r := range append(s.result.Undecidable, s.result.Partly...) {
				if !r.Node.Pos().IsValid() || r.Message == "" {
					t.Errorf("a reason without a place or words: %+v", r)
				}
			}
			g := &generator{Rand: rand.New(rand.NewPCG(uint64(i), 1)), words: wordsOf(e.texts)}
			s.mustBeSound(runs(t, 60), func() any {
				if len(e.clean) == 0 {
					return g.perturbed(map[string]any{})
				}
				return g.perturbed(decoded(t, e.clean[g.IntN(len(e.clean))]))
			})
		})
	}
}

// mostTogether is how many entities are checked at a time.
const mostTogether = 30

// mustBeSound makes entities and fails if one is accepted that the plain check finds
// something about. It says how many are accepted.
func (s *subject) mustBeSound(count int, next func() any) (accepted int) {
	s.t.Helper()
	together := map[string]any{}
	for i := range count {
		entity := next()
		label := []string{"web", "api", "w", "x-"}[min(i%7, 3)]
		if _, taken := together[label]; taken || label == "x-" || label == "w" {
			label += strconv.Itoa(i)
		}
		if s.accepts(label, entity) {
			together[label] = entity
			accepted++
		}
		if len(together) < mostTogether && i < count-1 {
			continue
		}
		for _, f := range s.findings(together) {
			entity := "above"
			if len(f.Path) > 1 {
				entity = encoded(s.t, together[f.Path[1]])
			}
			s.t.Fatalf("%s is accepted, but: %s\n%s\n%v", entity, encoded(s.t, f), s.text(), s.result.Accept)
		}
		together = map[string]any{}
	}
	return accepted
}
