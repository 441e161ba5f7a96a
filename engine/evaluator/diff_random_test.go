package evaluator

import (
	"math/rand"
	"os"
	"strconv"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// smallValues are the data that random constraints are tried with.
var smallValues = []string{
	"0", "1", "2", "3", "4", "1.5", `"a"`, `"b"`, `"ab"`, `""`, "true", "null", "[]", "[1]", "[1,2]", `["a"]`,
	"{}", `{"p":1}`, `{"p":2}`, `{"q":1}`, `{"p":1,"q":1}`, `{"p":2,"q":"a"}`, `{"p":3,"r":1}`, `{"p":"a"}`, `{"p":{"q":1}}`,
}

// constraintText is a random constraint on small values.
func constraintText(random *rand.Rand, depth int) string {
	pick := func(list ...string) string { return list[random.Intn(len(list))] }
	inner := func() string { return constraintText(random, depth+1) }
	scalar := func() string {
		return pick("0", "1", "2", "3", `"a"`, `"b"`, `"ab"`, "true", "null", "int", "string", "number", "bool", "_", ">=1", ">=2", ">1", "<3", "<=3", "!=1", "!=2",
			`=~"^a"`, `=~"b$"`, `!~"a"`, `=~"^[ab]+$"`, `!="a"`, "uint8", "strings.MinRunes(1)", "strings.MaxRunes(1)")
	}
	if depth > 2 {
		return scalar()
	}
	switch random.Intn(14) {
	case 0:
		return "(" + inner() + " | " + inner() + ")"
	case 1:
		return "(" + scalar() + " & " + scalar() + ")"
	case 2:
		return "(*" + pick("1", "2", `"a"`) + " | " + inner() + ")"
	case 3, 4, 5:
		return pick("", "close(") + "" + structText(random, inner)
	case 6:
		return "[..." + inner() + "]"
	case 7:
		return "[" + inner() + pick("", ", ...", ", "+inner()) + "]"
	case 8:
		return "([...] & list.MaxItems(" + pick("1", "2") + "))"
	}
	return scalar()
}

func structText(random *rand.Rand, inner func() string) string {
	var fields []string
	for _, label := range []string{"p", "q", "[string]", `[=~"^p"]`} {
		if random.Intn(5) > 1 {
			continue
		}
		mark := ""
		if label[0] != '[' {
			mark = []string{"", "?", "!"}[random.Intn(3)]
		}
		fields = append(fields, label+mark+": "+inner())
	}
	if random.Intn(8) == 0 {
		fields = append(fields, "...")
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// randomPair is two constraints, more often alike than not.
func randomPair(random *rand.Rand) (base, head string) {
	closed := func(text string) string {
		for strings.Count(text, "(") > strings.Count(text, ")") {
			text += ")"
		}
		return text
	}
	base = closed(constraintText(random, 0))
	switch random.Intn(5) {
	case 0:
		return base, closed(constraintText(random, 0))
	case 1:
		return base, "(" + base + " & " + closed(constraintText(random, 1)) + ")"
	case 2:
		return base, "(" + base + " | " + closed(constraintText(random, 1)) + ")"
	case 3:
		return base, strings.Replace(base, "1", "2", 1)
	}
	return base, strings.Replace(base, "?", "!", 1)
}

// randomEntities is a pattern with two entities by name, before and after an edit of one of the three.
func randomEntities(random *rand.Rand) (base, head string) {
	lines := make([]string, 3)
	for i, label := range []string{"[string]", "a", "b"} {
		lines[i] = "x: " + label + ": " + constraintText(random, 1)
		if i > 0 {
			lines[i] = "x: " + label + ": " + structText(random, func() string { return constraintText(random, 3) })
		}
		for strings.Count(lines[i], "(") > strings.Count(lines[i], ")") {
			lines[i] += ")"
		}
	}
	base = strings.Join(lines, "\n")
	edited := random.Intn(3)
	switch random.Intn(3) {
	case 0:
		lines[edited] = ""
	case 1:
		lines[edited] = strings.Replace(lines[edited], "1", "2", 1)
	case 2:
		lines[edited] += " & {p: " + constraintText(random, 3) + "}"
	}
	return base, strings.Join(lines, "\n")
}

// smallStates are states with small values at x, or in two or three members of it.
func smallStates(random *rand.Rand, entities bool) []string {
	var out []string
	for _, value := range smallValues {
		if !entities {
			out = append(out, `{"x":`+value+`}`)
			continue
		}
		pick := func() string { return smallValues[16+random.Intn(len(smallValues)-16)] }
		out = append(out, `{"x":{"a":`+pick()+`,"b":`+pick()+`,"c":`+value+`}}`, `{"x":{"a":`+pick()+`,"b":`+pick()+`}}`)
	}
	return out
}

// allowedByCheck says which states have no finding.
func allowedByCheck(fragments *protocol.Fragments, states []string) (allowed []bool, usable bool) {
	for _, state := range states {
		answer := Check(&protocol.Request{Op: "check", Fragments: fragments, Observed: &protocol.Observed{
			State: state, Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
		}})
		for _, f := range answer.Findings {
			if f.Kind == "conflict" || f.Kind == "unreadable" {
				return nil, false
			}
		}
		allowed = append(allowed, len(answer.Findings) == 0)
	}
	return allowed, true
}

// TestDiffAgainstTrying compares what diff says of random pairs with checking
// small states against both sides.
func TestDiffAgainstTrying(t *testing.T) {
	random := rand.New(rand.NewSource(int64(numberFrom("CONGRUENT_SEED", 1))))
	told, decided := 0, 0
	for n := range numberFrom("CONGRUENT_CASES", 60) {
		entities := n%3 == 2
		baseText, headText := randomPair(random)
		baseText, headText = "x: "+baseText, "x: "+headText
		if entities {
			baseText, headText = randomEntities(random)
		}
		req := diffRequest(baseText, headText)
		states := smallStates(random, entities)
		changes := Diff(req).Changes // no panic, whatever is usable
		before, ok := allowedByCheck(req.Base, states)
		after, okToo := allowedByCheck(req.Fragments, states)
		if !ok || !okToo {
			continue
		}
		lost, gained := "", ""
		for i, state := range states {
			if before[i] && !after[i] {
				lost = state
			}
			if !before[i] && after[i] {
				gained = state
			}
		}
		fail := func(why string) {
			t.Errorf("case %d: %s\n%s\n→\n%s\n  lost %s gained %s\n  %+v", n, why, baseText, headText, lost, gained, changes)
		}
		less, more := true, true
		for _, c := range changes {
			told++
			less = less && c.Change == "tighter"
			more = more && c.Change == "looser"
			if c.Change != "unordered" {
				decided++
			}
			for _, example := range []*protocol.ChangeExample{c.Example, c.Opposite} {
				if c.At != "x" || example == nil {
					continue
				}
				state := []string{`{"x":` + example.Value + `}`}
				a, _ := allowedByCheck(req.Base, state)
				b, _ := allowedByCheck(req.Fragments, state)
				if (example.Before == "allowed") != a[0] || (example.After == "allowed") != b[0] {
					fail("the example is not one")
				}
			}
		}
		switch {
		case len(changes) == 0 && (lost != "" || gained != ""):
			fail("no change is told")
		case len(changes) > 0 && less && gained != "":
			fail("all is tighter, but something is allowed now")
		case len(changes) > 0 && more && lost != "":
			fail("all is looser, but something is refused now")
		}
	}
	t.Logf("%d changes, %d decided", told, decided)
}

func numberFrom(name string, fallback int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return fallback
}
