package evaluator

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"congruent.dev/engine/protocol"
)

// partsGenerator makes requests whose fragments speak of entities by patterns and by name.
type partsGenerator struct {
	*rand.Rand
	layout string // "map", "nested" or "list"
	names  []string
}

func (g *partsGenerator) pick(list ...string) string { return list[g.IntN(len(list))] }

// some picks a few of a list, in its order.
func (g *partsGenerator) some(percent int, list ...string) []string {
	var out []string
	for _, x := range list {
		if g.IntN(100) < percent {
			out = append(out, x)
		}
	}
	return out
}

func (g *partsGenerator) request() *protocol.Request {
	g.layout = g.pick("map", "map", "nested", "list")
	g.names = []string{"a", "b", "c", "d", "e-1"}
	f := &protocol.Fragments{Tags: map[string]string{}}
	add := func(team, text string) {
		f.Files = append(f.Files, protocol.SourceFile{Name: team + "/" + team + ".cue", Text: "package " + team + "\n" + text, Team: team})
		f.Parts = append(f.Parts, protocol.Part{Kind: "package", Team: team, Dir: team, Package: team})
	}
	add("platform", g.platform())
	if g.IntN(3) > 0 {
		add("sre", g.sre())
	}
	add("owners", g.owners())
	if g.layout == "map" && g.IntN(6) == 0 {
		f.Files[len(f.Files)-1].Text = "@extern(embed)\n" + f.Files[len(f.Files)-1].Text + "services: _ @embed(file=\"more.json\")\nservices: c: port: int @tag(port,type=int)\n"
		f.Files = append(f.Files, protocol.SourceFile{Name: "owners/more.json", Text: `{"b": {"tier": "gold"}, "d": {"env": {"A": "x"}}}`, Team: "owners"})
		f.Tags["port"] = "80"
	}
	f.Files = append(f.Files, protocol.SourceFile{Name: "lib/lib.cue", Text: "package lib\n#Max: 6\n#Port: int & >0\n#Probe: {path: string, every: *10 | int}\nsize: 4\n"})
	if g.layout != "list" && g.IntN(3) == 0 {
		body := map[string]any{g.pick(g.names...): map[string]any{"replicas": g.IntN(6), "image": "reg/x"}}
		var x any = map[string]any{"services": body}
		if g.layout == "nested" {
			x = map[string]any{"spaces": map[string]any{"one": map[string]any{"services": body}}}
		}
		text, _ := json.Marshal(x)
		f.Parts = append(f.Parts, protocol.Part{Kind: "data", Team: "ops", File: "ops.json", JSON: string(text)})
	}
	req := &protocol.Request{Op: "check", Fragments: f, Drift: g.IntN(2) == 0}
	req.Observed = g.observed()
	if g.IntN(12) == 0 {
		label := g.pick("owners", "sre", "platform", "ops")
		may := protocol.Pattern{}
		services := "services"
		if g.IntN(2) == 0 {
			may = append(may, &services)
			if g.IntN(2) == 0 {
				may = append(may, nil)
			}
		}
		f.Limits = append(f.Limits, protocol.TeamLimit{Team: label, May: []protocol.Pattern{may}})
	}
	return req
}

