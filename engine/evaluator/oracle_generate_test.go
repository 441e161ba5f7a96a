package evaluator

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
)

// A generated desired state is a tree of specs: what each team says about each
// place. From it come the fragments' texts, documents, and, in oracle_test.go,
// what a check must find, worked out from the texts of single conjuncts alone.

// spec is what teams say about one place.
type spec struct {
	atoms    []atom // of scalars; of lists: validators
	kind     string // "scalar", "map", "list", "union"
	sample   string // a JSON text that every atom permits
	members  map[string]*spec
	patterns []*patternSpec
	element  *spec
	// says holds the teams that write a struct or list here.
	says map[string]*saying
	// closed is the team that says it through a definition, if one does.
	closed string
}

type patternSpec struct {
	team    string
	regexp  string // "" is any label
	element *spec
}

// saying is a struct or list that a team writes: the presence marker of its field, and its rule.
type saying struct {
	mark, rule string
}

// atom is one conjunct as a team writes it.
type atom struct {
	team, text, mark, rule string
}

var oracleTeams = []string{"ant", "bee", "cow"}

type generator struct {
	*rand.Rand
	serial int
	// inside counts the closed structs around: in them CUE forgets that the
	// elements of a list are closed as soon as a validator stands beside it.
	inside int
}

func (g *generator) pick(list ...string) string { return list[g.IntN(len(list))] }

func (g *generator) marker() string { return g.pick("", "", "", "?", "!") }

// root is a map that every team opens.
func (g *generator) root() *spec {
	s := &spec{kind: "map", members: map[string]*spec{}, says: map[string]*saying{}}
	for _, t := range oracleTeams {
		s.says[t] = g.saying("")
	}
	for range 2 + g.IntN(4) {
		s.members[g.pick(oracleLabels...)] = g.spec(3, oracleTeams)
	}
	return s
}

func (g *generator) rule() string {
	g.serial++
	return fmt.Sprintf("R-%d", g.serial)
}

func (g *generator) saying(mark string) *saying { return &saying{mark, g.rule()} }

func (g *generator) atom(teams []string, text string) atom {
	return atom{team: g.pick(teams...), text: text, mark: g.marker(), rule: g.rule()}
}

func (g *generator) spec(depth int, teams []string) *spec {
	switch n := g.IntN(10); {
	case depth > 0 && n < 3:
		return g.mapSpec(depth, teams)
	case depth > 0 && n < 4:
		return g.listSpec(depth, teams)
	case n < 5:
		return g.unionSpec(teams)
	}
	return g.scalarSpec(teams)
}

var oracleLabels = []string{"a", "b", "c", "d", "e f", "k-1", "0"}

func (g *generator) mapSpec(depth int, teams []string) *spec {
	s := &spec{kind: "map", members: map[string]*spec{}, says: map[string]*saying{}}
	for range 1 + g.IntN(2) {
		s.says[g.pick(teams...)] = g.saying(g.marker())
	}
	if len(teams) > 1 && g.IntN(3) == 0 {
		// one team says everything inside a closed struct, so that the others do not conflict with it
		s.closed = sortedKeys(s.says)[0]
		s.says = map[string]*saying{s.closed: s.says[s.closed]}
		g.inside++
		defer func() { g.inside-- }()
	}
	teams = sortedKeys(s.says)
	for range g.IntN(4) {
		s.members[g.pick(oracleLabels...)] = g.spec(depth-1, teams)
	}
	if len(s.members) == 0 || g.IntN(3) == 0 {
		team := g.pick(teams...)
		p := &patternSpec{team: team, regexp: "^[p-z]", element: g.spec(min(depth-1, 1), []string{team})}
		if len(s.members) == 0 {
			p.regexp = g.pick("", "^[p-z]")
		}
		s.patterns = append(s.patterns, p)
	}
	return s
}

func (g *generator) listSpec(depth int, teams []string) *spec {
	team := g.pick(teams...)
	s := &spec{kind: "list", says: map[string]*saying{team: g.saying(g.marker())}}
	s.element = g.spec(min(depth-1, 1), []string{team})
	if g.inside == 0 && g.IntN(2) == 0 {
		s.atoms = append(s.atoms, g.atom(teams, fmt.Sprintf("list.MaxItems(%d)", 1+g.IntN(3))))
	}
	return s
}

func (g *generator) unionSpec(teams []string) *spec {
	s := &spec{kind: "union", sample: `{"kind": "tcp", "port": 3, "path": "p"}`}
	s.atoms = []atom{g.atom(teams, `{kind: "tcp", port: int, ...} | {kind: "unix", path: string, ...}`)}
	return s
}

