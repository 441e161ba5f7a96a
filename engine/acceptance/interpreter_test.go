package acceptance_test

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// judge runs schemas in the dialect that this package writes, as a validator of
// JSON Schema 2020-12 would, over data as encoding/json reads it.
type judge struct {
	t           *testing.T
	label       string
	expressions map[string]*regexp.Regexp
}

func newJudge(t *testing.T) *judge { return &judge{t: t, expressions: map[string]*regexp.Regexp{}} }

func (j *judge) matches(expression, text string) bool {
	re := j.expressions[expression]
	if re == nil {
		re = regexp.MustCompile(expression)
		j.expressions[expression] = re
	}
	return re.MatchString(text)
}

func (j *judge) accepts(schema, value any) bool {
	keywords, ok := schema.(map[string]any)
	if !ok {
		return schema == true
	}
	for keyword, argument := range keywords {
		if !j.holds(keyword, argument, keywords, value) {
			return false
		}
	}
	return true
}

func (j *judge) holds(keyword string, argument any, all map[string]any, value any) bool {
	switch keyword {
	case "allOf", "anyOf":
		for _, s := range argument.([]any) {
			if j.accepts(s, value) != (keyword == "allOf") {
				return keyword == "anyOf"
			}
		}
		return keyword == "allOf"
	case "not":
		return !j.accepts(argument, value)
	case "const":
		return reflect.DeepEqual(argument, value)
	case "enum":
		for _, v := range argument.([]any) {
			if reflect.DeepEqual(v, value) {
				return true
			}
		}
		return false
	case "isLabel":
		if pieces, ok := argument.([]any); ok {
			var texts []string
			for _, piece := range pieces {
				texts = append(texts, piece.(string))
			}
			return value == strings.Join(texts, j.label)
		}
		return argument == true && value == j.label
	case "type":
		return isOfType(argument.(string), value)
	}
	switch v := value.(type) {
	case float64:
		return j.numberHolds(keyword, argument, v)
	case string:
		return j.textHolds(keyword, argument, v)
	case []any:
		return j.listHolds(keyword, argument, all, v)
	case map[string]any:
		return j.mapHolds(keyword, argument, all, v)
	}
	return j.known(keyword)
}

// known fails the test for keywords that no validator was told of.
func (j *judge) known(keyword string) bool {
	switch keyword {
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "minLength", "maxLength", "prefixItems", "items", "minItems", "maxItems",
		"required", "properties", "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties":
		return true
	}
	j.t.Fatalf("unknown keyword `%s`", keyword)
	return false
}

func (j *judge) numberHolds(keyword string, argument any, v float64) bool {
	bound, _ := argument.(float64)
	switch keyword {
	case "minimum":
		return v >= bound
	case "maximum":
		return v <= bound
	case "exclusiveMinimum":
		return v > bound
	case "exclusiveMaximum":
		return v < bound
	}
	return j.known(keyword)
}

func (j *judge) textHolds(keyword string, argument any, v string) bool {
	switch keyword {
	case "pattern":
		return j.matches(argument.(string), v)
	case "minLength":
		return float64(utf8.RuneCountInString(v)) >= argument.(float64)
	case "maxLength":
		return float64(utf8.RuneCountInString(v)) <= argument.(float64)
	}
	return j.known(keyword)
}

func (j *judge) listHolds(keyword string, argument any, all map[string]any, v []any) bool {
	prefix, _ := all["prefixItems"].([]any)
	switch keyword {
	case "prefixItems":
		for i := range min(len(prefix), len(v)) {
			if !j.accepts(prefix[i], v[i]) {
				return false
			}
		}
		return true
	case "items":
		for i := len(prefix); i < len(v); i++ {
			if !j.accepts(argument, v[i]) {
				return false
			}
		}
		return true
	case "minItems":
		return float64(len(v)) >= argument.(float64)
	case "maxItems":
		return float64(len(v)) <= argument.(float64)
	}
	return j.known(keyword)
}

func (j *judge) mapHolds(keyword string, argument any, all map[string]any, v map[string]any) bool {
	switch keyword {
	case "required":
		for _, name := range argument.([]any) {
			if _, ok := v[name.(string)]; !ok {
				return false
			}
		}
		return true
	case "properties":
		for name, s := range argument.(map[string]any) {
			if member, ok := v[name]; ok && !j.accepts(s, member) {
				return false
			}
		}
		return true
	case "patternProperties":
		for expression, s := range argument.(map[string]any) {
			for name, member := range v {
				if j.matches(expression, name) && !j.accepts(s, member) {
					return false
				}
			}
		}
		return true
	case "additionalProperties":
		return j.othersHold(argument, all, v)
	case "propertyNames":
		for name := range v {
			if !j.accepts(argument, name) {
				return false
			}
		}
		return true
	case "minProperties":
		return float64(len(v)) >= argument.(float64)
	case "maxProperties":
		return float64(len(v)) <= argument.(float64)
	}
	return j.known(keyword)
}

func (j *judge) othersHold(argument any, all map[string]any, v map[string]any) bool {
	properties, _ := all["properties"].(map[string]any)
	patterns, _ := all["patternProperties"].(map[string]any)
	for name, member := range v {
		_, known := properties[name]
		for expression := range patterns {
			known = known || j.matches(expression, name)
		}
		if !known && !j.accepts(argument, member) {
			return false
		}
	}
	return true
}

func isOfType(kind string, value any) bool {
	switch v := value.(type) {
	case nil:
		return kind == "null"
	case bool:
		return kind == "boolean"
	case string:
		return kind == "string"
	case float64:
		return kind == "number" || kind == "integer" && v == math.Trunc(v)
	case []any:
		return kind == "array"
	}
	return kind == "object"
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
