package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// mostItems bounds `minItems`: the importer writes out as many elements.
const mostItems = 1000

// tooMuch finds what would take the importer more time or memory than it is worth.
func tooMuch(x ast.Expr) []Told {
	var out []Told
	each(x, nil, func(f *ast.Field, _ []string) {
		if labelOf(f) != "minItems" {
			return
		}
		if l, ok := f.Value.(*ast.BasicLit); ok && (l.Kind == token.INT || l.Kind == token.FLOAT) {
			if n, err := strconv.ParseFloat(l.Value, 64); err != nil || n > mostItems {
				out = append(out, Told{f.Label.Pos(), fmt.Sprintf("`minItems` is %s: at most %d can be checked", l.Value, mostItems)})
			}
		}
	})
	return out
}

// each visits every member of a document with the labels on the way to it.
func each(x ast.Expr, path []string, visit func(*ast.Field, []string)) {
	switch x := x.(type) {
	case *ast.StructLit:
		for _, f := range fieldsOf(x) {
			visit(f, path)
			each(f.Value, append(slices.Clip(path), labelOf(f)), visit)
		}
	case *ast.ListLit:
		for _, e := range x.Elts {
			each(e, append(slices.Clip(path), "[]"), visit)
		}
	}
}

// negating are keywords below which less said is more refused, or the other way round.
var negating = []string{"not", "oneOf", "if", "contains"}

// asserting are keywords of the standard that the importer does not know; others only describe.
var asserting = []string{"unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"}

// leftOut divides what a lenient import leaves out: what only describes is not told,
// what is left out of what must hold is a note, and what changes the meaning of a
// negation a problem.
func leftOut(source *Source, strict []Told) (notes, problems []Told) {
	seen := map[string]bool{}
	for _, t := range strict {
		path := source.Place(t.At).Path
		keyword := ""
		if len(path) > 0 {
			keyword = path[len(path)-1]
		}
		switch {
		case strings.Contains(t.Message, "not yet implemented") && !slices.Contains(asserting, keyword):
			continue
		case strings.Contains(t.Message, "unknown keyword"):
			if seen[keyword] {
				continue
			}
			seen[keyword] = true
			notes = append(notes, Told{t.At, "the keyword `" + keyword + "` is not known to JSON Schema and says nothing"})
			continue
		case strings.Contains(t.Message, "not yet implemented"):
			t.Message = "the keyword `" + keyword + "` is not checked: CUE cannot express it"
		case strings.Contains(t.Message, "regexp"):
			t.Message = "`" + keyword + "` is not checked: " + t.Message
		}
		if slices.ContainsFunc(path[:max(0, len(path)-1)], func(label string) bool { return slices.Contains(negating, label) }) {
			t.Message += ", and what is said around it would mean something else without"
			problems = append(problems, t)
			continue
		}
		notes = append(notes, t)
	}
	return notes, problems
}

// checkedFormats are the values of `format` that the importer makes constraints of.
var checkedFormats = []string{"date", "date-time", "datetime", "int32", "int64", "iri", "iri-reference", "regex", "uint32", "uint64", "uri", "uri-reference"}

// formatNotes tells in one note which formats are not checked.
func formatNotes(x ast.Expr) []Told {
	var formats []string
	first := token.NoPos
	each(x, nil, func(f *ast.Field, path []string) {
		format := textOf(f.Value)
		last := ""
		if len(path) > 0 {
			last = path[len(path)-1]
		}
		if labelOf(f) != "format" || format == "" || slices.Contains(checkedFormats, format) || slices.Contains([]string{"const", "default", "examples", "enum"}, last) {
			return
		}
		if !first.IsValid() {
			first = f.Label.Pos()
		}
		formats = append(formats, format)
	})
	if len(formats) == 0 {
		return nil
	}
	slices.Sort(formats)
	formats = slices.Compact(formats)
	return []Told{{first, "values of `format` that are not checked: `" + strings.Join(formats, "`, `") + "`"}}
}
