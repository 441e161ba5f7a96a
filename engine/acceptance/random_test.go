package acceptance_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"
)

// writer makes up fragments: definitions, and what several teams say of entities by them.
type writer struct {
	*rand.Rand
	definitions []string
	// inside counts the unions around: CUE takes long for many of them.
	unions int
}

func (w *writer) one(list ...string) string { return list[w.IntN(len(list))] }

// field is a member: of one type for each label, so that not everything conflicts.
func (w *writer) field(depth int, marks ...string) string {
	switch label := w.one("a", "b", "c", "c", "d"); label {
	case "c", "d":
		return label + w.one(marks...) + ": " + w.value(depth-1)
	default:
		return label + w.one(marks...) + ": " + w.scalarOf(label)
	}
}

// scalarOf is a constraint on one number, or on one text.
func (w *writer) scalarOf(label string) string {
	if label == "a" {
		return w.one("int", "number", "_", "1", ">=1", "<3 & int", "!=2", "int | string", "*1 | int", "*1 | 2 | 3", ">0 | error(\"no\")", "1 | 2 | null", "_scalar", "uint8", "int & !=3", "(*1 | int) & >0", "1 | (>3 & <9)")
	}
	return w.one("string", "_", `"a"`, `!=""`, `=~"^a"`, `!~"b$"`, `"a" | "b"`, `*"a" | string`, "_scalar", `strings.MinRunes(1)`, `strings.HasPrefix("a")`, `null | =~"^a"`, `string & !="b"`, `or(["a", "ab"])`)
}

// value is a struct, or a list, or nothing in particular.
func (w *writer) value(depth int) string {
	switch n := w.IntN(16); {
	case depth <= 0 || n < 2:
		return w.one("_", "{...}", "{}", "{a?: int}", "null | {a!: 1}")
	case n < 9:
		return w.structOf(depth)
	case n < 11:
		return w.one(w.definitions...)
	case n == 11:
		return w.operand(depth) + " & " + w.operand(depth)
	case n == 12 && w.unions < 2:
		w.unions++
		return w.union(depth)
	case n == 13:
		return "close(" + w.structOf(depth) + ")"
	}
	return w.structOf(depth)
}

// listOf is a list of scalars or structs.
func (w *writer) listOf(depth int) string {
	return w.one("[..."+w.scalarOf("a")+"]", "[..."+w.value(depth-1)+"]", `*["a"] | [...string]`, "["+w.scalarOf("b")+", ...]", "["+w.structOf(depth-1)+"]", "list.MaxItems(2) & [...]")
}

func (w *writer) operand(depth int) string {
	if w.IntN(2) == 0 {
		return w.one(w.definitions...)
	}
	return w.structOf(depth - 1)
}

func (w *writer) union(depth int) string {
	a, b := w.structOf(depth-1), w.structOf(depth-1)
	if w.IntN(4) > 0 {
		a, b = "{k: 1, "+a[1:], "{k: 2, "+b[1:]
	}
	return "(" + a + " | " + b + w.one("", " | null", ` | error("none fits")`) + ")"
}

