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
	for i, e := range corpus {
		t.Run(e.name, func(t *testing.T) {
			s := newSubject(t, e.texts...)
			for _, text := range e.clean {
				entity := decoded(t, text)
				if found := s.findings("web", entity); len(found) > 0 {
					t.Errorf("%s is not clean: %+v", text, found)
				}
				if s.accepts("web", entity) == e.left {
					t.Errorf("%s: accepted %v, schemas %v, left to the evaluator: %v %v", text, !e.left, s.result.Accept, s.result.Undecidable, s.result.Partly)
				}
			}
			if e.left && len(s.result.Undecidable) == 0 && s.accepts("web", map[string]any{}) {
				t.Errorf("it is decided: %v", s.result.Accept)
			}
			g := &generator{Rand: rand.New(rand.NewPCG(uint64(i), 1)), words: wordsOf(e.texts)}
			for range runs(t, 40) {
				entity := any(map[string]any{})
				if len(e.clean) > 0 {
					entity = decoded(t, e.clean[g.IntN(len(e.clean))])
				}
				s.mustBeSound(g.label(), g.perturbed(entity))
			}
		})
	}
}

// mustBeSound fails if an entity is accepted that the plain check finds something about.
func (s *subject) mustBeSound(label string, entity any) (accepted bool) {
	s.t.Helper()
	if !s.accepts(label, entity) {
		return false
	}
	if found := s.findings(label, entity); len(found) > 0 {
		s.t.Fatalf("%s: %s is accepted, but: %s\n%s\n%v", label, encoded(s.t, entity), encoded(s.t, found), s.text(), s.result.Accept)
	}
	return true
}
