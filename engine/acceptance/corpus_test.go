package acceptance_test

import (
	"slices"
	"testing"
)

// example is fragments about `entities`, with entities that have no finding.
type example struct {
	name  string
	texts []string
	// clean are entities as JSON; schemas must accept them, but in an example that is left to the evaluator.
	clean []string
	// head stands before the package clause.
	head string
	// left says that the evaluator decides all of it.
	left bool
}

func (e example) subject(t *testing.T) *subject {
	t.Helper()
	texts := slices.Clone(e.texts)
	if e.head != "" {
		texts[0] = e.head + headEnd + texts[0]
	}
	return newSubject(t, texts...)
}

func of(name, value string, clean ...string) example {
	return example{name: name, texts: []string{"entities: [string]: " + value}, clean: clean}
}

func with(name, helpers, value string, clean ...string) example {
	return example{name: name, texts: []string{helpers + "\nentities: [string]: " + value}, clean: clean}
}

func left(e example) example {
	e.left = true
	return e
}

var corpus = []example{
	of("types", `{s: string, i: int, n: number, b: bool, z: null, any: _}`, `{"s": "x", "i": 3, "n": 2.5, "b": true, "z": null, "any": {"q": [1]}}`),
	of("sized ints", `{a: uint8, b: int16, c: uint}`, `{"a": 255, "b": -32768, "c": 0}`),
	of("bounds", `{a: int & >=2 & <=9, b: >0.5, c: <1.25 & >-3, d: >=0.1 & <=0.3}`, `{"a": 2, "b": 0.75, "c": 1, "d": 0.1}`, `{"a": 9, "b": 7, "c": -2.5, "d": 0.3}`),
	of("float bounds", `{a: >=1.0, b: <2.0 & int}`, `{"a": 1, "b": 1}`),
	of("differs", `{a: !=3 & number, b: !="x" & string, c: !=""}`, `{"a": 4, "b": "y", "c": "q"}`),
	of("bare differs", `{a: !=3, b: !="x", c?: !=true}`, `{"a": 4, "b": "y"}`),
	of("constants", `{a: 1, b: "x", c: true, d: null, e: -4, f: 1.5}`, `{"a": 1, "b": "x", "c": true, "d": null, "e": -4, "f": 1.5}`),
	of("number notations", `{a: 1_000, b: 0x10, c: 2Ki}`, `{"a": 1000, "b": 16, "c": 2048}`),
	of("integral float", `{a?: 2.0, b: 1}`, `{"b": 1}`),
	left(of("float", `{a: float}`, `{"a": 1.5}`)),
	of("enum", `{tier: "gold" | "silver" | 3 | null}`, `{"tier": "gold"}`, `{"tier": null}`, `{"tier": 3}`),
	of("union of types", `{p: int | string, q?: bool | (int & >3)}`, `{"p": "x"}`, `{"p": 3, "q": true}`, `{"p": 3, "q": 4}`),
	of("error branch", `{r: >=2 | error("[HA-1] too few"), k?: false | error("no")}`, `{"r": 2}`, `{"r": 3, "k": false}`),
	{name: "error with label", texts: []string{`entities: [N=string]: {r: >=2 | error("\(N) has too few")}`}, clean: []string{`{"r": 2}`}},
	left(of("error with value", `{p: int, r: >=2 | error("\(p) has too few")}`, `{"p": 1, "r": 2}`)),
	of("must be absent", `{hostPath?: error("no"), other?: _|_, a?: int}`, `{}`, `{"a": 1}`, `{"b": 1}`),
	of("regexps", `{a: =~"^reg\\.example/[a-z0-9-]+$", b: !~":latest$", c: =~"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"}`, `{"a": "reg.example/x-1", "b": "x:1", "c": "a-b"}`),
	of("regexp classes", `{a: =~"^\\w+\\s\\d$", b: =~"(?i)^abc", c: =~"x.y", d: !~"^[^a]*$"}`, `{"a": "ab 1", "b": "aBc", "c": "x\ry", "d": "a"}`),
	left(of("nested repetition", `{a: =~"^(a+)+$"}`, `{"a": "aa"}`)),
	of("marks", `{a!: int, b?: string, c: bool}`, `{"a": 1, "c": true}`, `{"a": 1, "b": "x", "c": false, "d": 1}`),
	of("default", `{p: *80 | int, s: *"a" | "b" | string}`, `{"p": 80, "s": "a"}`, `{"s": "a"}`, `{}`),
	with("default further down", `#S: {probe: path: string | *"/h", n: int, o: {p?: int}}`, `#S`, `{"n": 1}`, `{"n": 1, "probe": {}, "o": {}}`, `{"n": 1, "probe": {"path": "/h"}}`),
	of("default said twice", `{d: {c: {a?: int}, c?: {a!: 1}}, n: int}`, `{"n": 1, "d": {"c": {"a": 1}}}`),
	{name: "default of two teams", texts: []string{`entities: [string]: {a: *1 | int, b: *1 | int}`, `entities: [string]: {a?: >1}`}, left: true},
	{name: "default beside a closed struct", texts: []string{"#S: {m?: {x?: int}}\nentities: [string]: #S", `entities: [string]: {m?: {y: *1 | int}}`}, clean: []string{`{}`}},
	{name: "default of a named one", texts: []string{`entities: [string]: {a: *1 | int, b: {c: *1 | int}}`, "entities: web: {a: 1, x: 2}\nentities: api: {a?: >1}\nentities: w: b: c: >0"}, clean: []string{`{"a": 1, "x": 2}`, `{"a": 1, "x": 2, "b": {}}`}},
	of("default list", `{l: *["ALL"] | [...string]}`, `{"l": ["ALL"]}`),
	left(of("default list beside another", `{l: (*["a"] | [...string]) & [...]}`)),
	with("default list in a definition", `#A: {l?: *["a"] | [...string], n: int}`, `#A & {n: >0}`, `{"n": 1, "l": ["a"]}`, `{"n": 1}`),
	left(of("default struct", `{l: *{a: 1} | {a: int}}`, `{"l": {"a": 1}}`)),
	left(of("two defaults", `{l: *1 | *2 | int}`)),
	with("default by reference", `_port: *80 | int`, `{p: _port, q?: _port | string}`, `{"p": 80}`),
	of("nested", `{a: {b: {c: int}}, d?: {e!: string}}`, `{"a": {"b": {"c": 1}}}`, `{"a": {"b": {"c": 1, "x": 2}}, "d": {"e": "x"}}`),
	of("shorthand", `a: b: c: >3`, `{"a": {"b": {"c": 4}}}`),
	of("pattern", `{labels: {[string]: string, team: string}}`, `{"labels": {"team": "x"}}`, `{"labels": {"team": "x", "y": "z"}}`),
	of("pattern of structs", `{c?: [string]: {image!: string, port?: int}}`, `{}`, `{"c": {}}`, `{"c": {"a": {"image": "x"}, "b": {"image": "y", "port": 3}}}`),
	of("pattern by regexp", `{[=~"^x-"]: int, [!~"^x-"]: string, [=~"^.b$"]: "q"}`, `{"x-a": 1, "b": "s"}`),
	of("pattern by name", `{["a" | "b"]: int, [!="c"]: number}`, `{"a": 1, "c": "s", "d": 2.5}`),
	of("forbidden labels", `{[!~"^(name|emptyDir|secret)$"]: error("no")}`, `{}`, `{"name": "x", "secret": {}}`),
	with("label by reference", `_lists: =~"^(containers|initContainers)$"`, `{[_lists]: [string]: {image!: string}}`, `{"containers": {"a": {"image": "x"}}}`, `{"z": 1}`),
	with("definition", `#S: {a: int, b?: string, c: {d?: int}}`, `#S`, `{"a": 1, "c": {}}`, `{"a": 1, "b": "x", "c": {"d": 3}}`),
	with("open definition", `#S: {a: int, c: {d?: int, ...}, ...}`, `#S`, `{"a": 1, "c": {}}`, `{"a": 1, "c": {"q": 3}, "r": 1}`),
	with("definition and more", `#S: {a: int, b?: string, c: {d?: int}}`, `#S & {a: >3, c: d: <9}`, `{"a": 4, "c": {"d": 1}}`),
	with("definition in two places", "#S: {a: int, m: {x: int}}\n#S: {b: int, m: {y?: int}}", `#S`, `{"a": 1, "b": 2, "m": {"x": 1, "y": 3}}`),
	{name: "definition of two teams", texts: []string{"#S: {a: int}\nentities: [string]: #S", "#S: {b?: int}\nentities: [string]: {a: >0}"}, clean: []string{`{"a": 1, "b": 2}`, `{"a": 1}`}},
	with("embedded definition", `#A: {a: int, m?: {x: int}}`, `{#A, b: int}`, `{"a": 1, "b": 2}`, `{"a": 1, "b": 2, "m": {"x": 1}}`),
	with("embedded in a definition", "#A: {a: int}\n#B: {#A, b?: int}", `#B`, `{"a": 1, "b": 2}`, `{"a": 1}`),
	with("embedded beside", "#B: {a?: int, ...}\n_o: {c: {}}\n_o: {#B}", `_o`, `{"c": {}, "a": 1, "z": 1}`),
	with("embedded in a helper", "#B: {a?: int, ...}\n_o: {c: {}, #B}", `_o`, `{"c": {}, "a": 1, "z": {"y": 1}}`),
	with("two embedded", "#A: {a: int}\n#B: {b: int}", `{#A, #B, c?: int}`, `{"a": 1, "b": 1}`),
	with("two embedded in definition", "#A: {a: int}\n#B: {b: int}\n#C: {#A, #B, c?: int}", `#C`, `{"a": 1, "b": 1}`),
	with("embedded beside nested", "#A: {a: int, m: {x: int}}", `{#A, m: {y?: int}, n?: {z: int}}`, `{"a": 1, "m": {"x": 1}}`),
	with("derived definition", "#A: {a: int, k: string}\n#B: #A & {k: \"b\"}", `#B`, `{"a": 1, "k": "b"}`),
	with("derived, nested", "#A: {a: int, m: {k: string, l?: int}}\n#B: #A & {m: k: \"b\"}", `#B`, `{"a": 1, "m": {"k": "b", "l": 1}}`),
	with("derived of open", "#A: {a: int, ...}\n#B: #A & {k: \"b\"}", `#B`, `{"a": 1, "k": "b"}`),
	with("two definitions", "#A: {a: int, b?: int}\n#B: {a: int, c?: int}", `#A & #B`, `{"a": 1}`),
	with("pattern in a definition", `#A: {a: int, [=~"^x"]: string}`, `#A`, `{"a": 1, "xy": "z"}`),
	with("all patterns in a definition", `#A: {a: int, [string]: number | {q?: int}}`, `#A`, `{"a": 1, "xy": 2.5, "z": {"q": 1}}`),
	with("helper", `_ctx: {priv?: false | error("no"), t?: {u?: "a" | "b"}}`, `{sc?: _ctx & {add?: [...string]}}`, `{}`, `{"sc": {"priv": false, "add": ["x"], "z": 1, "t": {"u": "a", "v": 1}}}`),
	with("helper in a definition", "_ctx: {priv?: bool}\n#A: {sc?: _ctx, n: int}", `#A`, `{"n": 1, "sc": {"priv": true}}`),
	with("recursive definition", "#T: {v: int, l?: #T}", `#T`, `{"v": 1}`),
	of("closed", `close({a: int, b?: {c?: int}})`, `{"a": 1}`, `{"a": 1, "b": {"c": 1, "d": 1}}`),
	with("closed in a definition", "#A: {m: close({a?: int}), n: close({[=~\"^q\"]: int})}", `#A`, `{"m": {"a": 1}, "n": {"qq": 1}}`),
	with("discriminated", "#T: {kind: \"tcp\", port: int}\n#U: {kind: \"unix\" | \"abstract\", path: string}", `{l: #T | #U}`, `{"l": {"kind": "tcp", "port": 1}}`, `{"l": {"kind": "abstract", "path": "x"}}`),
	of("discriminated open", `{l: {kind!: 1, p?: int} | {kind!: 2, q: string} | null | "none"}`, `{"l": {"kind": 1, "z": 1}}`, `{"l": {"kind": 2, "q": "x"}}`, `{"l": null}`, `{"l": "none"}`),
	with("discriminated in a definition", `#A: {n: int, {kind: "a", x: int} | {kind: "b", y?: {z: int}}}`, `#A`, `{"n": 1, "kind": "a", "x": 1}`, `{"n": 1, "kind": "b", "y": {"z": 1}}`),
	with("union and rest in a definition", `#A: {n: int, m?: {r?: int}} & ({kind: "a", m?: {p?: int}} | {kind: "b"})`, `#A`, `{"n": 1, "kind": "b"}`),
	left(of("undiscriminated", `{l: {a?: int} | {b?: int}}`, `{"l": {"a": "x"}}`)),
	left(of("optional discriminator", `{l: {k?: 1} | {k?: 2}}`)),
	of("lists", `{a: [...int], b: [string, int], c: [bool, ...string], d: [], e: [...]}`, `{"a": [], "b": ["x", 1], "c": [true], "d": [], "e": [1, "x"]}`, `{"a": [1, 2], "b": ["x", 1], "c": [true, "y"], "d": [], "e": []}`),
	of("lists of structs", `{a: [...{n!: int, s?: "a" | "b"}]}`, `{"a": [{"n": 1}, {"n": 2, "s": "a", "z": 1}]}`),
	of("list of defaults", `{a: [...(*1 | int)], b: [*"x" | string, ...]}`, `{"a": [1, 1], "b": ["x", 2]}`),
	with("lists in a definition", `#A: {a: [...{n: int}], b?: [{m: int}]}`, `#A`, `{"a": [{"n": 1}], "b": [{"m": 1}]}`),
	with("lists twice in a definition", "#A: {a: [...{n: int}]}\n#A: {a: [...{m?: int}]}", `#A`, `{"a": []}`),
	with("lengths", "import (\"strings\", \"list\")", `{a: strings.MinRunes(2) & strings.MaxRunes(3), b: [...int] & list.MinItems(1) & list.MaxItems(2), c?: list.MaxItems(1)}`, `{"a": "äß", "b": [1]}`, `{"a": "xyz", "b": [1, 2], "c": ["q"]}`),
	with("field counts", `import "struct"`, `{a: struct.MinFields(1) & struct.MaxFields(2), b?: {x?: int} & struct.MaxFields(1)}`, `{"a": {"x": 1}}`, `{"a": {"x": 1, "y": 2}, "b": {}}`),
	with("texts", `import "strings"`, `{a: strings.HasPrefix("a.b"), b: strings.HasSuffix("+c"), c: strings.Contains("(d)")}`, `{"a": "a.bc", "b": "x+c", "c": "x(d)y"}`),
	with("or", `_ok: ["A", "B"]`, `{c?: [...or(_ok)], d: or([1, 2]) | error("no")}`, `{"d": 1}`, `{"d": 2, "c": ["A", "B"]}`),
	{name: "held whole, read in part", texts: []string{"#observed: _\n_least: {#raw: _, a?: int, if #raw.k != _|_ {a?: >1}}\nentities: [N=string]: _least & {#raw: #observed.entities[N], b?: string}"}, clean: []string{`{"a": 2, "b": "x"}`, `{"a": 2, "k": 1, "c": 3}`}},
	{name: "held in part", texts: []string{"#observed: _\n_most: {#raw: _, let r = #raw.c, x?: >0, if r.k != _|_ {x?: <9}, for n, v in r {(n)?: v}}\nentities: [N=string]: m: _most & {#raw: #observed.entities[N].m}"}, clean: []string{`{"m": {"x": 2, "c": {"k": 1}}, "b": 1}`}, left: true},
	{name: "held and agreed with", texts: []string{"#observed: _\n_same: {#raw: _, a?: int, c: #raw.b}\nentities: [N=string]: _same & {#raw: #observed.entities[N]}"}, clean: []string{`{"a": 2, "b": 1, "c": 1, "k": 5}`}, left: true},
	{name: "held twice", texts: []string{"#observed: _\nentities: [N=string]: {#raw: #observed.entities[N].a, #raw: #observed.entities[N].b, c?: int}"}, clean: []string{`{"a": 2, "b": 2}`}, left: true},
	{name: "held and said", texts: []string{"#observed: _\nentities: [N=string]: {#raw: {a?: int, ...}, #raw: #observed.entities[N], c?: int}"}, clean: []string{`{"a": 2, "b": 2}`}, left: true},
	{name: "held from elsewhere", texts: []string{"#observed: _\n_secure: {#level: *\"low\" | string, #raw: _, a?: int, if #level == \"high\" {if #raw.b == _|_ {a?: >5}}}\nentities: [N=string]: {let l = #observed.levels[N], _secure & {#level: [if l != _|_ {l}, \"low\"][0], #raw: #observed.entities[N]}}"}, clean: []string{`{"a": 2, "b": 2, "k": 3}`}, left: true},
	{name: "label", texts: []string{`entities: [N=string]: #S & {name: N}` + "\n#S: {name: string & =~\"^[a-z]+$\", r: int}"}, clean: []string{`{"name": "web", "r": 1}`}},
	{name: "label of a member", texts: []string{`entities: [string]: {m: [K=string]: {name: K}}`}, clean: []string{`{"m": {}}`}},
	{name: "interpolated label", texts: []string{`entities: [N=string]: {host: "\(N).example.org", b: "a\t\(N)-\(N)", c: #"\#(N)\n"#}`}, clean: []string{`{"host": "web.example.org", "b": "a\tweb-web", "c": "web\\n"}`}},
	{name: "interpolated constants", texts: []string{"_env: *\"dev\" | \"prod\"\n_zone: string & \"eu\"\n_port: 80\nentities: [N=string]: {host: \"\\(N).\\(_env).\\(_zone):\\(_port)\", x: \"q\\(_port)\"}"}, clean: []string{`{"host": "web.dev.eu:80", "x": "q80"}`}},
	left(of("interpolated sibling", `{a: string, b: "x\(a)"}`, `{"a": "y", "b": "xy"}`)),
	{name: "by label", texts: []string{`entities: [=~"^w"]: {a: int}` + "\n" + `entities: ["web" | "api"]: {b: string}` + "\n" + `entities: [=~"^z"]: {c: 1 + 2}`}, clean: []string{`{"a": 1, "b": "x"}`}},
	{name: "other labels", texts: []string{`entities: [!~"^w"]: {a: int}` + "\n" + `entities: [!="web"]: {b: string}` + "\n" + `entities: [string]: {c?: int}`}, clean: []string{`{}`, `{"c": 1}`}},
	{name: "forbidden names", texts: []string{`entities: [!~"^[a-z]+$"]: error("lower-case names only")` + "\n" + `entities: [string]: {c: int}`}, clean: []string{`{"c": 1}`}},
	left(of("computed", `{a: int, b: a + 1}`, `{"a": 1, "b": 2}`)),
	left(of("reads a sibling", `{a: int, b: <=a}`, `{"a": 2, "b": 1}`)),
	of("optional computed", `{a: int, b?: a + 1}`, `{"a": 1}`),
	left(of("loop", `{a: [...int], b: [for x in a {x}]}`, `{"a": [1], "b": [1]}`)),
	left(of("hidden field", `{a: int, _b: a, _b: >3}`)),
	of("harmless helper", `{a: int, _b: _, #c: _}`, `{"a": 1}`),
	left(of("matchN", `{a: matchN(1, [int, string])}`, `{"a": 1}`)),
	left(of("length", `{a: string, if len(a) > 3 {b: int}}`, `{"a": "x"}`)),
	of("condition on a sibling", `{tls: bool, if tls {port!: 443}, if !tls {port!: 80}}`, `{"tls": true, "port": 443}`, `{"tls": false, "port": 80}`),
	of("compared sibling", `{n: int, k?: string, if n > 3 && n != 7 {a!: int}, if n <= 3 || n == 7 {b!: int}}`, `{"n": 4, "a": 1}`, `{"n": 7, "b": 1}`),
	of("condition further down", `{s: {k: "a" | "b", if k == "a" {v: int}}, t?: {on?: bool, if on {w: int}}}`, `{"s": {"k": "a", "v": 1}}`, `{"s": {"k": "b"}, "t": {"on": true, "w": 1}}`),
	{name: "observed presence", texts: []string{"#observed: _\nentities: [N=string]: {\n\tif #observed.entities[N].public != _|_ if #observed.entities[N].public {tls!: true}\n}"},
		clean: []string{`{}`, `{"public": false}`, `{"public": true, "tls": true}`}},
	{name: "observed absence", texts: []string{"#observed: _\nentities: [N=string]: {\n\tif #observed.entities[N].a.b == _|_ {c!: true}\n}"},
		clean: []string{`{"c": true}`, `{"a": {"b": 1}}`, `{"a": {}, "c": true}`}},
	{name: "observed further down", texts: []string{"#observed: _\nentities: [N=string]: spec: containers: [string]: {\n\tif #observed.entities[N].spec.root != _|_ if #observed.entities[N].spec.root == true {user!: >0}\n}"},
		clean: []string{`{"spec": {"containers": {}}}`, `{"spec": {"root": true, "containers": {"a": {"user": 1}}}}`, `{"spec": {"root": false, "containers": {"a": {}}}}`}},
	{name: "observed, of a member", texts: []string{"#observed: _\nentities: [N=string]: spec: containers: [C=string]: {\n\tif #observed.entities[N].spec.containers[C].root != _|_ if #observed.entities[N].spec.containers[C].root {user!: >0}\n}"},
		clean: []string{`{"spec": {"containers": {}}}`, `{"spec": {"containers": {"a": {"root": true, "user": 1}, "b": {"root": false}, "c": {}}}}`}},
	{name: "observed, around a member", texts: []string{"#observed: _\nentities: [N=string]: pods: [P=string]: spec: containers: [C=string]: {\n\tif #observed.entities[N].pods[P].spec.root != _|_ if #observed.entities[N].pods[P].spec.root {user!: >0}\n}"},
		clean: []string{`{"pods": {}}`, `{"pods": {"p": {"spec": {"root": true, "containers": {"a": {"user": 1}}}}, "q": {"spec": {"root": false, "containers": {"a": {}}}}}}`}},
	{name: "observed, within alternatives", texts: []string{"#observed: _\nentities: [N=string]: {m?: {k: 1, s: {if #observed.entities[N].on != _|_ {a!: int}}} | {k: 2}, n?: {k: 1, if #observed.entities[N].n.on != _|_ {a!: int}} | {k: 2}}"},
		clean: []string{`{}`, `{"n": {"k": 1}}`, `{"n": {"k": 1, "on": 2, "a": 3}}`, `{"n": {"k": 2, "on": 2}}`}},
	of("condition within a call", `{m?: close({k: int, a?: int, if k > 1 {a: int}}), b?: int}`, `{"b": 1}`),
	{name: "observed and combined", texts: []string{"#observed: _\nentities: [N=string]: {\n\tlevel?: int\n\tif #observed.entities[N].level != _|_ if !(#observed.entities[N].level < 3) || #observed.entities[N].level == 1 {a!: int}\n}"},
		clean: []string{`{}`, `{"level": 2}`, `{"level": 1, "a": 1}`, `{"level": 3, "a": 1}`}},
	{name: "named", texts: []string{"entities: [string]: {r: int, l: {t: string}, e?: string}", `entities: web: {r: 3, l: t: "x"}` + "\nentities: api: _"}, clean: []string{`{"r": 3, "l": {"t": "x"}}`}},
	{name: "named with bounds", texts: []string{"entities: [string]: {r: int, l?: [...int]}", `entities: web: {r: >=3, l: [1, 2], m: {a: "b"}, n?: int}`}, clean: []string{`{"r": 3, "l": [1, 2], "m": {"a": "b"}}`}},
	{name: "named twice", texts: []string{"entities: [string]: {r: int}", `entities: web: {r: 3, m: {a: 1}}`, `entities: web: {r: <9, m: {b: 2}}`}, clean: []string{`{"r": 3, "m": {"a": 1, "b": 2}}`}},
	{name: "named and closed", texts: []string{"#S: {r: int, x?: int}\nentities: [string]: {r: >0}", "#S: _\nentities: web: #S & {r: 3}"}, clean: []string{`{"r": 3}`, `{"r": 3, "x": 1}`}},
	{name: "named under a condition", texts: []string{"#observed: _\nentities: [N=string]: {r?: int, if #observed.entities[N].r == _|_ {s: 1}}", `entities: web: {s: 2}`}, left: true},
	{name: "named conflict", texts: []string{"entities: [string]: {r: >3}", `entities: web: {r: 2}`}, left: true},
	{name: "several teams", texts: []string{"#S: {a: int, b: {c: string}}\nentities: [string]: #S", "entities: [string]: {a: >=2, b: c: =~\"^x\"}", "entities: [=~\"^w\"]: {a: <9}"}, clean: []string{`{"a": 2, "b": {"c": "xy"}}`}},
	{name: "inside a definition", texts: []string{"#Sys: {entities: [string]: {a: int, b?: {c?: int}}}\n#Sys"}, clean: []string{`{"a": 1, "b": {"c": 1}}`}},
	{name: "inside an embedded definition", texts: []string{"#Sys: {entities: [N=string]: {a: int, n?: N}}\n{#Sys}", "entities: [string]: {a: >0}"}, clean: []string{`{"a": 1, "n": "web"}`}},
	{name: "inside a definition, by name", texts: []string{"#Sys: {entities: {[string]: {a: int}, web: {a: 1}}}\n#Sys"}, clean: []string{`{"a": 1}`}},
	{name: "inside a helper", texts: []string{"#B: {...}\n_sys: {entities: [string]: {a: {}}}\n_sys: {#B}\n_sys"}, clean: []string{`{"a": {}}`}},
	{name: "beside what is embedded", texts: []string{"#B: {...}\nentities: {#B, [string]: {a: {}}}"}, clean: []string{`{"a": {}}`}},
	{name: "beside what is embedded elsewhere", texts: []string{"#B: {...}\nentities: {[string]: {a: {}}}\nentities: {#B}"}, clean: []string{`{"a": {}}`}},
	{name: "beside what a file embeds", texts: []string{"#B: {...}\n#B\nentities: {[string]: {a: {}}}"}, clean: []string{`{"a": {}}`}},
	{name: "within a call", texts: []string{"entities: close({[string]: {k: int, a?: {}, if k > 1 {b!: int}}})"}, left: true},
	{name: "below a definition by reference", texts: []string{"#M: entities: [string]: {a: {b?: int}}\n_m: #M\n_m"}, clean: []string{`{"a": {}}`}},
	with("added to by a condition", "_env: \"prod\"\n#S: {a: int}\nif _env == \"prod\" {#S: {b: int}}", `{s?: #S}`, `{}`),
	with("let", `let limit = 9`, `{a: <=limit}`, `{"a": 9}`),
	with("constants by reference", "_max: 10\n_name: \"x\"\n_re: \"^a\"", `{a: <=_max, b: _name, c: =~_re, d: *_max | int}`, `{"a": 10, "b": "x", "c": "ab", "d": 10}`),
	with("value alias", ``, `X={a: int, b?: {c: X.a}}`, `{"a": 1}`),
	of("odd names", `{"a b": int, "0": string, "_x": bool, "#y"?: int}`, `{"a b": 1, "0": "x", "_x": true}`),
	{name: "experiment", texts: []string{"entities: [string]: {a: int}"}, head: "@experiment(explicitopen)\n", clean: []string{`{"a": 1}`}, left: true},
	left(of("empty name", `{"": int}`, `{"": 1}`)),
	left(of("names of objects", `{constructor: int}`, `{"constructor": 1}`)),
}
