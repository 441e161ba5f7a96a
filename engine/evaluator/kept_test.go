package evaluator

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestKeptAnswers asks about vectors and random workspaces in random order, some
// at a time and each twice, and compares with answers of those that were asked
// nothing before. CONGRUENT_SEED asks for others, CONGRUENT_CASES for more.
func TestKeptAnswers(t *testing.T) {
	cases, seed := uint64(6), uint64(0)
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_CASES"), 10, 64); err == nil {
		cases = n
	}
	if n, err := strconv.ParseUint(os.Getenv("CONGRUENT_SEED"), 10, 64); err == nil {
		seed = n
	}
	var groups [][]*protocol.Request
	names, err := filepath.Glob("../testdata/vectors/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	random := rand.New(rand.NewPCG(seed, 11))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names[:min(len(names), 6*int(cases))] {
		groups = append(groups, questionsAbout(t, readVector(t, name).request, nil, random))
	}
	for n := seed; n < seed+cases; n++ {
		g := &partsGenerator{Rand: rand.New(rand.NewPCG(n, 7))}
		req := g.request()
		groups = append(groups, questionsAbout(t, req, g.observed, random))
	}
	k, served, asked := new(Kept), 0, 0
	random.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	for some := range slices.Chunk(groups, 5) {
		fresh := map[*protocol.Request]string{}
		questions := slices.Concat(some...)
		for _, req := range questions {
			fresh[req] = answerText(t, req)
		}
		questions = append(questions, questions...)
		random.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
		for _, req := range questions {
			asked++
			if len(req.Without) == 0 && slices.ContainsFunc(k.entries, func(e *kept) bool { return e.serves(req.Fragments, newRestriction(req.Restriction)) }) {
				served++
			}
			if want, got := fresh[req], answerOf(t, k, req); want != got {
				t.Fatalf("seed %d: what was asked before changes the answer to %s of\n%v\n%s", seed, req.Op, req.Fragments, difference(want, got))
			}
		}
	}
	if served*2 < asked {
		t.Errorf("only %d of %d requests are about what is kept", served, asked)
	}
}

// questionsAbout are a request and others about the same fragments.
func questionsAbout(t *testing.T, req *protocol.Request, another func() *protocol.Observed, random *rand.Rand) []*protocol.Request {
	out := []*protocol.Request{
		req,
		{Op: "unify", Fragments: req.Fragments, Want: []string{"cue", "json", "incomplete"}},
		{Op: "rules", Fragments: req.Fragments},
		{Op: "mutants", Fragments: req.Fragments},
	}
	if req.Observed == nil {
		return out
	}
	states := []*protocol.Observed{req.Observed, {State: "{}"}}
	if another != nil {
		states = append(states, another(), another())
	}
	for _, observed := range states {
		again := &protocol.Request{Op: "check", Fragments: req.Fragments, Observed: observed, Drift: random.IntN(2) == 0}
		out = append(out, again, &protocol.Request{Op: "exercised", Fragments: req.Fragments, Observed: observed})
		if d := divide(t, again); d != nil {
			entities := d.entities()
			for _, path := range entities[:min(1, len(entities))] {
				out = append(out, &protocol.Request{Op: "explain", Fragments: req.Fragments, Observed: observed, Path: path})
			}
			for range 2 {
				part := *again
				part.Restriction = &protocol.Restriction{Patterns: d.patterns, Keep: slices.Clone(d.undivided)}
				for _, path := range entities {
					if random.IntN(2) == 0 {
						part.Restriction.Keep = append(part.Restriction.Keep, path)
					}
				}
				out = append(out, &part)
			}
		}
	}
	return out
}

func TestKeptIsBounded(t *testing.T) {
	k := new(Kept)
	req := benchRequest(1, 1, true)
	check := func(edition int) {
		fragments := *req.Fragments
		fragments.Tags = map[string]string{}
		fragments.Files = slices.Clone(fragments.Files)
		fragments.Files[0].Text += fmt.Sprintf("\n// edition %d\n", edition)
		again := *req
		again.Fragments = &fragments
		if len(k.Check(&again).Findings) == 0 {
			t.Fatal("nothing is found")
		}
	}
	for edition := range 3 * mostKept {
		check(edition)
	}
	if len(k.entries) != mostKept {
		t.Errorf("%d are kept, not %d", len(k.entries), mostKept)
	}
	first := k.entries[0].desired
	used := 0
	for ; used < 10_000 && k.entries[0].desired == first; used++ {
		check(3*mostKept - 1)
	}
	if used < 5 || used == 10_000 {
		t.Errorf("one is dropped after %d requests", used)
	}
	bytes := uint64(0)
	for _, e := range k.entries {
		bytes += e.loaded + e.grown
	}
	if bytes > mostBytes {
		t.Errorf("%d bytes are kept", bytes)
	}
	kept := k.entries[0].fragments
	k.Check(benchRequest(1000, 5, false))
	if k.entries[0].fragments != kept {
		t.Error("what is too large is kept")
	}
}
