package evaluator

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"

	"congruent.dev/engine/protocol"
)

// oracle works out what a check must find without unifying anything but one
// conjunct's text with one observed value at a time.
type oracle struct {
	alone map[string]bool
	found map[string]bool
}

func (o *oracle) add(kind string, at location, rule string) {
	o.found[strings.TrimSpace(kind+" "+at.at()+" "+rule)] = true
}

// fails says that a text and a value alone are at odds with each other at their root.
func (o *oracle) fails(text, value string) bool {
	key := text + "\x00" + value
	if known, ok := o.alone[key]; ok {
		return known
	}
	source := fmt.Sprintf("import (\"list\", \"strings\")\n_used: [list.Max, strings.Join]\nx: %s\nx: %s\n", text, value)
	err := cuecontext.New().CompileString(source).LookupPath(cue.ParsePath("x")).Validate()
	failed := false
	for _, e := range errors.Errors(err) {
		failed = failed || len(e.Path()) == 1
	}
	failed = failed && !namesEqualNumber(text, value)
	o.alone[key] = failed
	return failed
}

// namesEqualNumber says that an alternative of the text is this number in the other notation.
func namesEqualNumber(text, value string) bool {
	number, ok := new(big.Rat).SetString(value)
	if !ok {
		return false
	}
	for _, alternative := range strings.Split(text, "|") {
		if n, ok := new(big.Rat).SetString(strings.Trim(alternative, " *")); ok && n.Cmp(number) == 0 {
			return true
		}
	}
	return false
}

// preferred is the default that texts together give, as JSON; "" if none.
func (o *oracle) preferred(texts []string) string {
	source := fmt.Sprintf("import (\"list\", \"strings\")\n_used: [list.Max, strings.Join]\nx: (%s)\n", strings.Join(texts, ") & ("))
	v, ok := cuecontext.New().CompileString(source).LookupPath(cue.ParsePath("x")).Default()
	if !ok || !v.IsConcrete() {
		return ""
	}
	out, err := v.MarshalJSON()
	if err != nil {
		return ""
	}
	return string(out)
}

func kindOfDocument(doc any) string {
	switch doc := doc.(type) {
	case map[string]any:
		return "map"
	case []any:
		return "list"
	case rawValue:
		if doc[0] == '{' {
			return "map"
		}
	}
	return "scalar"
}

// check compares a document with what is said about its place. An element of a
// list has the rule of the list, since no attribute fits inside.
func (o *oracle) check(s *spec, doc any, at location, closed bool, inherited string) {
	failed := false
	for _, a := range s.atoms {
		if !o.fails(a.text, plainText(doc)) {
			continue
		}
		failed = true
		rule := a.rule
		if inherited != "" {
			rule = inherited
		}
		if m := regexp.MustCompile(`error\("\[(.*?)\]`).FindStringSubmatch(a.text); m != nil {
			rule = m[1]
		}
		o.add("mismatch", at, rule)
	}
	if s.kind == "map" || s.kind == "list" {
		o.checkContainer(s, doc, at, closed || s.closed != "", inherited)
		return
	}
	if s.kind == "union" && !failed && membersOf(doc)["kind"] == nil {
		o.add("incomplete", at, "") // both alternatives fit
	}
	if texts := atomTexts(s); !failed && s.kind == "scalar" && kindOfDocument(doc) == "scalar" {
		if preferred := o.preferred(texts); preferred != "" && !sameText(preferred, plainText(doc)) {
			o.add("drift", at, "")
		}
	}
}

func atomTexts(s *spec) []string {
	var out []string
	for _, a := range s.atoms {
		out = append(out, a.text)
	}
	return out
}

func sameText(a, b string) bool { return a == b || namesEqualNumber(a, b) }

func (o *oracle) checkContainer(s *spec, doc any, at location, closed bool, inherited string) {
	if kindOfDocument(doc) != s.kind {
		for _, said := range s.says {
			rule := said.rule
			if inherited != "" {
				rule = inherited
			}
			o.add("mismatch", at, rule)
		}
		return
	}
	if list, ok := doc.([]any); ok {
		for i, x := range list {
			for _, said := range s.says {
				rule := said.rule
				if inherited != "" {
					rule = inherited
				}
				o.check(s.element, x, at.child(element(i)), closed, rule)
			}
		}
		return
	}
	members := membersOf(doc)
	for label, x := range members {
		below := at.child(field(label))
		about := s.about(label)
		if len(about) == 0 && closed {
			o.add("unexpected", below, "")
		}
		for _, m := range about {
			o.check(m, x, below, closed, "")
		}
	}
	for label, m := range s.members {
		if _, there := members[label]; !there && o.asked(m) {
			o.add("missing", at.child(field(label)), "")
		}
	}
}

