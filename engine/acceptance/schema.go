package acceptance

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"
)

// schema is a JSON Schema in the making: what nothing satisfies, or keywords that
// must all be satisfied; none of them is anything at all.
type schema struct {
	never bool
	// why says what makes nothing acceptable; empty where nothing is permitted indeed.
	why      []Reason
	keywords keywords
}

type keywords = map[string]any

func anything() schema { return schema{} }

// nothing is what constraints forbid.
func nothing() schema { return schema{never: true} }

func (s schema) isTrue() bool { return !s.never && len(s.keywords) == 0 }

// isObject says that a schema asks for a map and for nothing else.
func (s schema) isObject() bool {
	return !s.never && len(s.keywords) == 1 && s.keywords["type"] == "object"
}

// reasons are those of what nothing satisfies; where nothing is permitted, that is the reason.
func (s schema) reasons(n ast.Node) []Reason {
	if len(s.why) == 0 {
		return []Reason{{n, "nothing is permitted"}}
	}
	return s.why
}

// value is the schema as JSON has it.
func (s schema) value() any {
	switch {
	case s.never:
		return false
	case len(s.keywords) == 0:
		return true
	}
	return s.keywords
}

// text is the schema as JSON text, members sorted.
func (s schema) text() string { return jsonText(s.value()) }

func jsonText(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return "false"
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// all is satisfied by what satisfies every one of some schemas.
func all(list ...schema) schema {
	var parts []any
	var last schema
	seen := map[string]bool{}
	joined := keywords{}
	for _, s := range list {
		switch {
		case s.never:
			return s
		case s.isTrue() || seen[s.text()]:
			continue
		}
		seen[s.text()] = true
		last = s
		if joins(joined, s.keywords) {
			integer := joined["type"] == "integer"
			maps.Copy(joined, s.keywords)
			if integer {
				joined["type"] = "integer"
			}
			continue
		}
		parts = append(parts, s.value())
	}
	switch {
	case len(joined) == 0:
		return anything()
	case len(parts) == 0 && len(seen) == 1:
		return last
	case len(parts) == 0:
		return schema{keywords: joined}
	}
	return schema{keywords: keywords{"allOf": append([]any{any(joined)}, parts...)}}
}

// together are keywords that judge a value each for itself.
var together = []string{"type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "not", "const", "enum", "isLabel", "minLength", "maxLength", "minItems", "maxItems"}

// joins says that keywords may stand beside others in one schema.
func joins(to, from keywords) bool {
	if len(to) == 0 {
		return true
	}
	for k, v := range from {
		if old, twice := to[k]; twice && jsonText(old) != jsonText(v) && !areNumbers(old, v) || !slices.Contains(together, k) {
			return false
		}
	}
	return true
}

// areNumbers says of two types that every value of one is of the other: together they are integers.
func areNumbers(a, b any) bool {
	return a == "integer" && b == "number" || a == "number" && b == "integer"
}

// either is satisfied by what satisfies any one of some schemas.
func either(list ...schema) schema {
	var parts []any
	var why []Reason
	seen := map[string]bool{}
	last := nothing()
	for _, s := range list {
		switch {
		case s.never:
			why = append(why, s.why...)
			continue
		case s.isTrue():
			return s
		case seen[s.text()]:
			continue
		}
		seen[s.text()] = true
		last = s
		parts = append(parts, s.value())
	}
	switch len(parts) {
	case 0:
		return schema{never: true, why: why}
	case 1:
		return last
	}
	return schema{keywords: keywords{"anyOf": parts}}
}

// butNot is satisfied by values of a type that are not a constant.
func butNot(kind string, value any) schema {
	return schema{keywords: keywords{"type": kind, "not": keywords{"const": value}}}
}

// oneOfValues is satisfied by constants.
func oneOfValues(values []any) schema {
	if len(values) == 1 {
		return schema{keywords: keywords{"const": values[0]}}
	}
	return schema{keywords: keywords{"enum": values}}
}

func ofType(kind string) schema { return schema{keywords: keywords{"type": kind}} }