// rules is what a pattern says of every entity.
func (g *partsGenerator) rules(percent int, label bool) string {
	list := []string{
		"replicas: >=2", "replicas: int & <=5", `image: =~"^reg/"`, `tier: *"bronze" | "gold" | "silver"`, "port!: int & >0",
		"env: [string]: string", "env: close({A?: string, B?: int})", "hosts: [...string]", "hosts: list.MaxItems(2)", "tls?: {on: bool, cert?: string}",
		`if tier == "gold" {replicas: >=3}`, "if tls.on {cert: string}", "if tls != _|_ {secure: true}", "total: replicas * 2", "total: <=8",
		"_check: replicas & >1", "_few: len(hosts) & <3", `conf: {kind: "x", port: int} | {kind: "y", path: string}`, `conf?: {kind: "x" | "y", ...}`,
		"zone: or(#Zones)", "limit: <=#Max", "limit: <=_max", "limit: <=lib.#Max", "let half = replicas\n\tmin: <=half", `replicas: >1 | error("[E-1] too few")`,
		"matchN(1, [{replicas: >1}, {port: string}])", "size: matchN(2, [int, >1, string])", "size: strings.MaxRunes(3)", "_#Own: {x: int}\n\town: _#Own", "probe?: lib.#Probe",
		"replicas: #Range", `note: "\(tier)-x" | string`, "nested: deep: {x: int | *3, [=~\"^y\"]: bool}", "struct.MinFields(2)", "flag: *false | bool", "flag: bool",
		"if flag {extra: string}", `caps: *["ALL"] | [...string]`, "items: [...{n: int, m: *n | int}]", "items: [_, ...]", "replicas: uint8", "bad: 1 / replicas", `str: "\(replicas)"`,
		`for k, v in env {"env_\(k)": v}`, "if replicas > 3 {port: 80}", `[=~"^x_"]: int`, `[!~"^[a-zA-Z_]+$"]: _|_`, "own: close({a?: int})", "total: and([int, >2])", `"\(zone)_x": int`, "replicas!: _",
		"{hosts: [...string], nearby?: int}", "_zone: {z: zone, far: bool}\n\tfar: _zone.far", `replicas: int @rule(id="R-1", severity=warning)`, "matchIf({replicas: >2}, {port: int}, _)", "ports: [string]: {n: int, m: *n | int}", "ratio: number & <2", "ratio: float",
	}
	if label && g.layout == "map" {
		list = append(list, "name: N", "name: *N | string", "near: #observed.services[N].replicas", "if #observed.services[N].flag {replicas: <=4}", `if N == "a" {port: 80}`)
	}
	if g.IntN(4) == 0 {
		list = append(list, "up: #observed.zones[zone].up", "if #observed.zones.z1.up {replicas: >=2}", "most: <=#observed.zones.z2.cap", "if #observed.zones[zone] != _|_ {known: true}")
	}
	if label && g.layout == "nested" {
		list = append(list, "space: S", `if S == "one" {port: 80}`, "near: #observed.spaces[S].services[N].replicas", "if #observed.spaces[S].services[N].flag {replicas: <=4}", "cap: <=#observed.zones[S].cap")
	}
	if g.IntN(10) == 0 {
		list = append(list, "who: services.a.port", "limit: <=top", "cap: len(services)")
	}
	text := "\t" + strings.Join(g.some(percent, list...), "\n\t") + "\n"
	for label, declaration := range map[string]string{"replicas": "replicas: _", "hosts": "hosts?: _", "tier": "tier: _", "tls": "tls?: _", "flag": "flag?: _", "zone": "zone: _", "env": "env?: _"} {
		if regexp.MustCompile(`[^.A-Za-z]` + label + `[^A-Za-z:?]`).MatchString(text) {
			text += "\t" + declaration + "\n"
		}
	}
	return text
}

