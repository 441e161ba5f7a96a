package evaluator

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// ask asks about some entities and the rest.
func (d *divided) ask(t *testing.T, kept []protocol.Path, context bool) []protocol.EngineFinding {
	t.Helper()
	keep := map[string]bool{}
	for _, path := range kept {
		keep[strings.Join(path, "\x00")] = true
	}
	var state any
	if err := json.Unmarshal([]byte(d.request.Observed.State), &state); err != nil {
		t.Fatal(err)
	}
	ranks := map[string]map[string]int{}
	var keepFields []protocol.Path
	for _, c := range d.collections {
		key := strings.Join(c.path, "\x00")
		ranks[key] = map[string]int{}
		parent := valueAt(state, c.path)
		var elements []any
		for _, label := range c.entities {
			path := append(slices.Clone(c.path), label)
			if !keep[strings.Join(path, "\x00")] {
				if members, ok := parent.(map[string]any); ok {
					delete(members, label)
				}
				continue
			}
			if c.list {
				ranks[key][label] = len(elements)
				elements = append(elements, valueAt(d.state, path))
			} else {
				keepFields = append(keepFields, path)
			}
		}
		if c.list {
			holder := valueAt(state, c.path[:len(c.path)-1]).(map[string]any)
			holder[c.path[len(c.path)-1]] = append([]any{}, elements...)
		}
	}
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	request := *d.request
	observed := *d.request.Observed
	observed.State = string(text)
	if context {
		observed.Context = d.request.Observed.State
	}
	led := func(path protocol.Path) (protocol.Path, bool) {
		for _, c := range d.collections {
			if c.list && len(path) > len(c.path) && slices.Equal(path[:len(c.path)], c.path) {
				rank, ok := ranks[strings.Join(c.path, "\x00")][path[len(c.path)]]
				out := slices.Clone(path)
				out[len(c.path)] = strconv.Itoa(rank)
				return out, ok
			}
		}
		return path, true
	}
	observed.Masked, observed.Contested = nil, nil
	for _, m := range d.request.Observed.Masked {
		if path, ok := led(m); ok {
			observed.Masked = append(observed.Masked, path)
		}
	}
	for _, c := range d.request.Observed.Contested {
		if path, ok := led(c.Path); ok {
			c.Path = path
			observed.Contested = append(observed.Contested, c)
		}
	}
	request.Observed = &observed
	request.Restriction = &protocol.Restriction{Patterns: d.patterns, Keep: append(keepFields, d.undivided...)}
	findings := Check(&request).Findings
	for i := range findings {
		d.moveBack(&findings[i], ranks)
	}
	return findings
}

// moveBack gives positions in lists their numbers in the whole.
func (d *divided) moveBack(f *protocol.EngineFinding, ranks map[string]map[string]int) {
	back := func(path protocol.Path) protocol.Path {
		for _, c := range d.collections {
			if !c.list || len(path) <= len(c.path) || !slices.Equal(path[:len(c.path)], c.path) {
				continue
			}
			for label, rank := range ranks[strings.Join(c.path, "\x00")] {
				if strconv.Itoa(rank) == path[len(c.path)] {
					out := slices.Clone(path)
					out[len(c.path)] = label
					return out
				}
			}
		}
		return path
	}
	moved := back(f.Path)
	if !slices.Equal(moved, f.Path) {
		f.At = movedAt(f.At, f.Path, moved)
	}
	f.Path = moved
	for i := range f.Reads {
		f.Reads[i] = back(f.Reads[i])
	}
	for i := range f.Alternatives {
		f.Alternatives[i].Path = back(f.Alternatives[i].Path)
	}
}

// movedAt writes the new position into a label path such as docs[0].port.
func movedAt(at string, from, to protocol.Path) string {
	for i := range from {
		if from[i] != to[i] {
			return strings.Replace(at, "["+from[i]+"]", "["+to[i]+"]", 1)
		}
	}
	return at
}
