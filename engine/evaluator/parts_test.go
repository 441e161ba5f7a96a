package evaluator

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// A check in parts: what a host does with a plan, so that tests can compare it
// with the check of the whole.

// divided is a request and the collections of its state that may be divided.
type divided struct {
	request     *protocol.Request
	plan        *protocol.PlanAnswer
	state       map[string]any
	patterns    []protocol.Pattern
	collections []dividedCollection
	undivided   []protocol.Path
}

type dividedCollection struct {
	path     protocol.Path
	list     bool
	entities []string // labels or positions
}

// divide finds what of a request may be divided; nil if nothing.
func divide(t *testing.T, req *protocol.Request) *divided {
	t.Helper()
	d := &divided{request: req, plan: Plan(&protocol.Request{Op: "plan", Fragments: req.Fragments})}
	if req.Observed == nil || json.Unmarshal([]byte(req.Observed.State), &d.state) != nil {
		return nil
	}
	for _, p := range d.plan.Separable {
		before := len(d.collections)
		for _, path := range instancesOf(d.state, p.Path[:len(p.Path)-1], protocol.Path{}) {
			if c, ok := d.collection(p, path); ok {
				d.collections = append(d.collections, c)
			}
		}
		if len(d.collections) > before {
			d.patterns = append(d.patterns, p.Path)
		}
		for _, n := range p.Named {
			if !slices.ContainsFunc(d.collections[before:], func(c dividedCollection) bool { return slices.Equal(c.path, n.Path[:len(n.Path)-1]) }) {
				d.undivided = append(d.undivided, n.Path)
			}
		}
	}
	if len(d.patterns) == 0 {
		return nil
	}
	return d
}

func instancesOf(value any, rest protocol.Pattern, at protocol.Path) []protocol.Path {
	if len(rest) == 0 {
		return []protocol.Path{at}
	}
	members, _ := value.(map[string]any)
	var out []protocol.Path
	for _, label := range sortedKeys(members) {
		if rest[0] == nil || *rest[0] == label {
			out = append(out, instancesOf(members[label], rest[1:], append(slices.Clone(at), label))...)
		}
	}
	return out
}

