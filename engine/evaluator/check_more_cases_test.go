package evaluator

import "congruent.dev/engine/protocol"

func contested(path []string, absent bool, values ...string) []protocol.Contested {
	return []protocol.Contested{{Path: path, Values: values, Absent: absent}}
}

func init() { checkCases = append(checkCases, moreCheckCases...) }

var moreCheckCases = []checkCase{
	// every rule that is broken at one leaf
	{name: "every broken rule of a leaf", desired: "x: =~\"^reg/\" @rule(id=A)\nx: !=\"x\" @rule(id=B)\nx: string", observed: `{"x": "x"}`,
		want: []string{"mismatch x", "mismatch x"}},
	{name: "three validators, all broken", desired: "import \"strings\"\nx: strings.MinRunes(3) @rule(id=A)\nx: strings.HasPrefix(\"q\") @rule(id=B)\nx: strings.Contains(\"z\") @rule(id=C)", observed: `{"x": "a"}`,
		want: []string{"mismatch x", "mismatch x", "mismatch x"}},
	{name: "two matchN that CUE takes for one", desired: "x: matchN(1, [[...int]]) @rule(id=A)\nx: matchN(1, [[...string]]) @rule(id=B)", observed: `{"x": ["a"]}`, want: []string{"mismatch x"}},
	{name: "two matchN, swapped", desired: "x: matchN(1, [[...string]]) @rule(id=A)\nx: matchN(1, [[...int]]) @rule(id=B)", observed: `{"x": ["a"]}`, want: []string{"mismatch x"}},
	{name: "error with an id", desired: `x: >=2 | error("[HA-1] two replicas, not one")`, observed: `{"x": 1}`, want: []string{"mismatch x"}},
	{name: "below a failed union other rules hold", desired: "s: {k: \"a\", n: int} | {k: \"b\", m: int}\ns: port: >1024\ns: owner!: string", observed: `{"s": {"k": "b", "m": "s", "port": 80}}`,
		want: []string{"mismatch s", "mismatch s.port", "missing s.owner"}},
	{name: "below a failed validator other rules hold", desired: "import \"struct\"\ns: struct.MaxFields(1) @rule(id=A)\ns: [string]: int\ns: c!: int", observed: `{"s": {"a": "x", "b": 1}}`, want: []string{"mismatch s", "mismatch s.a", "missing s.c"}},
	{name: "below a refused kind other rules hold", desired: "s: int | {b: int}\ns: _ | error(\"never\")", observed: `{"s": "x"}`, want: []string{"mismatch s"}},
	{name: "1 and 1.0 are one number", desired: "a: 1.0\nb: 1\nc: 1.0 | 2.0\nd: >=1.0 & <=2", observed: `{"a": 1, "b": 1.0, "c": 2, "d": 1}`},
	{name: "1 and 1.0 are one number for those who read it", desired: "a: 1.0\nb: a", observed: `{"a": 1, "b": 1}`},
	{name: "exact numbers", desired: "a: <1e400\nb: 0.10000000000000000001\nc: -5", observed: `{"a": 1E400, "b": 0.10000000000000000001, "c": -5}`, want: []string{"mismatch a"}},
	{name: "odd keys", desired: `[string]: {...}
"__proto__": x: int
"_h": x: int
"#D": x: int
"0": x: int
"": x: int`, observed: `{"__proto__": {"x": "s"}, "_h": {"x": "s"}, "#D": {"x": "s"}, "0": {"x": "s"}, "": {"x": "s"}}`,
		want: []string{`mismatch "__proto__".x`, `mismatch "_h".x`, `mismatch "#D".x`, `mismatch "0".x`, `mismatch "".x`}},
	// missing
	{name: "a name declared only to be read", desired: "env: string\nhost: *\"\\(env)-db\" | string", observed: `{"env": "prod"}`},
	{name: "default that reads what is observed", desired: "env: string\nhost: *\"\\(env)-db\" | string", observed: `{"env": "prod", "host": "x"}`, want: []string{"drift host"}},
	{name: "required in a member, optional around", desired: "a?: {b!: int}\nc: {d!: int}", observed: `{}`, want: []string{"missing c"}},
	{name: "empty map asks for nothing", desired: "a: {}\nb: {...}\nc: [string]: int\nd: {e?: int}", observed: `{}`},
	// closedness
	{name: "closed beside a mismatch in a hidden check", desired: "#S: {a: int, _c: a & >5}\ns: #S", observed: `{"s": {"a": 3, "q": 1}}`, want: []string{"mismatch s", "unexpected s.q"}},
	{name: "two definitions refuse", desired: "#A: {x: int}\n#B: {x: int, y: int}\ns: #A & #B", observed: `{"s": {"x": 1, "y": 2, "z": 3}}`, want: []string{"conflict s.y", "unexpected s.z"}},
	// coverage
	{name: "partly covered: down to the members", desired: "a: {b: 1, c: 2}", observed: `{}`, covers: []string{"a.b"}, want: []string{"missing a.b", "unobserved a.c"}},
	{name: "nothing covered", desired: "a: {b: 1, c: 2}\nd?: int\ne: [string]: int", observed: `{}`, covers: []string{"zz"}, want: []string{"unobserved a", "unobserved e"}},
	{name: "refused inside covered", desired: "a: {b: 1, c: 2}", observed: `{}`, covers: []string{"a", "refused:a.c"}, want: []string{"missing a.b", "refused a.c"}},
	{name: "refused where only a pattern reaches", desired: "ns: [string]: pods: [string]: {cpu: <=2}", observed: `{"ns": {"a": {"pods": {}}, "b": {}}}`, covers: []string{"", "refused:ns.b.pods"}, want: []string{"refused ns.b.pods"}},
	{name: "refused where no constraint reaches", desired: "ns: [string]: pods: [string]: {cpu: <=2}", observed: `{"ns": {"a": {"pods": {}}}}`, covers: []string{"", "refused:ns.b.secrets"}},
	{name: "refused by a wildcard", desired: "ns: [string]: pods: [string]: {cpu: <=2}", observed: `{"ns": {"a": {}, "b": {}}}`, covers: []string{"", "refused:ns.*.pods"}, want: []string{"refused ns.a.pods", "refused ns.b.pods"}},
	{name: "stale", desired: "a: {b: 1}\nc: [string]: >1", observed: `{}`, covers: []string{"stale:a", "stale:c"}, want: []string{"stale a", "stale c"}},
	{name: "covered beats stale", desired: "a: {b: 1}", observed: `{"a": {"b": 1}}`, covers: []string{"stale:", "a"}},
	{name: "stale beside what is covered", desired: "a: {b: 1}\nc: {d: int, e?: int}\nf: g: {h: [string]: int, i: 1}", observed: `{"a": {"b": 1}}`, covers: []string{"stale:", "a", "f.g.i"}, want: []string{"stale c", "stale f.g.h", "missing f.g.i"}},
	{name: "a pattern with something shown", desired: "s: [string]: {r: >=2}", observed: `{"s": {"web": {"r": 1}}}`, covers: []string{"zz"}, want: []string{"mismatch s.web.r"}},
	{name: "a pattern with nothing shown", desired: "s: [string]: {r: >=2}", observed: `{"s": {}}`, covers: []string{"zz"}, want: []string{"unobserved s"}},
	{name: "a pattern with something covered", desired: "s: [string]: {r: >=2}", observed: `{"s": {}}`, covers: []string{"s.web"}},
	{name: "member of a shown map, uncovered", desired: "s: [string]: {r: >=2, d: *1 | int}\nm: s.web.d\nm: <=5", observed: `{"s": {"web": {"r": 2}}, "m": 3}`, covers: []string{"m", "s.web.r"}, want: []string{"unobserved m"}},
	{name: "presence test over what nobody saw", desired: "a?: int\nif a == _|_ {b: string}", observed: `{}`, covers: []string{"b"}, want: []string{"unobserved a", "unobserved b"}},
	// #observed
	{name: "observed: absent key is incomplete where it is read", desired: "#observed: _\nx: int\nif #observed.y > 3 {x: <5}", observed: `{"x": 7}`, want: []string{"incomplete "}},
	{name: "observed: guarded", desired: "#observed: _\nx: int\nif #observed.y != _|_ {x: <5}", observed: `{"x": 7, "y": 1}`, want: []string{"mismatch x"}},
	{name: "observed: guarded, absent", desired: "#observed: _\nx: int\nif #observed.y != _|_ {x: <5}", observed: `{"x": 7}`},
	{name: "observed: silence over what nobody saw", desired: "#observed: _\nx: int\nif #observed.y != _|_ {x: <5}", observed: `{"x": 7}`, covers: []string{"x"}, want: []string{"unobserved y"}},
	{name: "observed: finding over what nobody saw", desired: "#observed: _\nx: int\nif #observed.y == _|_ {x: <5}", observed: `{"x": 7}`, covers: []string{"x"}, want: []string{"unobserved x", "unobserved y"}},
	{name: "observed: a condition that mends itself is none", desired: "#observed: _\ns: [N=string]: {r: int, if #observed.s[N].r < 2 {note: string}}", observed: `{"s": {"a": {"r": 1}, "b": {"r": 5}}}`, want: []string{"missing s.a.note"}},
	{name: "observed: loop", desired: "#observed: _\nfor k, v in #observed.s if v.r > 1 {pdb: (k): {...}}\npdb: [string]: min: >0", observed: `{"s": {"a": {"r": 2}, "b": {"r": 1}}, "pdb": {}}`, want: []string{"missing pdb.a"}},
	{name: "observed: loop over what nobody saw", desired: "#observed: _\nfor k, v in #observed.s if v.r > 1 {pdb: (k): {...}}", observed: `{}`, covers: []string{"pdb"}, want: []string{"unobserved s"}},
	{name: "observed: without observations", desired: "#observed: _\nif #observed.a != _|_ {x: 1}", observed: `{}`, covers: []string{"zz"}, want: []string{"unobserved a"}},
	{name: "observed: refused for one of many", desired: "#observed: _\ns: [N=string]: {if #observed.s[N].sec == _|_ {bad: error(\"no sec\")}}", observed: `{"s": {"a": {}, "b": {}}}`, covers: []string{"", "refused:s.b.sec"},
		want: []string{"mismatch s.a.bad", "refused s.b.bad", "refused s.b.sec"}},
	{name: "observed: masked value exists", desired: "#observed: _\nx: int\nif #observed.p != _|_ {x: <5}", observed: `{"x": 7, "p": "<masked>"}`, masked: []string{"p"}, want: []string{"mismatch x"}},
	{name: "observed: masked value is read", desired: "#observed: _\nx: int\nif #observed.p == \"a\" {x: <5}", observed: `{"x": 7, "p": "<masked>"}`, masked: []string{"p"}, want: []string{"incomplete "}},
	{name: "observed: contested value is read", desired: "#observed: _\nx: int\nif #observed.p == \"a\" {x: <5}", observed: `{"x": 7}`, contested: contested([]string{"p"}, false, `"a"`, `"b"`), want: []string{"contested "}},
	{name: "observed: disputed presence is tested", desired: "#observed: _\nx: int\nif #observed.p == _|_ {x: <5}", observed: `{"x": 7}`, contested: contested([]string{"p"}, true, `"a"`), want: []string{"contested p", "contested x"}},
	// contested
	{name: "contested: all conform", desired: "x: >=1", observed: `{}`, contested: contested([]string{"x"}, false, "1", "2")},
	{name: "contested: all fail", desired: "x: >=5", observed: `{}`, contested: contested([]string{"x"}, false, "1", "2"), want: []string{"mismatch x"}},
	{name: "contested: it depends", desired: "x: >=2", observed: `{}`, contested: contested([]string{"x"}, false, "1", "2"), want: []string{"contested x"}},
	{name: "contested: who reads it", desired: "x: >=1\ny: <=x", observed: `{"y": 2}`, contested: contested([]string{"x"}, false, "1", "2"), want: []string{"contested y"}},
	{name: "contested: presence, asked for", desired: "x: >=1", observed: `{}`, contested: contested([]string{"x"}, true, "1"), want: []string{"contested x"}},
	{name: "contested: presence, not asked for", desired: "x?: >=1", observed: `{}`, contested: contested([]string{"x"}, true, "1")},
	{name: "contested: presence, required", desired: "#S: {x!: int}\ns: #S", observed: `{"s": {}}`, contested: contested([]string{"s", "x"}, true, "1"), want: []string{"contested s.x"}},
	{name: "contested: a closed struct refuses it anyway", desired: "#S: {y?: int}\ns: #S", observed: `{"s": {}}`, contested: contested([]string{"s", "x"}, false, "1", "2"), want: []string{"unexpected s.x"}},
	{name: "contested: a closed struct refuses what may not be there", desired: "#S: {y?: int}\ns: #S", observed: `{"s": {}}`, contested: contested([]string{"s", "x"}, true, "1"), want: []string{"contested s.x"}},
	// masked
	{name: "masked: nothing needs it", desired: "p: string\nq: _\nr: {p: int}", observed: `{"p": "<masked>", "q": "<masked>", "r": {"p": 1}}`, masked: []string{"p", "q"}},
	{name: "masked: a constraint needs it", desired: "p: =~\"^a\"", observed: `{"p": "<masked>"}`, masked: []string{"p"}, want: []string{"incomplete p"}},
	{name: "masked: another constraint reads it", desired: "p: string\nq: p", observed: `{"p": "<masked>", "q": "a"}`, masked: []string{"p"}, want: []string{"incomplete q"}},
	{name: "masked: a default does not decide", desired: "p: *\"a\" | string\nq: p", observed: `{"p": "<masked>", "q": "a"}`, masked: []string{"p"}, want: []string{"incomplete q"}},
	// hidden paths
	{name: "hidden tail below an observed place", desired: "s: [string]: {r: int, _e: {x: r & <3}}", observed: `{"s": {"a": {"r": 5}}}`, want: []string{"mismatch s.a"}},
	{name: "two hidden rules at one computed value", desired: "import \"list\"\ns: [string]: r: int\n_t: list.Sum([for x in s {x.r}])\n_t: <=5 @rule(id=A)\n_t: <=6 @rule(id=B)", observed: `{"s": {"a": {"r": 5}, "b": {"r": 4}}}`, want: []string{"mismatch _t", "mismatch _t"}},
}