// scalarSpec says several things about one atom that one sample satisfies all.
func (g *generator) scalarSpec(teams []string) *spec {
	s := &spec{kind: "scalar"}
	var say func() string
	switch g.IntN(5) {
	case 0:
		n := g.IntN(20)
		s.sample = fmt.Sprint(n)
		say = func() string {
			return g.pick("int", "number", fmt.Sprintf(">=%d", n-g.IntN(3)), fmt.Sprintf("<%d", n+1+g.IntN(3)), fmt.Sprintf("!=%d", n+1+g.IntN(2)),
				fmt.Sprintf("*%d | int", n), fmt.Sprintf("%d | %d | \"auto\"", n, n+1), fmt.Sprintf("%d.0 | >%d", n, n-1), fmt.Sprintf("matchN(1, [>=%d, string])", n-1), "int | string",
				fmt.Sprintf(`>=%d | error("too small")`, n-1), "_", fmt.Sprintf("(int & >=%d) | null", n-2))
		}
	case 1:
		s.sample = g.pick("1.5", "2.25", "-0.5")
		say = func() string {
			return g.pick("number", "float", ">=-1", "<=3.5", "!=7", "number | string", "*"+s.sample+" | number")
		}
	case 2:
		s.sample = g.pick(`"abc"`, `"reg/x"`, `"x"`)
		text := strings.Trim(s.sample, `"`)
		say = func() string {
			return g.pick("string", fmt.Sprintf("=~%q", "^"+text), fmt.Sprintf("!=%q", text+"q"), fmt.Sprintf("strings.MaxRunes(%d)", len(text)+g.IntN(2)),
				fmt.Sprintf("strings.MinRunes(%d)", max(0, len(text)-g.IntN(2))), fmt.Sprintf("%q | %q", text, "other"), fmt.Sprintf("*%q | string", text), "!~\"^zz\"", "string | int",
				fmt.Sprintf("strings.HasPrefix(%q)", text[:1]), fmt.Sprintf("matchN(1, [%q, int])", text), fmt.Sprintf("=~%q | error(\"[E-%d] wrong\")", "^"+text[:1], g.IntN(5)))
		}
	case 3:
		s.sample = g.pick("true", "false")
		say = func() string { return g.pick("bool", s.sample, "bool | int", "*"+s.sample+" | bool") }
	default:
		s.sample = "null"
		say = func() string { return g.pick("null", "null | int", "*null | string", "_") }
	}
	for range 1 + g.IntN(4) {
		s.atoms = append(s.atoms, g.atom(teams, say()))
	}
	return s
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// value is a document for a spec: mostly what it wants, sometimes not.
func (g *generator) value(s *spec, wrong int) any {
	if g.IntN(100) < wrong {
		return g.anything(1)
	}
	switch s.kind {
	case "map":
		out := map[string]any{}
		for label, m := range s.members {
			if g.IntN(100) >= wrong {
				out[label] = g.value(m, wrong)
			}
		}
		for _, p := range s.patterns {
			for range g.IntN(3) {
				out[g.pick("pp", "qq", "zz", "mm")] = g.value(p.element, wrong)
			}
		}
		if g.IntN(100) < wrong {
			out[g.pick("extra", "zz", "mm")] = g.anything(1)
		}
		return out
	case "list":
		out := []any{}
		for range g.IntN(4) {
			out = append(out, g.value(s.element, wrong))
		}
		return out
	}
	if n, err := strconv.Atoi(s.sample); err == nil && g.IntN(4) == 0 {
		return rawValue(fmt.Sprint(n + 1))
	}
	return rawValue(s.sample)
}

type rawValue string

func (g *generator) anything(depth int) any {
	switch g.IntN(9) {
	case 0:
		return rawValue(fmt.Sprint(g.IntN(25) - 3))
	case 1:
		return rawValue(g.pick("1.5", "3.75", "-0.5", "1e400"))
	case 2:
		return rawValue(g.pick(`"abc"`, `"x"`, `"reg/x"`, `"zzz"`, `""`, `"auto"`))
	case 3:
		return rawValue(g.pick("true", "false", "null"))
	case 4:
		return rawValue(g.pick(`{"kind": "unix", "port": 3, "path": 4}`, `{"kind": "tcp", "port": "q", "path": "p"}`, `{"kind": "other", "port": 1, "path": "p"}`))
	case 5:
		if depth > 0 {
			return []any{g.anything(depth - 1), g.anything(depth - 1)}
		}
		return []any{}
	case 6:
		if depth > 0 {
			return map[string]any{g.pick(oracleLabels...): g.anything(depth - 1)}
		}
		return map[string]any{}
	}
	return rawValue(fmt.Sprint(g.IntN(20)))
}

// text writes a document as JSON, members in a random order.
func (g *generator) text(v any) string {
	switch v := v.(type) {
	case rawValue:
		return string(v)
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, g.text(x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		keys := sortedKeys(v)
		g.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		var parts []string
		for _, k := range keys {
			parts = append(parts, fmt.Sprintf("%q: %s", k, g.text(v[k])))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "null"
}
