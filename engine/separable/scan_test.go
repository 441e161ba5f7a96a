package separable

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// scanned parses texts by package and scans them; packages whose name begins with `lib` are only imported.
func scanned(t *testing.T, texts map[string]string, limits ...protocol.TeamLimit) ([]Pattern, []protocol.Pattern) {
	t.Helper()
	var files []syntax.File
	var roots []string
	for _, pkg := range sortedNames(texts) {
		name := pkg + "/f.cue"
		parsed, err := parser.ParseFile(name, "package "+pkg+"\n"+texts[pkg], parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if err := build.NewContext().NewInstance("", nil).AddSyntax(parsed); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(pkg, "lib") {
			roots = append(roots, pkg)
		}
		files = append(files, syntax.File{Syntax: parsed, Package: pkg, Team: pkg})
	}
	program := syntax.New(files, roots, func(_, path string) string {
		if first, rest, ok := strings.Cut(path, "/"); ok && first == "x.y" {
			return rest
		}
		return ""
	})
	return Scan(Input{Program: program, Limits: limits, TeamsOf: func(file string) []string {
		team, _, _ := strings.Cut(file, "/")
		return []string{team}
	}})
}

func sortedNames(texts map[string]string) []string {
	var out []string
	for name := range texts {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// readText writes a read like a path, a label of the entity's own by its position.
func readText(r protocol.Read) string {
	var steps []*string
	for _, s := range r {
		var text *string
		switch s := s.(type) {
		case int:
			own := fmt.Sprintf("<%d>", s)
			text = &own
		case string:
			text = &s
		}
		steps = append(steps, text)
	}
	return pathText(steps)
}

// told is a scan's result on one line for each pattern.
func told(patterns []Pattern, _ []protocol.Pattern) string {
	var lines []string
	for _, p := range patterns {
		line := pathText(p.Path)
		if p.List {
			line += " list"
		}
		if p.ReadsLabel {
			line += " label"
		}
		for _, r := range p.Reads {
			line += " reads " + readText(r)
		}
		for _, n := range p.Named {
			line += " " + strings.Join(n.Path, ".")
			if n.Undecidable != nil {
				line += "?"
			}
		}
		var reasons []string
		for _, r := range p.Reasons {
			if text := r.Message; !slices.Contains(reasons, text) {
				reasons = append(reasons, text)
			}
		}
		if len(reasons) > 0 {
			line = pathText(p.Path) + " crosses: " + strings.Join(reasons, "; ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestScan(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a pattern", `services: [string]: {replicas: >=2}`, "services.[]"},
		{"nothing", `services: web: {replicas: >=2}`, ""},
		{"closed", `services: [string]: close({c: bool})`, "services.[]"},
		{"closed around a condition", `services: [string]: close({c: bool, if c {a: int}})`, "services.[] crosses: `close` around a condition: what CUE says of it hangs on what stands beside it"},
		{"closed around a name for a condition", `services: [string]: close(_s), _s: {c: bool, if c {a: int}}`, "services.[] crosses: `close` around a condition: what CUE says of it hangs on what stands beside it"},
		{"named entities", `services: [string]: {replicas: >=2}, services: web: replicas: 3, services: "a b": {}`, "services.[] services.a b services.web"},
		{"through definitions", `services: #Services, #Services: [string]: #Service, #Service: {replicas: >=#Least}, #Least: 2`, "services.[]"},
		{"a list", `docs: [...{port: int}]`, "docs.[] list"},
		{"a list with a length", "import \"list\"\ndocs: [...{port: int}] & list.MaxItems(3)", "docs.[] crosses: `docs`: a validator or function speaks of the whole"},
		{"a list with elements of its own", `docs: [{a: 1}, ...{port: int}], docs: [...{b: int}]`, "docs.[] crosses: `docs`: a list with elements of its own"},
		{"a default list", `docs: *[] | [...{port: int}]`, ""},
		{"the label", `services: [N=string]: name: N`, "services.[] label"},
		{"its own place", "#observed: _\nservices: [N=string]: {a: int, b: #observed.services[N].a}", "services.[]"},
		{"the label of another place", "#observed: _\nservices: [N=string]: {b: #observed.zones[N].a}", "services.[] reads zones.<1>.a"},
		{"observed by a value", "#observed: _\nservices: [string]: {zone: string, b: #observed.zones[zone].a}", "services.[] reads zones.[].a"},
		{"observed through a helper", "#observed: _\n_zones: #observed.zones\nservices: [string]: {zone: string, b: _zones[zone].a}", "services.[] reads zones"},
		{"observed in a loop", "#observed: _\nservices: [string]: {n: len([for z in #observed.zones {z}])}", "services.[] reads zones"},
		{"a sibling by name", `services: [string]: port: int, services: a: port: services.b.port`, "services.[] crosses: reads `services`; `services.a.port` reads `services`"},
		{"a sibling beside", `services: {[string]: {port: int}, b: {port: 1}, a: {port: b.port}}`, "services.[] crosses: reads `services.b`; `services.a.port` reads `services.b`"},
		{"itself by name", `services: [string]: port: int, services: a: {port: 1, other: port}`, "services.[] services.a"},
		{"all of them", `services: [string]: {}, let all = services, count: len(all)`, "services.[] crosses: `let all` reads `services`"},
		{"another name above", `S=services: [string]: {}, count: len(S)`, "services.[] crosses: `count` reads `services`"},
		{"a name for the value", `services: X={[string]: {}, count: len(X)}`, "services.[] crosses: reads `X`, which stands for a place outside the entity; `services.count` reads `services`"},
		{"a name for the entity", `services: [string]: X={a: int, b: X.a}`, "services.[]"},
		{"a hidden check", `services: [string]: {id: int}, _ids: {for k, v in services {"\(v.id)": k}}`, "services.[] crosses: `_ids` reads `services`"},
		{"a definition that reads the root", `limit: int, #S: {n: <=limit}, services: [string]: #S`, "services.[] crosses: reads `limit`"},
		{"a helper that reads the root", `limit: int, _max: limit, services: [string]: {n: <=_max}`, "services.[] crosses: reads `limit`"},
		{"a constant let", `let max = 5, services: [string]: {n: <=max}`, "services.[]"},
		{"a condition inside", `services: [string]: {a?: bool, if a {b: int}}`, "services.[]"},
		{"a condition around", `_on: true, if _on {services: [string]: {a: int}}, services: [string]: {b: int}`, "services.[] crosses: `services`: it is said under a condition"},
		{"a condition elsewhere", `_on: true, if _on {other: {a: int}}, services: [string]: {b: int}`, "services.[]"},
		{"named under a condition", `_on: true, if _on {services: web: {a: int}}, services: [string]: {b: int}`, "services.[] crosses: `services.[]`: `web` is named under a condition"},
		{"a loop beside", `services: {[string]: {a: int}, for k in ["x"] {(k): a: 1}}`, "services.[] crosses: `services`: it is said in a loop"},
		{"a computed label", `_k: "x", services: {[string]: {a: int}, "\(_k)": a: 1}`, "services.[] crosses: `services`: a label is computed"},
		{"a union", `services: {[string]: {a: int}} | {none: true}, services: [string]: {}`, "services.[] crosses: `services`: it is not one struct but a disjunction"},
		{"a validator", "import \"struct\"\nservices: struct.MaxFields(3), services: [string]: {}", "services.[] crosses: `services`: a validator or function speaks of the whole"},
		{"embedded at the root", `#Base: {x: int}, #Base, services: [string]: {}`, "services.[]"},
		{"embedded unknown", `_a: {b: int}, x: _a.b, {y: x} & z, z: {}, services: [string]: {}`, "services.[] crosses: `the root`: it is given by another place of the tree"},
		{"closed against some", `#S: {[=~"^a"]: {x: int}}, services: #S`, "services.[] crosses: `services.[]`: the collection is closed against some labels"},
		{"open to others", `services: {[=~"^a"]: {x: int}}`, "services.[] label"},
		{"some labels above", `spaces: [=~"^a"]: services: [string]: {x: int}`, "spaces.[] label"},
		{"closed to none", `#S: {[string]: {x: int}, a?: {y: int}}, services: #S`, "services.[] crosses: `services.[]`: `a` is named where it cannot be left out"},
		{"named in a definition", `#S: {[string]: {x: int}, web: x: 1}, services: #S`, "services.[] crosses: `services.[]`: `web` is named where it cannot be left out"},
		{"the deepest maps", `spaces: [string]: services: [string]: {a: int}`, "spaces.[].services.[]"},
		{"maps of maps", `x: [string]: [string]: [string]: {a: int}`, "x.[].[].[]"},
		{"two maps inside", `spaces: [string]: {services: [string]: {a: int}, jobs: [string]: {b: int}}`, "spaces.[].jobs.[]\nspaces.[].services.[]"},
		{"more than maps inside", `spaces: [string]: {quota: int, services: [string]: {a: int}}`, "spaces.[]"},
		{"the label above", `spaces: [S=string]: services: [string]: {space: S}`, "spaces.[].services.[] label"},
		{"its own place below", "#observed: _\nspaces: [S=string]: services: [N=string]: {a: int, b: #observed.spaces[S].services[N].a}", "spaces.[].services.[]"},
		{"observed by the label above", "#observed: _\nspaces: [S=string]: {let l = #observed.labels[S], services: [N=string]: {a: l, b: #observed.spaces[S].services[N].a}}", "spaces.[].services.[] reads labels.<1>"},
		{"a map inside that is read", `spaces: [string]: {services: [string]: {a: int}, jobs: [string]: {b: len(services)}}`, "spaces.[]"},
		{"named inside", `spaces: [string]: services: [string]: {a: int}, spaces: one: services: web: a: 1`, "spaces.[].services.[] spaces.one.services.web"},
		{"named in all", `spaces: [string]: services: {[string]: {a: int}, web: a: 1}`, "spaces.[]"},
		{"a pattern of its own", `spaces: [string]: services: [string]: {a: int}, spaces: one: services: [string]: b: int`, "spaces.[] spaces.one?"},
		{"a pattern at the root", `[string]: {a: int}, services: [string]: {}`, "services.[] crosses: `the root`: a pattern speaks of everything at the root"},
		{"observed as a whole", "#observed: _\nall: #observed\nservices: [string]: {}", "services.[]"},
		{"observed by the rest", "#observed: _\nn: len(#observed.services)\nservices: [string]: {}", "services.[]"},
		{"observed by other entities", "#observed: _\nzones: [string]: {}\nservices: [string]: {z: string, u: #observed.zones[z].up}", "services.[] reads zones.[].up\nzones.[]"},
		{"a list that others observe", "#observed: _\nzones: [...{}]\nservices: [string]: {z: len(#observed.zones)}", "services.[] reads zones\nzones.[] crosses: `services.[].z` reads `#observed.zones`"},
		{"a list observed by the rest", "#observed: _\nn: len(#observed.docs)\ndocs: [...]", ""},
		{"a list of something observed by the rest", "#observed: _\nn: len(#observed.docs)\ndocs: [...{a: int}]", "docs.[] crosses: `n` reads `#observed.docs`"},
		{"nobody knows", `services: [string]: {a: nowhere}`, "services.[] crosses: the text does not tell what `nowhere` stands for"},
		{"a mistake in a named one", `services: [string]: {}, services: web: {let a = 1}`, "services.[] services.web?"},
		{"a call in a named one", "import \"strings\"\nservices: [string]: {}, services: web: {a: strings.MinRunes(2)}", "services.[] services.web?"},
		{"a default mark where none may be", `services: [string]: {}, services: web: {a: *1}, services: api: {a: *1 | int}`, "services.[] services.api services.web?"},
		{"holds itself", `#Node: {name: string, children: [string]: #Node}, tree: [string]: #Node`, "tree.[]"},
		{"branches that hold themselves", `#N: {a?: #N, b?: #N, c?: #N, m?: [string]: #N, n?: [string]: #N}, tree: #N`, "tree.m.[]\ntree.n.[]"},
		{"maps that hold themselves", `#N: {m?: [string]: #N, n?: [string]: #N, o?: [string]: #N}, tree: [string]: #N`, "tree.[]"},
		{"a definition inside the map", `services: {#S: {x: int}, [string]: #S}`, "services.[]"},
		{"a definition inside the map that reads", `services: {#S: {x: b.y}, [string]: #S, b: {y: 1}}`, "services.[] crosses: reads `services.b`; `services.#S.x` reads `services.b`"},
		{"data inside a definition", `#Outer: {limit: 3, #Inner: {x: <=limit}}, services: [string]: #Outer.#Inner`, "services.[]"},
		{"a definition that is the tree", `#Outer: {limit: int, services: [string]: {x: <=limit}}, app: #Outer`, "app.services.[] crosses: reads `app.limit`"},
		{"two formats of one name", `services: [string]: {a: int}, "services": "web": {"a": 1}`, "services.[] services.web"},
	} {
		if got := told(scanned(t, map[string]string{"a": c.text})); got != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

// TestScanOfSeveral is about what packages say together.
func TestScanOfSeveral(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts map[string]string
		want  string
	}{
		{"two roots add to one definition", map[string]string{"a": "services: [string]: #S\n#S: {x: int}", "b": "limit: int\n#S: {x: <=limit}"}, "services.[] crosses: reads `limit`"},
		{"a hidden name of another package", map[string]string{"a": "services: [string]: {x: <=_max}\n_max: 3", "b": "limit: int\n_max: limit"}, "services.[]"},
		{"an imported definition", map[string]string{"a": "import \"x.y/lib\"\nservices: [string]: lib.#S", "lib": "limit: 5\n#S: {x: <=limit}"}, "services.[]"},
		{"an imported collection", map[string]string{"a": "import \"x.y/lib\"\nservices: lib.#All", "lib": "#All: [string]: {x: int}"}, "services.[]"},
		{"an imported root", map[string]string{"a": "import \"x.y/b\"\nother: b.services", "b": "services: [string]: {}"}, "services.[] crosses: `other` reads `services`"},
		{"an imported root as a whole", map[string]string{"a": "import \"x.y/b\"\nother: b", "b": "services: [string]: {}"}, "services.[] crosses: `other` reads `services`"},
		{"a definition of an imported root", map[string]string{"a": "import \"x.y/b\"\nother: b.#D", "b": "#D: int\nservices: [string]: {}"}, "services.[]"},
		{"named by another team", map[string]string{"a": "services: [string]: {}", "b": "services: web: {}"}, "services.[] services.web"},
		{"read by another team", map[string]string{"a": "services: [string]: {}", "b": "services: _\nn: len(services)"}, "services.[] crosses: `n` reads `services`"},
	} {
		if got := told(scanned(t, c.texts)); got != c.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", c.name, c.texts, got, c.want)
		}
	}
}

func TestScanOfLimits(t *testing.T) {
	services, web := "services", "web"
	texts := map[string]string{"a": "services: [string]: {x: int}", "b": "services: web: x: 1\nservices: api: y: #D\n#D: 1"}
	for _, c := range []struct {
		name string
		team string
		may  protocol.Pattern
		want string
	}{
		{"of the pattern", "a", protocol.Pattern{&services, &web}, "services.[] crosses: `services.[]`: a team with limits speaks of all entities"},
		{"of the pattern, but wide", "a", protocol.Pattern{&services}, "services.[] services.api? services.web"},
		{"of named ones", "b", protocol.Pattern{&services, &web}, "services.[] services.api? services.web"},
		{"of named ones, elsewhere", "b", protocol.Pattern{&web}, "services.[] services.api? services.web?"},
	} {
		if got := told(scanned(t, texts, protocol.TeamLimit{Team: c.team, May: []protocol.Pattern{c.may}})); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestScanOfMany holds that many named entities are looked at once each.
func TestScanOfMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("services: [string]: {port: int}\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "services: s%d: {port: %d}\n", i, i)
	}
	patterns, _ := scanned(t, map[string]string{"a": b.String()})
	if len(patterns) != 1 || len(patterns[0].Named) != 3000 || len(patterns[0].Reasons) > 0 {
		t.Errorf("%d patterns", len(patterns))
	}
}

func TestObserves(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", `services: [string]: {replicas: >=2}`, ""},
		{"by entities only", "#observed: _\nservices: [N=string]: {b: #observed.zones[N].a}", ""},
		{"by the rest", "#observed: _\nn: #observed.zones.a.b\nservices: [N=string]: {b: #observed.zones[N].a}", "zones.a.b"},
		{"around entities", "#observed: _\nservices: [N=string]: {let l = #observed.zones[N], parts: [string]: {a: l}}", "zones.[]"},
		{"by entities that cross", "#observed: _\nservices: [N=string]: {b: #observed.zones[N].a}\nall: services", "zones.[].a"},
		{"by a helper", "#observed: _\n_z: #observed.zones\nservices: [string]: {z: string, b: _z[z].a}", "zones"},
		{"by a definition around entities", "#observed: _\n#App: services: [N=string]: {b: #observed.zones[N].a}\na: #App", "zones.[].a"},
		{"by another name", "X=#observed: _\nn: X.a", "the root"},
		{"constrained", "#observed: {a?: int, ...}\nservices: [string]: {}", "the root"},
		{"the whole", "#observed: _\nn: len(#observed)", "the root"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, observes := scanned(t, map[string]string{"a": c.text})
			var texts []string
			for _, p := range observes {
				texts = append(texts, pathText(p))
			}
			if got := strings.Join(texts, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