func (g *partsGenerator) platform() string {
	var b strings.Builder
	b.WriteString("import (\"list\", \"strings\", \"struct\", \"workspace.congruent/lib\")\n_used: [list.Max, strings.Join, struct.MinFields, lib.#Max]\n")
	b.WriteString("#observed: _\n#Max: 7\n_max: 9\n#Zones: [\"z1\", \"z2\"]\n#Range: >=1 & <=#Max\ntop: int | *3\nother: a: _\nmax: _\nzones: _\n")
	label, aliased := "[string]", g.IntN(2) == 0
	if aliased {
		label = "[N=string]"
	} else if g.IntN(5) == 0 {
		label = g.pick(`[=~"^[a-c]"]`, `["a" | "b"]`, `[!="c"]`)
	}
	rules := g.rules(12, aliased && g.layout != "list")
	body := "{\n" + rules + g.pick("\t...\n", "\t...\n", "") + "}"
	if g.IntN(2) == 0 && !aliased && g.layout != "map" || !aliased && g.IntN(2) == 0 {
		b.WriteString("#Service: " + body + "\n")
		body = g.pick("#Service", "#Service", "#Service & {port?: int}", "{#Service, replicas?: <8}")
	}
	switch g.layout {
	case "map":
		collection := "{" + label + ": " + body + "}"
		if g.IntN(6) == 0 && !aliased {
			b.WriteString("#Services: " + collection + "\n")
			collection = "#Services"
		}
		b.WriteString("services: " + collection + "\n")
	case "nested":
		b.WriteString("spaces: [S=string]: services: " + label + ": " + body + "\n")
	case "list":
		b.WriteString("services: [..." + body + "]\n")
	}
	for _, line := range g.some(25,
		"zones: [string]: {up: bool | *true, cap: int & >=1}", "zones: z1: cap: 3", "max: int & <=10", "other: {b: *a | int, a: _}",
		"_sum: other.a & >2", "owner!: string", "items: [...{n: int}]", "count: len(#observed.zones)", "if other.a > 3 {big: true}", "own: #Range", `zones: z2: up: "no"`, "_chk: {for k, z in #observed.zones if z.cap > 4 {(k): _|_}}", "far: zones.z1.cap", "_total: other.a + max & <12",
		"note: #observed.owner", "services: _", "spaces: [string]: quota: int & >2", `goods: [string]: x: lib.#Port`, "if #observed.max > 5 {large: true}",
	) {
		b.WriteString(line + "\n")
	}
	if g.IntN(8) == 0 {
		b.WriteString(g.pick("count2: len(services)", `[string]: _`, "all: [for k, v in services {k}]", "let s = services\nagain: s", "_ids: {for k, v in services {(k): 1}}", "seen: #observed.services", "count3: len(#observed.services)") + "\n")
	}
	return b.String()
}

func (g *partsGenerator) sre() string {
	var b strings.Builder
	b.WriteString("import (\"list\", \"strings\", \"struct\", \"workspace.congruent/lib\")\n_used: [list.Max, strings.Join, struct.MinFields, lib.#Max]\n#observed: _\nother?: _\ntop?: _\nservices?: _\n#Max: int\n_max: 5\n#Zones: [...string]\n#Range: int\n")
	body := "{\n" + g.rules(6, false) + "\t...\n}"
	switch g.layout {
	case "map":
		b.WriteString("services: [string]: " + body + "\n")
	case "nested":
		b.WriteString("spaces: [string]: services: [string]: " + body + "\n")
	case "list":
		b.WriteString("services: [..." + body + "]\n")
	}
	return b.String()
}

// owners names some entities.
func (g *partsGenerator) owners() string {
	var b strings.Builder
	b.WriteString("import \"workspace.congruent/lib\"\n")
	own := []string{
		"replicas: 3", "replicas: <=4", "port: 80", `tier: "gold"`, "extra: x: 1", `image: "reg/a"`, "tls: on: true", "hosts: [\"h\"]", "replicas: #Few", "port: lib.#Port", "replicas: >=size, size: int",
		"env: A: string", "optional?: int", "flag: *true | bool", "zone: \"z1\"", "note: string @rule(id=\"OWN-1\")",
	}
	for range g.IntN(6) {
		said := g.some(14, own...)
		text := strings.Join(said, ", ")
		name := g.pick(g.names...)
		if g.IntN(3) == 0 {
			name = strconv.Quote(name)
		}
		if strings.Contains(name, "-") && name[0] != '"' {
			name = strconv.Quote(name)
		}
		switch g.layout {
		case "map":
			b.WriteString(g.pick("services: %s: {%s}\n", "services: {%s: {%s}}\n", "services: {%s: {%s}, zz: {port: 5}}\n"))
		case "nested":
			b.WriteString("spaces: " + g.pick("one", "two") + ": services: %s: {%s}\n")
		case "list":
			continue
		}
		filled := fmt.Sprintf(b.String()[strings.LastIndex(strings.TrimSuffix(b.String(), "\n"), "\n")+1:], name, text)
		rest := b.String()[:strings.LastIndex(strings.TrimSuffix(b.String(), "\n"), "\n")+1]
		b.Reset()
		b.WriteString(rest + filled)
	}
	b.WriteString("#Few: <=4\nother: a?: int\n")
	text := b.String()
	if !strings.Contains(text, "lib.") {
		text = strings.Replace(text, "import \"workspace.congruent/lib\"\n", "", 1)
	}
	return text
}
