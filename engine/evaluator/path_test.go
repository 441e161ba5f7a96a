package evaluator

import (
	"slices"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestLocations: what CUE writes in the path of an error, as labels, and as CUE writes paths.
func TestLocations(t *testing.T) {
	for _, c := range []struct {
		selectors []string
		labels    protocol.Path
		at        string
	}{
		{nil, protocol.Path{}, ""},
		{[]string{"services", "web", "ports", "0", `"a b"`}, protocol.Path{"services", "web", "ports", "0", "a b"}, `services.web.ports[0]."a b"`},
		{[]string{`"0"`, `"a.b"`, `"#x"`, `"_y"`, `""`}, protocol.Path{"0", "a.b", "#x", "_y", ""}, `"0"."a.b"."#x"."_y".""`},
		{[]string{"#Def", "_hidden", "_#both", "3"}, protocol.Path{"#Def", "_hidden", "_#both", "3"}, `#Def._hidden._#both[3]`},
		{[]string{"10", "2"}, protocol.Path{"10", "2"}, `[10][2]`},
		{[]string{`"é\u00e9\""`}, protocol.Path{"éé\""}, `"éé\""`},
	} {
		at := locationOf(c.selectors)
		if got := at.labels(); !slices.Equal(got, c.labels) {
			t.Errorf("%q: labels %q, want %q", c.selectors, got, c.labels)
		}
		if got := at.at(); got != c.at {
			t.Errorf("%q: at %q, want %q", c.selectors, got, c.at)
		}
	}
}

// TestOrderOfLocations: list positions are ordered by number, parents come first.
func TestOrderOfLocations(t *testing.T) {
	sorted := [][]string{{}, {"a"}, {"a", "2"}, {"a", "10"}, {"a", "10", "b"}, {"b"}}
	for i, a := range sorted {
		for j, b := range sorted {
			c := compareLocations(locationOf(a), locationOf(b))
			if (c < 0) != (i < j) || (c == 0) != (i == j) {
				t.Errorf("compare %q %q = %d", a, b, c)
			}
		}
	}
}

// TestLineColumn: columns count UTF-16 units, whatever stands before; lines end with a newline.
func TestLineColumn(t *testing.T) {
	texts := newTexts()
	texts.text["f"] = "ab\n🙂x\n\xffy\n\nz"
	for _, c := range []struct{ offset, line, column int }{
		{0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {7, 2, 3}, {9, 3, 1}, {10, 3, 2}, {12, 4, 1}, {13, 5, 1}, {99, 5, 2}, {-1, 1, 1},
	} {
		if line, column := texts.lineColumn(place{"f", c.offset}); line != c.line || column != c.column {
			t.Errorf("offset %d: %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
}

// TestOrderedOperands: operands on a par stand in one order, whichever CUE met first.
func TestOrderedOperands(t *testing.T) {
	message := func(first, second string) string {
		answer := Unify(&protocol.Request{Fragments: &protocol.Fragments{
			Files: []protocol.SourceFile{{Name: "a/a.cue", Text: "package a\n" + first}, {Name: "b/b.cue", Text: "package b\n" + second}},
			Parts: []protocol.Part{{Kind: "package", Team: "a", Dir: "a"}, {Kind: "package", Team: "b", Dir: "b"}},
		}})
		if len(answer.Findings) != 1 {
			t.Fatalf("%d findings for %q and %q", len(answer.Findings), first, second)
		}
		return answer.Findings[0].Message
	}
	for _, c := range [][2]string{
		{"x: 1", "x: 2"}, {"x: \"and\"", "x: \"a and b\""}, {"x: string", "x: {a: 1}"}, {"x: >5", "x: <3"}, {"x: int & >5", "x: <=5"},
		{"x: [1, 2]", "x: [1]"}, {"x: 7", "x: <3"}, {"x: \"a\" | \"b\"", "x: \"c\""}, {"x: =~\"^a\"", "x: \"b\""}, {"x: null", "x: true"},
	} {
		if one, other := message(c[0], c[1]), message(c[1], c[0]); one != other {
			t.Errorf("%q and %q:\n%s\n%s", c[0], c[1], one, other)
		}
	}
}
