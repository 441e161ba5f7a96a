package evaluator

import (
	"slices"
	"testing"

	"congruent.dev/engine/protocol"
)

func TestLatent(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{`x: int`, nil},
		{"x?: int\nx?: string", []string{"x"}},
		{"x?: int\nx?: >2", nil},
		{"x: y?: >3\nx: y?: <2", []string{"x.y"}},
		{"x?: {y?: z: 1}\nx?: y?: z: 2", []string{"x.y.z"}},
		{"s: [string]: r: >=3\ns: [string]: r: <=2", []string{"s.[].r"}},
		{"s: [string]: r: >=3 & <=2", []string{"s.[].r"}},
		{"s: [string]: r: >=3\ns: [string]: r: <=5", nil},
		{"s: [=~\"^a\"]: r: >=3\ns: [=~\"b$\"]: r: <=2", []string{"s[=~\"^a\" & =~\"b$\"].r"}},
		{"s: [=~\"^a\"]: r: >=3\ns: [=~\"^b\"]: r: <=2", nil},
		{"s: [string]: r: >=3\ns: [=~\"^b-\"]: r: <=2", []string{"s[=~\"^b-\"].r"}},
		{"s: [string]: r: >=3\ns: [\"x\"]: r: <=2", []string{"s[\"x\"].r"}},
		{"s: [string]: [string]: a: 1\ns: [string]: [string]: a: 2", []string{"s.[].[].a"}},
		{"s: [string]: t?: a: 1\ns: [string]: t?: a: 2", []string{"s.[].t.a"}},
		{"s: [string]: {debug?: _|_}", nil},
		{"s: [string]: {debug?: error(\"no\")}", nil},
		{"#D: {a?: int}\n#D: {a?: string}", []string{"#D.a"}},
		{"#D: {a?: int}\n#D: {a?: string}\nx: #D", []string{"x.a"}},
		{"#D: {a?: int, b?: #D}\nx: #D", nil},
		{"#D: {a?: int & >3 & <2, b?: #D}\nx: #D", []string{"x.a"}},
		{"l: [...{a?: 1}]\nl: [...{a?: 2}]", []string{"l.[].a"}},
		{"l: [...int]\nl: [...string]", []string{"l.[]"}},
		{"x: 1\nx: 2", nil}, // not latent
		{"s: [N=string]: h: \"\\(N).x\"", nil},
		{"x!: int\nx!: string", nil}, // must be there: a conflict already
		{"#C: {a: int}\nx?: #C\nx?: b?: 1", nil},
		{"#observed: _\ns: [string]: {if #observed.x > 3 {r: 1}, r: 2}", nil},
	} {
		var got []string
		for _, f := range Latent(&protocol.Request{Op: "latent", Fragments: onePackage(c.text)}).Findings {
			got = append(got, f.At)
			if len(f.Conjuncts) < 1 {
				t.Errorf("%s: nobody is named", c.text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}
