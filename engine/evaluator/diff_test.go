package evaluator

import (
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestDiff holds what the step from one text to another means. Every pair is
// compared backwards, too, where tighter must be looser, added removed.
func TestDiff(t *testing.T) {
	for _, c := range []struct {
		base, head string
		want       []string
	}{
		// numbers
		{`x: >=2`, `x: >=3`, []string{"tighter x 2"}},
		{`x: >=2`, `x: >=2`, nil},
		{`x: >=2`, `x: <=5`, []string{"changed x 6"}},
		{`x: int`, `x: >=3`, []string{"changed x 2"}},
		{`x: int`, `x: int & >=3`, []string{"tighter x 2"}},
		{`x: >=2 & <=5`, `x: <=4 & >=2`, []string{"tighter x 5"}},
		{`x: int & >1`, `x: int & >=2`, nil},
		{`x: int & >=2 & <=5`, `x: 2 | 3 | 4 | 5`, nil},
		{`x: 1 | 2 | 3`, `x: 2 | 1`, []string{"tighter x 3"}},
		{`x: !=3`, `x: >3`, []string{"tighter x 2"}},
		{`x: !=3`, `x: 5`, []string{"tighter x 4"}},
		{`x: number`, `x: int`, []string{"tighter x 1.5"}},
		{`x: int | string`, `x: int`, []string{`tighter x "text"`}},
		{`x: null | int`, `x: int`, []string{"tighter x null"}},
		{`x: uint8`, `x: int & >=0 & <=255`, nil},
		{`x: uint8`, `x: uint16`, []string{"looser x 65535"}},
		{`x: >=64 & <=4096`, `x: >=64 & <=2048`, []string{"tighter x 4096"}},
		{`x: 3`, `x: 5`, []string{"changed x 3"}},
		{`x: 3`, `x: >=3`, []string{"looser x 4"}},
		{`x: 1Ki`, `x: 1024`, nil},
		{`x: 1.0`, `x: 1`, nil},
		{`x: int | string`, `x: _`, []string{"looser x 1.5"}},
		// strings
		{`x: "a" | "b"`, `x: string`, []string{`looser x "text"`}},
		{`x: "a" | "b"`, `x: "a" | "c"`, []string{`changed x "b"`}},
		{`x: "a" | "b"`, `x: "b" | "a"`, nil},
		{`x: =~"^a"`, `x: =~"^a"`, nil},
		{`x: =~"^a"`, `x: =~"^ab"`, []string{`unordered x "a"`}},
		{`x: =~"^a"`, `x: "abc"`, []string{`tighter x "a"`}},
		{`x: string`, `x: =~"^a"`, []string{`tighter x "text"`}},
		{`x: =~"^a"`, `x: =~"^a" & =~"b$"`, []string{`tighter x "a"`}},
		{`x: =~"^[a-z]+$"`, `x: =~"^[a-z0-9]{2,}$"`, []string{`changed x "a"`}},
		{`x: !~"x"`, `x: !~"x"`, nil},
		{`x: =~"^registry/"`, `x: =~"^registry/" & !~":latest$"`, []string{`tighter x "registry/:latest"`}},
		{`x: strings.MinRunes(2)`, `x: strings.MinRunes(3)`, []string{`unordered x "aa"`}},
		{`x: strings.MinRunes(2)`, `x: strings.MinRunes(2)`, nil},
		{`x: string`, `x: strings.MinRunes(2)`, []string{`tighter x "a"`}},
		{`x: strings.MinRunes(2)`, `x: "abc"`, []string{`tighter x "text"`}},
		// defaults
		{`x: *1 | int`, `x: *2 | int`, []string{"default x"}},
		{`x: *1 | int`, `x: int`, []string{"default x"}},
		{`x: *1 | int`, `x: 1`, []string{"tighter x 2"}},
		{`x: *3 | int`, `x: *3 | (int & >=2)`, []string{"tighter x 1"}},
		{`x: *1 | int`, `x: *2 | >=1`, []string{"changed x 0", "default x"}},
		// structs
		{`x: {a: int}`, `x: {a: int, b: int}`, []string{"added x.b"}},
		{`x: {a: int}`, `x: {a: int, b?: int}`, []string{"added x.b"}},
		{`x: {a?: int}`, `x: {a: int}`, []string{"tighter x.a"}},
		{`x: {a?: int}`, `x: {a!: int}`, []string{"tighter x.a"}},
		{`x: {a!: int}`, `x: {a: int}`, nil},
		{`x: {a?: int}`, `x: {a: >=2}`, []string{"changed x.a 1"}},
		{`x: {a?: int & >=1}`, `x: {a: int & >=2}`, []string{"tighter x.a 1"}},
		{`x: close({a: int})`, `x: {a: int}`, []string{`looser x {"a":1,"other":1}`}},
		{`x: close({a: int})`, `x: close({a: int, b?: int})`, []string{"added x.b"}},
		{`x: close({a: int})`, `x: close({a: int, ...})`, []string{`looser x {"a":1,"other":1}`}},
		{`x: {[string]: int}`, `x: {[string]: int & >=2}`, []string{"tighter x.[] 1"}},
		{`x: {[string]: int}`, `x: {[_]: int}`, nil},
		{`x: {[N=string]: int}`, `x: {[string]: int}`, nil},
		{`x: {[string]: a: 1, [string]: b: 2}`, `x: {[string]: {b: 2, a: 1}}`, nil},
		{`x: {[=~"^a"]: int}`, `x: {[string]: int}`, []string{`added x.[]`, `removed x[=~"^a"]`}},
		{`x: {}`, `x: {[string]: int}`, []string{"added x.[]"}},
		{`s: [string]: {r: >=2}`, `s: [string]: {r: >=3}`, []string{"tighter s.[].r 2"}},
		{`s: {[string]: {r: >=2}, a: {}, b: r: 5}`, `s: {[string]: {r: >=3}, a: {}, b: r: 5}`, []string{"tighter s.[].r 2"}},
		{`s: {[string]: {r: >=2}, b: r: >=1}`, `s: {[string]: {r: >=3}, b: r: >=4}`, []string{"tighter s.[].r 2", "tighter s.b.r 2"}},
		{`s: [string]: {r: >=2}`, `s: {[string]: {r: >=2}, web: {}}`, []string{"added s.web"}},
		{`s: [string]: {r: >=2, p?: int}`, `s: [string]: {r: >=3, p!: int}`, []string{"tighter s.[].p", "tighter s.[].r 2"}},
		{"#D: {a: int}\nx: #D", "#D: {a: int, b?: string}\nx: #D", []string{"added x.b"}},
		{"#D: {a: int}\nx: #D", "x: {a: int}", []string{`looser x {"a":1,"other":1}`}},
		{"#D: {a: int}\nx: #D", "x: close({a: int})", nil},
		{"#D: {a: int}\nx: #D", "#E: {a: int}\nx: #E", nil},
		{"x: 1", "#D: {a: int}\nx: 1", nil},
		{"_h: 1\nx: 1", "_h: 2\nx: 1", nil},
		{"_h: 1\nx: >=_h", "_h: 2\nx: >=_h", []string{"tighter x 1"}},
		{"_h: 1\nx: >=_h", "x: >=1", nil},
		{"let h = 1\nx: >=h", "x: >=1", nil},
		{`x: {a: 1, b: 2}`, `x: {b: 2, a: 1}`, nil},
		{`x: {a: 1}`, `y: {a: 1}`, []string{"added y", "removed x"}},
		{`x: int`, `x: {a: int}`, []string{`changed x 1`}},
		// lists
		{`x: [...int]`, `x: [...>=2]`, []string{"changed x.[] 1"}},
		{`x: [...int]`, `x: [...int & >=2]`, []string{"tighter x.[] 1"}},
		{`x: [...int]`, `x: [...int] & list.MaxItems(3)`, []string{`tighter x [1,1,1,1]`}},
		{`x: list.MaxItems(3) & [...int]`, `x: [...int] & list.MaxItems(3)`, nil},
		{`x: ["a", "b"]`, `x: ["a", "c"]`, []string{`changed x[1] "b"`}},
		{`x: ["a", "b"]`, `x: ["b"]`, []string{`changed x`}},
		{`x: [int, int]`, `x: [int, ...int]`, []string{`looser x`, `removed x[1]`}},
		// alternatives of structs
		{`x: {k: "a", p: int} | {k: "b", q: int}`, `x: {k: "b", q: int} | {k: "a", p: int}`, nil},
		{`x: {k: "a", p: int} | {k: "b", q: int}`, `x: {k: "a", p: int}`, []string{`tighter x {"k":"b","q":1}`}},
		{`x: {k: "a", p: int} | {k: "b", q: int}`, `x: {k: "a", p: int & >1} | {k: "b", q: int}`, []string{`tighter x {"k":"a","p":1}`}},
		{`x: >1 | {a: int}`, `x: (>1 | {a: int}) & {}`, []string{"tighter x"}},
		{`x: close({})`, `x: close({}) | close({[string]: int})`, []string{`looser x {"other":1}`}},
		// what data decides
		{"x: int\ny: <=x", "x: int\ny: <=x", nil},
		{"x: int\ny: <=x", "x: int\ny: <x", []string{"unordered y"}},
		{"x: int\ny: int", "x: int\ny: int & <=x", []string{"tighter y"}},
		{"x: int\ny: \"\\(x).a\"", "x: int\ny: \"\\(x).b\"", []string{"unordered y"}},
		{"#observed: _\nx: {if #observed.y > 3 {c: 1}}", "#observed: _\nx: {if #observed.y > 4 {c: 1}}", []string{"unordered x"}},
		{"#observed: _\nx: {if #observed.y > 3 {c: 1}}", "#observed: _\nx: {if #observed.y > 3 {c: 1}}", nil},
		{"x: {if true {c: 1}}", "x: {c: 1}", nil},
		{`x: >=2 | error("m")`, `x: >=2 | error("n")`, nil},
		{`x: >=2 | error("m")`, `x: >=3 | error("m")`, []string{"tighter x 2"}},
		{`x: matchN(1, [int, string])`, `x: matchN(1, [int, string])`, nil},
		{`x: matchN(>=1, [int, string])`, `x: int`, []string{`unordered x "text"`}},
		{`x: 1 @rule(id="A")`, "// why\nx: 1 @rule(id=\"B\", severity=warning)", nil},
		{"#observed: _\nx: {if #observed.y > 3 {c: 1 @rule(id=\"A\")}}", "#observed: _\nx: {\n\t// why\n\tif #observed.y > 3 {\n\t\tc: 1\n\t}\n}", nil},
		{"#observed: _\n_max: 3\nx: {if #observed.y > _max {c: 1}}", "#observed: _\nx: {if #observed.y > 3 {c: 1}}", nil},
		{"#observed: _\n_max: 3\nx: {if #observed.y > _max {c: 1}}", "#observed: _\n_max: 4\nx: {if #observed.y > _max {c: 1}}", []string{"unordered x"}},
		{"#observed: _\nx: [string]: {if #observed.y > 3 {c: 1}}\nx: a: {}", "#observed: _\nx: [string]: {}\nx: a: {}", []string{"unordered x.[]"}},
		{"#observed: _\nif #observed.y > 3 {c: 1}", "#observed: _\nif #observed.y > 3 {c: 2}", []string{"unordered "}},
		{"s: [string]: {p: int}\nt: {for k, v in s {(k): v.p}}", "s: [string]: {p: int}\nt: {for name, x in s {(name): x.p}}", nil},
		{"s: [string]: {p: int}\nt: {for k, v in s {(k): v.p}}", "s: [string]: {p: int}\nt: {for k, v in s {(k): v.q}}", []string{"unordered t"}},
		{"a: int\n_sum: a + 1\n_sum: <10", "a: int\n_total: a + 1\n_total: <10", nil},
		{"a: int\n_sum: a + 1\n_sum: <10", "a: int\n_sum: a + 1\n_sum: <9", []string{"unordered _sum"}},
		{"a: int\n_sum: a + 1\n_sum: <10", "a: int", []string{"removed _sum"}},
		{"a: [N=string]: {h: \"\\(N).x\"}", "a: [Name=string]: h: \"\\(Name).x\"", nil},
		{"a: [N=string]: {h: \"\\(N).x\"}", "a: [N=string]: {h: \"\\(N).y\"}", []string{"unordered a.[].h"}},
		{"#S: {own: int, m: <=own}\na: #S", "#T: {m: <=own, own: int}\na: #T", nil},
		{"#Node: {v: int, left?: #Node, right?: #Node, up?: #Node, down?: #Node}\na: #Node", "#Node: {v: string, left?: #Node, right?: #Node, up?: #Node, down?: #Node}\na: #Node", []string{"changed a.v 1"}},
		{"#S: {k: int} | {l: string}\na: [string]: #S", "#U: {l: string} | {k: int}\na: [string]: #U", nil},
		{"#S: {k: int}\n#T: {l: int}\na: [string]: x: #S | #T", "#S: {k: int & >1}\n#U: {l: int}\na: [string]: x: #U | #S", []string{"unordered a.[].x {\"k\":1}"}},
		{"#S: {k: int}\na: matchN(1, [#S])", "#S: {k: string}\na: matchN(1, [#S])", []string{"changed a {\"k\":1}"}},
		// conflicts
		{`x: 1, y: 1`, "x: 1\nx: 2\ny: 2", []string{"changed x", "changed y 1"}},
		{"x: 1\nx: 2", "x: 1\nx: 2", nil},
	} {
		got := diffLines(c.base, c.head)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s  →  %s:\n got %q\nwant %q", c.base, c.head, got, c.want)
		}
		if back, want := kindsOf(diffLines(c.head, c.base)), reversed(kindsOf(c.want)); !slices.Equal(back, want) {
			t.Errorf("%s  ←  %s:\n got %q\nwant %q", c.base, c.head, back, want)
		}
	}
}

