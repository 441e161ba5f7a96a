package evaluator

import (
	"encoding/json"

	"congruent.dev/engine/protocol"
)

// observed is a state, mostly right, looked at as a whole but for some places.
func (g *partsGenerator) observed() *protocol.Observed {
	state := map[string]any{
		"zones": map[string]any{"z1": map[string]any{"up": g.IntN(4) > 0, "cap": g.IntN(5)}, "z2": map[string]any{"up": true, "cap": 3}},
		"other": map[string]any{"a": g.IntN(6)}, "max": g.IntN(14), "owner": "x",
	}
	if g.IntN(8) == 0 {
		state["zones"] = map[string]any{"z1": map[string]any{"up": g.pick("no", "yes"), "cap": "many"}, "z3": 4}
	}
	entities := map[string]any{}
	var list []any
	for _, name := range g.names {
		if g.IntN(4) > 0 {
			entities[name] = g.entity()
			list = append(list, entities[name])
		}
	}
	switch g.layout {
	case "map":
		state["services"] = entities
	case "nested":
		other := map[string]any{}
		for _, name := range g.some(40, g.names...) {
			other[name] = g.entity()
		}
		state["spaces"] = map[string]any{"one": map[string]any{"services": entities}, "two": map[string]any{"services": other, "quota": 3}}
	case "list":
		state["services"] = append([]any{}, list...)
	}
	for _, label := range []string{"zones", "other", "max", "owner"} {
		if g.IntN(8) == 0 {
			delete(state, label)
		}
	}
	o := &protocol.Observed{Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}}}
	if g.IntN(8) == 0 {
		zones := "zones"
		o.Coverage = append(o.Coverage, protocol.Coverage{Path: protocol.Pattern{&zones}, Status: "refused", Reason: "no"})
	}
	g.mark(o, state)
	text, _ := json.Marshal(state)
	o.State = string(text)
	return o
}

// mark masks a leaf, or lets observers differ about one.
func (g *partsGenerator) mark(o *protocol.Observed, state map[string]any) {
	if g.IntN(5) > 0 {
		return
	}
	path := protocol.Path{"services", g.pick(g.names...), g.pick("replicas", "tier", "flag", "tls", "zone")}
	switch {
	case g.IntN(4) == 0:
		path = protocol.Path{"zones", "z1", g.pick("up", "cap")}
	case g.layout == "nested":
		path = append(protocol.Path{"spaces", "one"}, path...)
	case g.layout == "list":
		path[1] = "0"
	}
	if g.IntN(2) == 0 {
		o.Masked = append(o.Masked, path)
		return
	}
	if holder, ok := valueAt(state, path[:len(path)-1]).(map[string]any); ok {
		delete(holder, path[len(path)-1])
	} else if g.layout == "list" {
		return
	}
	o.Contested = append(o.Contested, protocol.Contested{Path: path, Values: []string{"1", "3"}, Absent: g.IntN(2) == 0})
}

// entity is an observed entity, right or wrong in places.
func (g *partsGenerator) entity() any {
	if g.IntN(25) == 0 {
		return g.leaf()
	}
	out := map[string]any{}
	put := func(label string, good ...any) {
		switch n := g.IntN(20); {
		case n < 13:
			out[label] = good[g.IntN(len(good))]
		case n < 15:
			out[label] = g.leaf()
		}
	}
	put("replicas", 1, 2, 3, 4, 3.0)
	put("image", "reg/a", "img")
	put("tier", "gold", "bronze", "silver")
	put("port", 80, 81)
	put("env", map[string]any{"A": "x"}, map[string]any{})
	put("hosts", []any{"h"}, []any{"h", "i", "j"}, []any{})
	put("tls", map[string]any{"on": true}, map[string]any{"on": false, "cert": "c"})
	put("zone", "z1", "z2", "z3")
	put("flag", true, false)
	put("name", "a", "b")
	if g.IntN(4) == 0 {
		put("items", []any{map[string]any{"n": 1}}, []any{map[string]any{"n": 2, "m": 3}, map[string]any{"n": "s"}}, []any{})
		put("caps", []any{"ALL"}, []any{"x"})
		put("x_1", 1)
		put("z1_x", 2)
		put("env_A", "x", "y")
		put("own", map[string]any{"a": 1}, map[string]any{"b": 1})
		put("far", true)
		put("str", "2", "3")
	}
	if g.IntN(3) == 0 {
		put("total", 4, 6)
		put("conf", map[string]any{"kind": "x", "port": 1}, map[string]any{"kind": "y", "path": 2})
		put("limit", 3, 8)
		put("size", 2, "ab", "abcd")
		put("nested", map[string]any{"deep": map[string]any{"x": 1, "y1": 2}})
		put("ports", map[string]any{"p": map[string]any{"n": 1}})
		put("ratio", 1.5, 1)
		put("cert", "c")
		put("near", 3)
		put("secure", true)
	}
	return out
}

func (g *partsGenerator) leaf() any {
	return []any{nil, 7, "s", true, []any{1}, map[string]any{"q": 1}, 2.5}[g.IntN(7)]
}
