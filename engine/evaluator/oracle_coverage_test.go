package evaluator

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestOrderOfInput shuffles everything whose order has no meaning: members of
// the observed state, files, parts, coverage. The answer stays the same to the byte.
func TestOrderOfInput(t *testing.T) {
	for seed := uint64(1); seed <= 150; seed++ {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 9))}
		root := g.root()
		doc := g.value(root, 20)
		if kindOfDocument(doc) != "map" {
			continue
		}
		coverage := g.coverage(root)
		var first string
		for range 3 {
			f := fragmentsOf(root)
			g.Shuffle(len(f.Files), func(i, j int) { f.Files[i], f.Files[j] = f.Files[j], f.Files[i] })
			g.Shuffle(len(f.Parts), func(i, j int) { f.Parts[i], f.Parts[j] = f.Parts[j], f.Parts[i] })
			g.Shuffle(len(coverage), func(i, j int) { coverage[i], coverage[j] = coverage[j], coverage[i] })
			answer, err := json.Marshal(Check(&protocol.Request{Op: "check", Fragments: f, Drift: true, Observed: &protocol.Observed{State: g.text(doc), Coverage: coverage}}))
			if err != nil {
				t.Fatal(err)
			}
			if first == "" {
				first = string(answer)
			} else if first != string(answer) {
				t.Fatalf("seed %d:\n%s\n%s", seed, first, answer)
			}
		}
	}
}

// coverage is some entries about members of the root.
func (g *generator) coverage(root *spec) []protocol.Coverage {
	out := []protocol.Coverage{}
	for _, label := range sortedKeys(root.members) {
		switch g.IntN(4) {
		case 0:
		case 1:
			out = append(out, protocol.Coverage{Path: protocol.Pattern{&label}, Status: "stale"})
		case 2:
			out = append(out, protocol.Coverage{Path: protocol.Pattern{&label}, Status: "refused", Reason: "forbidden"})
		default:
			out = append(out, protocol.Coverage{Path: protocol.Pattern{&label}, Status: "covered"})
		}
	}
	return out
}

// TestOracleCoverage compares what is missing with what is unobserved, stale or
// refused: the same places as under whole coverage, by who looked where.
func TestOracleCoverage(t *testing.T) {
	alone := map[string]bool{}
	counts := map[string]int{}
	for seed := uint64(1); seed <= 400; seed++ {
		g := &generator{Rand: rand.New(rand.NewPCG(seed, 11))}
		root := g.root()
		o := &oracle{alone: alone, found: map[string]bool{}}
		coverage := g.coverage(root)
		status := map[string]string{}
		for _, c := range coverage {
			status[*c.Path[0]] = c.Status
		}
		want := map[string]bool{}
		for label, m := range root.members {
			at := location{field(label)}.at()
			kind := status[label]
			switch {
			case kind == "covered" && o.asked(m):
				want["missing "+at] = true
			case kind == "" && o.asked(m):
				want["unobserved "+at] = true
			case kind == "stale" || kind == "refused":
				if speaks(m) || o.asked(m) {
					want[kind+" "+at] = true
				}
			}
		}
		answer := Check(&protocol.Request{Op: "check", Fragments: fragmentsOf(root), Observed: &protocol.Observed{State: "{}", Coverage: coverage}})
		got := map[string]bool{}
		for _, f := range answer.Findings {
			if f.Kind == "unobserved" && !want["unobserved "+f.At] && hasPattern(root, f.Path) {
				continue // the parent of a pattern that nobody could see
			}
			got[f.Kind+" "+f.At] = true
			counts[f.Kind]++
		}
		if !slices.Equal(sortedKeys(got), sortedKeys(want)) {
			t.Fatalf("seed %d\n too much %q\n too little %q\n%v", seed, minus(sortedKeys(got), sortedKeys(want)), minus(sortedKeys(want), sortedKeys(got)), fragmentsOf(root).Files)
		}
	}
	for _, kind := range []string{"missing", "unobserved", "stale", "refused"} {
		if counts[kind] < 30 {
			t.Errorf("only %d findings of kind %s", counts[kind], kind)
		}
	}
}

// speaks says that anything but `_` or an empty struct is said about a place.
func speaks(s *spec) bool {
	for _, a := range s.atoms {
		if a.text != "_" {
			return true
		}
	}
	if s.kind == "list" || s.closed != "" {
		return true
	}
	return len(s.patterns) > 0 || len(s.members) > 0
}

func hasPattern(s *spec, path protocol.Path) bool {
	for _, label := range path {
		if s = s.members[label]; s == nil {
			return false
		}
	}
	return len(s.patterns) > 0
}