func kindsOf(lines []string) []string {
	out := []string{}
	for _, line := range lines {
		words := strings.SplitN(line, " ", 3)
		out = append(out, words[0]+" "+words[1])
	}
	slices.Sort(out)
	return out
}

func reversed(lines []string) []string {
	turn := strings.NewReplacer("tighter ", "looser ", "looser ", "tighter ", "added ", "removed ", "removed ", "added ")
	out := []string{}
	for _, line := range lines {
		out = append(out, turn.Replace(line))
	}
	slices.Sort(out)
	return out
}

func diffLines(base, head string) []string {
	var out []string
	for _, c := range Diff(diffRequest(base, head)).Changes {
		line := c.Change + " " + c.At
		if c.Example != nil {
			line += " " + c.Example.Value
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func diffRequest(base, head string) *protocol.Request {
	return &protocol.Request{Op: "diff", Base: onePackage(base), Fragments: onePackage(head)}
}

func onePackage(text string) *protocol.Fragments {
	imports := ""
	for _, name := range []string{"list", "strings"} {
		if strings.Contains(text, name+".") {
			imports += "import \"" + name + "\"\n"
		}
	}
	return &protocol.Fragments{
		Files: []protocol.SourceFile{{Name: "a/a.cue", Text: "package a\n" + imports + text + "\n", Team: "a"}},
		Parts: []protocol.Part{{Kind: "package", Team: "a", Dir: "a"}},
	}
}