// about is what is said about a label: by name, or by patterns.
func (s *spec) about(label string) []*spec {
	if m := s.members[label]; m != nil {
		return []*spec{m}
	}
	var out []*spec
	for _, p := range s.patterns {
		if regexp.MustCompile(p.regexp).MatchString(label) {
			out = append(out, p.element)
		}
	}
	return out
}

// asked says that a member which is absent is missed: a required one that
// nobody else declares, or a regular one that asks for something.
func (o *oracle) asked(s *spec) bool {
	marks := map[string]bool{}
	for _, a := range s.atoms {
		marks[a.mark] = true
	}
	for _, said := range s.says {
		marks[said.mark] = true
	}
	if !marks[""] {
		return marks["!"]
	}
	switch s.kind {
	case "list":
		return false
	case "map":
		for _, m := range s.members {
			if o.asked(m) {
				return true
			}
		}
		return false
	}
	return o.preferred(atomTexts(s)) == "" || o.isDefinite(s)
}

// isDefinite says that the texts together leave one value only, without a default.
func (o *oracle) isDefinite(s *spec) bool {
	for _, text := range atomTexts(s) {
		if text == s.sample {
			return true
		}
	}
	return false
}

func membersOf(doc any) map[string]any {
	if m, ok := doc.(map[string]any); ok {
		return m
	}
	out := map[string]any{}
	raw := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(plainText(doc)), &raw) == nil {
		for k, v := range raw {
			out[k] = rawValue(v)
		}
	}
	return out
}

func plainText(doc any) string {
	g := &generator{Rand: rand.New(rand.NewPCG(1, 1))}
	return g.text(doc)
}

// TestOracle compares Check with the oracle on generated fragments and
// documents. ORACLE=n runs n cases, ORACLE_SEED=s only the one with that seed.
func TestOracle(t *testing.T) {
	cases, _ := strconv.Atoi(os.Getenv("ORACLE"))
	if cases == 0 {
		cases = 2500
	}
	first := uint64(1)
	if seed, err := strconv.ParseUint(os.Getenv("ORACLE_SEED"), 10, 64); err == nil {
		first, cases = seed, 1
	}
	alone := map[string]bool{}
	kinds := map[string]int{}
	for seed := first; seed < first+uint64(cases); seed++ {
		compareWithOracle(t, seed, alone, kinds)
		if t.Failed() {
			return
		}
	}
	if cases > 1000 {
		for _, kind := range []string{"mismatch", "missing", "unexpected", "drift"} {
			if kinds[kind] < cases/100 {
				t.Errorf("only %d findings of kind %s in %d cases", kinds[kind], kind, cases)
			}
		}
	}
	t.Log(cases, "cases,", kinds)
}

func compareWithOracle(t *testing.T, seed uint64, alone map[string]bool, kinds map[string]int) {
	t.Helper()
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 7))}
	root := g.root()
	fragments := fragmentsOf(root)
	doc := map[string]any{}
	wrong := 5 + g.IntN(30)
	for _, label := range sortedKeys(root.members) {
		if g.IntN(100) >= wrong {
			doc[label] = g.value(root.members[label], wrong)
		}
	}
	state := g.text(doc)
	o := &oracle{alone: alone, found: map[string]bool{}}
	o.check(root, doc, location{}, false, "")

	answer := Check(&protocol.Request{Op: "check", Fragments: fragments, Drift: true, Observed: &protocol.Observed{
		State: state, Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
	}})
	var got []string
	for _, f := range answer.Findings {
		kinds[f.Kind]++
		line := f.Kind + " " + f.At
		if f.Kind == "mismatch" {
			line += " " + f.Rule.ID
		}
		got = append(got, strings.TrimSpace(line))
	}
	slices.Sort(got)
	want := sortedKeys(o.found)
	if !slices.Equal(got, want) {
		t.Errorf("seed %d\n too much %q\n too little %q\n%s", seed, minus(got, want), minus(want, got), state)
		for _, f := range fragments.Files {
			t.Logf("-- %s\n%s", f.Name, f.Text)
		}
	}
}

func minus(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
