package schema

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"
)

// TestHostile makes CUE of random documents, mostly of words of JSON Schema: each is
// either a problem or text that parses, and nothing panics. CONGRUENT_CASES asks for more.
func TestHostile(t *testing.T) {
	cases := 400
	if n, err := strconv.Atoi(os.Getenv("CONGRUENT_CASES")); err == nil {
		cases = n
	}
	good := 0
	for seed := range cases {
		g := generator{rand.New(rand.NewPCG(uint64(seed), 7))}
		document := g.schema(4)
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		source, err := Read("s.json", string(text))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, result := range []Result{FromJSONSchema(source, nil), FromCRD(source, nil, false)} {
			if len(result.Problems) > 0 {
				continue
			}
			file, err := parser.ParseFile("made.cue", result.Text.CUE, parser.ParseComments)
			if err != nil {
				t.Fatalf("seed %d: %s\nmakes\n%s\n%v", seed, text, result.Text.CUE, err)
			}
			if v := cuecontext.New().BuildFile(file); v.Err() != nil && strings.Contains(v.Err().Error(), "not found") {
				t.Fatalf("seed %d: %s\nmakes\n%s\n%v", seed, text, result.Text.CUE, v.Err())
			}
			good++
		}
	}
	if good < cases/20 {
		t.Errorf("only %d of %d documents were schemas", good, cases)
	}
}

type generator struct{ *rand.Rand }

func (g generator) schema(depth int) any {
	if depth == 0 || g.IntN(12) == 0 {
		return []any{true, false, map[string]any{}, map[string]any{"type": "string"}, nil, 3}[g.IntN(6)]
	}
	out := map[string]any{}
	for range 1 + g.IntN(4) {
		g.keyword(out, depth-1)
	}
	return out
}

func (g generator) keyword(out map[string]any, depth int) {
	name := []string{"a", "b-c", "$x", "_y", "#z", "a\nb", "\u0000", "if"}[g.IntN(8)]
	switch g.IntN(24) {
	case 0, 1, 2:
		out["type"] = []any{"object", "array", "string", "integer", "number", "null", []any{"string", "null"}, "objekt", 1}[g.IntN(9)]
	case 3, 4, 5:
		out["properties"] = map[string]any{name: g.schema(depth), "k": g.schema(depth)}
	case 6:
		out["required"] = []any{name, "k"}
	case 7, 8:
		out[[]string{"allOf", "anyOf", "oneOf", "prefixItems"}[g.IntN(4)]] = []any{g.schema(depth), g.schema(depth)}
	case 9:
		out[[]string{"not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems"}[g.IntN(9)]] = g.schema(depth)
	case 10:
		out["$defs"] = map[string]any{name: g.schema(depth), "d": g.schema(depth)}
	case 11, 12:
		out["$ref"] = []any{"#", "#/$defs/d", "#/properties/k", "other.json", "https://e.org/s", "#anchor", "#/$defs/" + name, 4}[g.IntN(8)]
	case 13:
		out[[]string{"minimum", "maximum", "multipleOf", "minLength", "maxItems", "minItems", "minProperties"}[g.IntN(7)]] = []any{0, 1.5, -1, 1e300, "x", 3}[g.IntN(6)]
	case 14:
		out["pattern"] = []any{"^a+$", "(?!x)", "[", "\\d\\p{Foo}", 1}[g.IntN(5)]
	case 15:
		out["patternProperties"] = map[string]any{[]string{"^a", "(?<x)", "[z"}[g.IntN(3)]: g.schema(depth)}
	case 16:
		out["enum"] = []any{1, "a\"\n", nil, map[string]any{name: []any{1}}}
	case 17:
		out["const"] = []any{name, 1, map[string]any{"a": 1}, []any{}}[g.IntN(4)]
	case 18:
		out["title"], out["description"] = "a */ \r\n{ } \u2028 x", strings.Repeat("long ", 5)
	case 19:
		out["format"] = []any{"email", "date", "uri", "none", 2}[g.IntN(5)]
	case 20:
		out["dependentRequired"] = map[string]any{name: []any{"k"}}
	case 21:
		out["dependentSchemas"] = map[string]any{name: g.schema(depth)}
	case 22:
		out["$id"] = []any{"https://e.org/s", "x.json", "#f"}[g.IntN(3)]
	case 23:
		out[name] = g.schema(depth)
	}
}
