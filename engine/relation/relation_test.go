package relation

import (
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"
)

func constraintOf(t *testing.T, ctx *cue.Context, text string) *Constraint {
	t.Helper()
	x, err := parser.ParseExpr("", text)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(ctx, x)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return c
}

func TestCompare(t *testing.T) {
	ctx := cuecontext.New()
	for _, c := range []struct {
		base, head   string
		order        Order
		lost, gained string
	}{
		{"int", "int", Same, "", ""},
		{"(int)", "int | 3", Same, "", ""},
		{"int & >1", "int & >=2", Same, "", ""},
		{"int & >=1 & <=2", "1 | 2", Same, "", ""},
		{">=1", ">=1 & !=1.25", Tighter, "1.25", ""},
		{"<0.1", "<0.2", Looser, "", "0.1"},
		{"int8", "int16", Looser, "", "-32768"},
		{"bool", "true", Tighter, "false", ""},
		{"[...]", "[...] | {...}", Looser, "", "{}"},
		{`"a" | "b"`, `"b" | "c"`, Changed, `"a"`, `"c"`},
		{`=~"^[a-c]{2,4}$"`, `=~"^[a-c]{2,5}$"`, Unordered, "", `"aaaaa"`},
		{`!~"x"`, `!~"x" & !~"y"`, Tighter, `"y"`, ""},
		{"{a: int}", "{a: int, b?: int}", Tighter, `{"a":1,"b":"text"}`, ""},
		{"{a: >=1}", "{a: >=2}", Tighter, `{"a":1}`, ""},
		{"{k: 1} | {k: 2}", "{k: 2} | {k: 1}", Same, "", ""},
		{"[int, int]", "[int, ...int]", Unordered, "", "[1,1,1]"},
	} {
		got := Compare(constraintOf(t, ctx, c.base), constraintOf(t, ctx, c.head))
		if got.Order != c.order || got.Lost != c.lost || got.Gained != c.gained {
			t.Errorf("%s → %s: %+v, want %+v", c.base, c.head, got, Result{c.order, c.lost, c.gained})
		}
	}
}

func TestAllows(t *testing.T) {
	ctx := cuecontext.New()
	for _, c := range []struct {
		constraint, x string
		want          bool
	}{
		{"{a: int}", "{a: 1}", true},
		{"{a: int}", "{}", false},
		{"{a: 1}", "{}", false}, // what is fixed must be there, too
		{"{a: *1 | int}", "{}", true},
		{"{a?: int}", "{}", true},
		{"{a!: int}", "{}", false},
		{"{a: {b?: int}}", "{}", true},
		{"{a: {b: int}}", "{}", false},
		{"close({a: int})", "{a: 1, b: 1}", false},
		{"[{a: int}]", "[{}]", false},
		{"{k: 1, p: int} | {k: 2}", "{p: 1}", false},
	} {
		if got := Allows(ctx.CompileString(c.constraint), ctx.CompileString(c.x)); got != c.want {
			t.Errorf("%s allows %s: %v", c.constraint, c.x, got)
		}
	}
}

func TestNormal(t *testing.T) {
	for _, c := range [][2]string{
		{"int & >1", ">1 & int"},
		{"(a | b) & c", "c & (b | a)"},
		{"*1 | int", "int | 1"},
		{`>=2 | error("why")`, ">=2"},
		{"{int}", "int"},
	} {
		a, err := parser.ParseExpr("", c[0])
		if err != nil {
			t.Fatal(err)
		}
		b, err := parser.ParseExpr("", c[1])
		if err != nil {
			t.Fatal(err)
		}
		if Normal(a) != Normal(b) {
			t.Errorf("%s reads %s, %s reads %s", c[0], Normal(a), c[1], Normal(b))
		}
	}
}

func TestLabels(t *testing.T) {
	ctx := cuecontext.New()
	patterns := []cue.Value{ctx.CompileString(`=~"^pay-"`), ctx.CompileString(`=~"-batch$"`)}
	for _, label := range Labels(patterns) {
		if patterns[0].Unify(ctx.Encode(label)).Err() == nil && patterns[1].Unify(ctx.Encode(label)).Err() == nil {
			return
		}
	}
	t.Error("no label matches both patterns")
}
