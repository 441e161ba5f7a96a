package evaluator

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"

	"congruent.dev/engine/protocol"
)

// statement is one line of a fragment: a conjunct at a path.
type statement struct{ path, text string }

// TestConflictsAgainstPlainUnification compares, on random statements of three
// teams, the places of conflict with unifying every place alone; and checks that
// the named conjuncts are in conflict, and that dealing the lines out to other
// teams and in another order changes neither places nor words.
func TestConflictsAgainstPlainUnification(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for n := range 200 {
		lines := randomStatements(random)
		want := map[string]bool{}
		byPath := map[string][]string{}
		for _, s := range lines {
			byPath[s.path] = append(byPath[s.path], s.text)
		}
		for path, texts := range byPath {
			if conflicting(texts) {
				want[path] = true
			}
		}
		found := conflictsOfLines(lines, random)
		for path, f := range found {
			if !want[path] {
				t.Fatalf("case %d: conflict at %s that is none: %s\n%v", n, path, f.Message, lines)
			}
			var named []string
			for _, c := range f.Conjuncts {
				named = append(named, c.Text)
			}
			if !conflicting(named) {
				t.Fatalf("case %d: the conjuncts named at %s are not in conflict: %q\n%v", n, path, named, lines)
			}
		}
		for path := range want {
			if _, ok := found[path]; !ok {
				t.Fatalf("case %d: no conflict at %s\n%v", n, path, lines)
			}
		}
		again := conflictsOfLines(lines, random)
		for path, f := range found {
			if again[path].Message != f.Message || !slices.Equal(namedIn(again[path]), namedIn(f)) {
				t.Fatalf("case %d: dealt out otherwise, %s reads\n%s %q\n%s %q", n, path, f.Message, namedIn(f), again[path].Message, namedIn(again[path]))
			}
		}
	}
}

func namedIn(f protocol.EngineFinding) []string {
	var out []string
	for _, c := range f.Conjuncts {
		out = append(out, c.Text)
	}
	slices.Sort(out)
	return out
}

func randomStatements(random *rand.Rand) []statement {
	paths := []string{"a", "b.c", "b.d", "s.web.n", "s.api.n", `q."x y"`}
	texts := []string{"1", "2", "3", ">=2", "<=2", ">3", "int", "number", "string", `"u"`, `"v"`, `=~"^u"`, "1 | 2", `"u" | "v"`, "*2 | int", "!=2", "null", "[1]", "[...int]", "true"}
	var out []statement
	for range 2 + random.Intn(10) {
		out = append(out, statement{paths[random.Intn(len(paths))], texts[random.Intn(len(texts))]})
	}
	slices.SortFunc(out, func(a, b statement) int { return strings.Compare(a.path+a.text, b.path+b.text) })
	return slices.Compact(out)
}

func conflicting(texts []string) bool {
	return cuecontext.New().CompileString("x: ("+strings.Join(texts, ") & (")+")").Validate() != nil
}

// conflictsOfLines deals the statements out to three teams and finds their conflicts, by path.
func conflictsOfLines(lines []statement, random *rand.Rand) map[string]protocol.EngineFinding {
	texts := []string{"package a\n", "package b\n", "package c\n"}
	for _, i := range random.Perm(len(lines)) {
		team := random.Intn(3)
		labels := strings.ReplaceAll(lines[i].path, ".", ": ")
		texts[team] += fmt.Sprintf("%s: %s\n", labels, lines[i].text)
	}
	fragments := &protocol.Fragments{}
	for i, team := range []string{"a", "b", "c"} {
		fragments.Files = append(fragments.Files, protocol.SourceFile{Name: team + "/x.cue", Text: texts[i], Team: team})
		fragments.Parts = append(fragments.Parts, protocol.Part{Kind: "package", Team: team, Dir: team})
	}
	out := map[string]protocol.EngineFinding{}
	for _, f := range Unify(&protocol.Request{Fragments: fragments}).Findings {
		at := f.At
		if i := strings.IndexByte(at, '['); i >= 0 {
			at = at[:i] // an element of a list
		}
		if _, ok := out[at]; !ok {
			out[at] = f
		}
	}
	return out
}