func (w *writer) structOf(depth int) string {
	var parts []string
	for range w.IntN(4) {
		parts = append(parts, w.field(depth, "", "", "!", "?", "?"))
	}
	switch w.IntN(16) {
	case 0:
		parts = append(parts, w.one(`["a" | "e"]: int`, `[=~"^[ae]"]: number`, `[!~"^[b-d]|[kl]"]: >=1`, "["+w.one("string", `!="b"`, `=~"."`)+"]: _", `[=~"^[c-d]"]: `+w.value(depth-1)))
	case 1, 2:
		parts = append(parts, w.one(w.definitions...))
	case 3:
		parts = append(parts, w.one(w.definitions...), w.one(w.definitions...))
	case 4, 5:
		parts = append(parts, w.one(`k: 1 | 2, if k == 1 {a!: int}`, `k: int, if k > 1 {c: _}, if !(k > 1) {b?: string}`, `a?: int, if #observed.entities[N].a != _|_ if #observed.entities[N].a > 1 {b!: string}`))
	case 6:
		parts = append(parts, w.one("a", "b", "d", "e")+`?: error("no")`)
	case 7, 8:
		parts = append(parts, "l"+w.one("", "?", "!")+": "+w.listOf(depth))
	}
	if w.IntN(4) == 0 {
		parts = append(parts, "...")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// texts are two teams' fragments.
func (w *writer) texts() []string {
	names := []string{"#A", "#B", "#C", "_open"}
	var texts []string
	for team := range 2 {
		text := "import (\"strings\", \"list\")\n#observed: _\n_scalar: 1 | \"a\"\n_use: [strings.ToLower(\"\"), list.Concat([])]\n"
		for i, name := range names {
			w.definitions = append([]string{}, names[:i]...)
			if i == 0 {
				w.definitions = []string{"{a?: int}"}
			}
			if team == 0 || name == "_open" {
				text += name + ": " + w.structAlone() + "\n"
				if w.IntN(4) == 0 {
					text += name + ": " + w.structAlone() + "\n"
				}
			} else {
				text += name + ": " + w.one("_", "{...}", "{a?: _}", "{e?: int}") + "\n"
			}
		}
		w.definitions = names
		text += "entities: [N=" + w.one("string", "string", ` =~"^w"`) + "]: " + w.value(1+w.IntN(3)) + "\n"
		if w.IntN(3) == 0 {
			text += fmt.Sprintf("entities: web: {%s, c: %s, %s}\n", w.one("a: 1", "a: >=1", "a?: 2"), w.one("{a: 1}", `{b: "a", a: 2}`, "#A & {a: 1}"), w.one(`b: "a"`, "d: {a: 1}", `l: ["a"]`, "k: 1"))
		}
		texts = append(texts, text)
	}
	return texts
}

// structAlone is a struct without conditions on the entity, whose label only patterns know.
func (w *writer) structAlone() string {
	for {
		if s := w.structOf(1 + w.IntN(2)); !strings.Contains(s, "#observed") {
			return s
		}
	}
}

// sample is a value that a schema accepts, if that is easy.
func (g *generator) sample(schema any) any {
	k, ok := schema.(map[string]any)
	if !ok {
		return g.anything(1)
	}
	if list, ok := k["anyOf"].([]any); ok {
		return g.sample(pick(g, list))
	}
	if list, ok := k["enum"].([]any); ok {
		return pick(g, list)
	}
	if c, ok := k["const"]; ok {
		return c
	}
	if list, ok := k["allOf"].([]any); ok {
		return g.joined(list)
	}
	switch k["type"] {
	case "object":
		return g.sampleMap(k)
	case "array":
		out := []any{}
		prefix, _ := k["prefixItems"].([]any)
		for _, s := range prefix {
			out = append(out, g.sample(s))
		}
		if s, ok := k["items"]; ok {
			for range g.IntN(3) {
				out = append(out, g.sample(s))
			}
		}
		return out
	case "string":
		return pick(g, []string{"a", "b", "ab", "x"})
	case "boolean":
		return g.IntN(2) == 0
	case "number", "integer":
		return float64(g.IntN(4))
	}
	return g.anything(1)
}

// joined joins samples of several schemas, maps member by member.
func (g *generator) joined(list []any) any {
	out := map[string]any{}
	for _, s := range list {
		v := g.sample(s)
		m, isMap := v.(map[string]any)
		if !isMap {
			return v
		}
		for _, name := range slices.Sorted(maps.Keys(m)) {
			member := m[name]
			old, twice := out[name].(map[string]any)
			added, isMap := member.(map[string]any)
			if twice && isMap {
				member = maps.Clone(old)
				maps.Copy(member.(map[string]any), added)
			}
			if _, there := out[name]; !there || isMap || g.IntN(2) == 0 {
				out[name] = member
			}
		}
	}
	return out
}

func (g *generator) sampleMap(k map[string]any) any {
	out := map[string]any{}
	properties, _ := k["properties"].(map[string]any)
	required, _ := k["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if s := properties[name]; s != false && (g.IntN(2) == 0 || slices.Contains(required, any(name))) {
			out[name] = g.sample(s)
		}
	}
	for _, name := range required {
		if _, there := out[name.(string)]; !there {
			out[name.(string)] = g.anything(1)
		}
	}
	return out
}

// conflict says that texts conflict whatever is observed.
func conflict(texts []string) bool {
	ctx := cuecontext.New()
	whole := ctx.CompileString("{}")
	for _, text := range texts {
		whole = whole.Unify(ctx.CompileString(text))
	}
	return whole.Validate() != nil
}

// TestRandom makes up fragments and entities for them.
func TestRandom(t *testing.T) {
	accepted, tried, undecidable := 0, 0, 0
	for seed := range uint64(runs(t, 100)) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 2))}
		texts := w.texts()
		if conflict(texts) {
			continue // to say what conflicts CUE may not come to an end
		}
		s := newSubject(t, texts...)
		if len(s.schemas) == 0 {
			undecidable++
			continue
		}
		g := &generator{Rand: w.Rand, words: wordsOf([]string{`{a: 1, b: "a", c: 3, k: 2, d: 4, e: 5, l: 1}`})}
		var all []any
		for _, l := range s.schemas {
			all = append(all, l.schema)
		}
		if d := s.named["web"]; d != nil {
			all = append(append(all, d.schemas...), map[string]any{"const": d.constants})
		}
		tried += 60
		accepted += s.mustBeSound(60, func() any {
			entity := g.joined(all)
			if g.IntN(3) == 0 {
				entity = g.perturbed(entity)
			}
			return entity
		})
	}
	t.Logf("accepted %d of %d; %d texts left to the evaluator", accepted, tried, undecidable)
	if accepted < tried/20 {
		t.Errorf("only %d of %d entities are accepted", accepted, tried)
	}
}