func valueAt(value any, path protocol.Path) any {
	for _, label := range path {
		switch v := value.(type) {
		case map[string]any:
			value = v[label]
		case []any:
			i, err := strconv.Atoi(label)
			if err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

// collection is one collection of a pattern, if it was looked at as a whole and is what the fragments expect.
func (d *divided) collection(p protocol.SeparablePattern, path protocol.Path) (dividedCollection, bool) {
	c := dividedCollection{path: path, list: p.List}
	observed := d.request.Observed
	if !newCoverage(observed.Coverage).at(path).whole() {
		return c, false
	}
	labels := map[string]bool{}
	switch v := valueAt(d.state, path).(type) {
	case map[string]any:
		if p.List {
			return c, false
		}
		for label := range v {
			labels[label] = true
		}
	case []any:
		if !p.List {
			return c, false
		}
		for i := range v {
			labels[strconv.Itoa(i)] = true
		}
	default:
		return c, false
	}
	marked := slices.Clone(observed.Masked)
	for _, contest := range observed.Contested {
		marked = append(marked, contest.Path)
	}
	for _, m := range marked {
		n := min(len(m), len(path))
		if !slices.Equal(m[:n], path[:n]) {
			continue
		}
		if len(m) <= len(path) {
			return c, false
		}
		labels[m[len(path)]] = true
	}
	for _, n := range p.Named {
		if len(n.Path) == len(path)+1 && slices.Equal(n.Path[:len(path)], path) {
			labels[n.Path[len(path)]] = true
		}
	}
	c.entities = sortedKeys(labels)
	for _, label := range append(slices.Clone(path), c.entities...) {
		if strings.HasPrefix(label, "_") || strings.HasPrefix(label, "#") || label == "[]" {
			return c, false
		}
	}
	if c.list {
		slices.SortFunc(c.entities, func(a, b string) int { return len(a)*1000 - len(b)*1000 + strings.Compare(a, b) })
	}
	return c, true
}

// entities lists all paths that a split deals with.
func (d *divided) entities() []protocol.Path {
	var out []protocol.Path
	for _, c := range d.collections {
		for _, label := range c.entities {
			out = append(out, append(slices.Clone(c.path), label))
		}
	}
	return out
}

// ownerOf is the entity that a path lies in; "" is the rest.
func (d *divided) ownerOf(path protocol.Path) string {
	for _, c := range d.collections {
		if len(path) > len(c.path) && slices.Equal(path[:len(c.path)], c.path) && path[len(c.path)] != "[]" {
			return strings.Join(path[:len(c.path)+1], "\x00")
		}
	}
	return ""
}

// inParts joins what is found of batches of entities; ok is false where only the whole can tell.
func (d *divided) inParts(t *testing.T, batches [][]protocol.Path) (findings []protocol.EngineFinding, ok bool) {
	t.Helper()
	context := false
	for _, f := range d.request.Fragments.Files {
		context = context || strings.Contains(f.Text, "#observed")
	}
	var rest []protocol.EngineFinding
	for n, batch := range batches {
		asked := map[string]bool{"": true}
		for _, path := range batch {
			asked[strings.Join(path, "\x00")] = true
		}
		own := []protocol.EngineFinding{}
		for _, f := range d.ask(t, batch, context) {
			if f.Kind == "unreadable" {
				return nil, false
			}
			owner := d.ownerOf(f.Path)
			switch {
			case !asked[owner]:
				t.Errorf("a finding about `%s`, which was not asked about: %s", f.At, f.Message)
			case owner == "":
				own = append(own, f)
			default:
				findings = append(findings, f)
			}
		}
		if n == 0 {
			rest = own
		} else if !reflect.DeepEqual(rest, own) {
			t.Errorf("what is found of the rest hangs on what else is asked about:\n%s\n%s", jsonOf(rest), jsonOf(own))
		}
	}
	findings = append(findings, rest...)
	sortFindings(findings)
	return findings, true
}

func jsonOf(x any) string {
	text, err := json.MarshalIndent(x, "", "  ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// batches splits entities: one at a time, all in one, or at random.
func batches(r *rand.Rand, entities []protocol.Path, how int) [][]protocol.Path {
	out := [][]protocol.Path{{}}
	for _, e := range entities {
		switch how {
		case 0:
			out = append(out, []protocol.Path{e})
		case 1:
			out[0] = append(out[0], e)
		default:
			if r.IntN(3) == 0 {
				out = append(out, nil)
			}
			n := r.IntN(len(out))
			out[n] = append(out[n], e)
		}
	}
	return out
}

// compareInParts compares the check of the whole with checks in parts: one by one (0), all at once (1), in batches (2).
func compareInParts(t *testing.T, req *protocol.Request, r *rand.Rand, ways ...int) (divisible, told bool) {
	t.Helper()
	d := divide(t, req)
	if d == nil {
		return false, false
	}
	whole := Check(req).Findings
	want := jsonOf(inOrder(whole))
	for _, how := range ways {
		found, ok := d.inParts(t, batches(r, d.entities(), how))
		if !ok {
			return true, false
		}
		if got := jsonOf(inOrder(found)); got != want {
			t.Errorf("in parts (%s) the answer differs:\n%s", []string{"one by one", "all at once", "in batches"}[how], difference(want, got))
			return true, true
		}
	}
	return true, true
}

// inOrder sorts completely, since equal paths may come in any order.
func inOrder(list []protocol.EngineFinding) []protocol.EngineFinding {
	out := append([]protocol.EngineFinding{}, list...)
	slices.SortFunc(out, func(a, b protocol.EngineFinding) int {
		return strings.Compare(fmt.Sprint(a.Path, a.At, a.Kind, a.Rule.ID, a.Message), fmt.Sprint(b.Path, b.At, b.Kind, b.Rule.ID, b.Message))
	})
	return out
}
