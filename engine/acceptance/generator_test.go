package acceptance_test

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// generator makes entities that are nearly right.
type generator struct {
	*rand.Rand
	// words are names, texts and numbers that the fragments mention.
	words words
}

type words struct {
	names, texts []string
	numbers      []float64
}

var (
	nameIn   = regexp.MustCompile(`[A-Za-z][A-Za-z0-9]*`)
	textIn   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	numberIn = regexp.MustCompile(`-?[0-9]+(?:\.[0-9]+)?`)
)

func wordsOf(texts []string) words {
	w := words{names: []string{"zz", "x-a", "__proto__", "é"}, texts: []string{"", "é", "a\nb", "\U0001F600x", "x\r", "web"}, numbers: []float64{0, 1, -1, 2.5, 1e15}}
	all := strings.Join(texts, "\n")
	w.names = append(w.names, distinct(nameIn.FindAllString(all, -1))...)
	for _, quoted := range distinct(textIn.FindAllString(all, -1)) {
		if text, err := strconv.Unquote(quoted); err == nil {
			w.texts = append(w.texts, text, text+"x", strings.Trim(text, "^$"))
		}
	}
	for _, number := range distinct(numberIn.FindAllString(all, -1)) {
		if n, err := strconv.ParseFloat(number, 64); err == nil {
			w.numbers = append(w.numbers, n, n-1, n+1, n+0.5, -n)
		}
	}
	return w
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

func (g *generator) label() string {
	return pick(g, []string{"web", "web", "web", "web", "api", "w2", "zed"})
}

// perturbed changes a value in a few places, or not at all.
func (g *generator) perturbed(v any) any {
	changes := pick(g, []int{0, 1, 1, 1, 2, 2, 3, 5})
	for range changes {
		v = g.changed(v)
	}
	return v
}

// changed is a copy with one change somewhere.
func (g *generator) changed(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return g.changedMap(v)
	case []any:
		if len(v) > 0 && g.IntN(3) > 0 {
			out := slices.Clone(v)
			i := g.IntN(len(out))
			out[i] = g.changed(out[i])
			return out
		}
		switch g.IntN(4) {
		case 0:
			return g.anything(1)
		case 1:
			return v[:len(v)/2]
		case 2:
			return append(slices.Clone(v), v...)
		}
		return append(slices.Clone(v), g.anything(1))
	case float64:
		switch g.IntN(4) {
		case 0:
			return v + pick(g, []float64{-1, 1, 0.5, -0.5, 0.25, 100})
		case 1:
			return pick(g, g.words.numbers)
		}
	case string:
		switch g.IntN(4) {
		case 0:
			return v + pick(g, []string{"x", "\n", " ", "é", "\U0001F600", "-", "A", "\u2028"})
		case 1:
			return pick(g, g.words.texts)
		}
	}
	return g.anything(2)
}

func (g *generator) changedMap(v map[string]any) any {
	out := maps.Clone(v)
	names := slices.Sorted(maps.Keys(v))
	switch n := g.IntN(12); {
	case len(names) > 0 && n < 6:
		name := pick(g, names)
		out[name] = g.changed(out[name])
	case len(names) > 0 && n < 8:
		delete(out, pick(g, names))
	case len(names) > 0 && n < 9:
		name := pick(g, names)
		out[pick(g, g.words.names)] = out[name]
		delete(out, name)
	case n == 9:
		return g.anything(2)
	default:
		out[pick(g, g.words.names)] = g.anything(2)
	}
	return out
}

func (g *generator) anything(depth int) any {
	switch n := g.IntN(10); {
	case n < 3:
		return pick(g, g.words.numbers)
	case n < 5:
		return pick(g, g.words.texts)
	case n == 5:
		return g.IntN(2) == 0
	case n == 6:
		return nil
	case n == 7 && depth > 0:
		out := []any{}
		for range g.IntN(3) {
			out = append(out, g.anything(depth-1))
		}
		return out
	case depth > 0:
		out := map[string]any{}
		for range g.IntN(3) {
			out[pick(g, g.words.names)] = g.anything(depth - 1)
		}
		return out
	}
	return pick(g, g.words.numbers)
}
