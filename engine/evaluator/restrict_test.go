package evaluator

import (
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// partOf asks about some entities of `services` by fragments `a/a.cue` and `b/b.cue`, with nothing observed of them.
func partOf(texts map[string]string, state string, keep ...string) *protocol.Request {
	services := "services"
	req := &protocol.Request{Op: "check", Fragments: &protocol.Fragments{}, Restriction: &protocol.Restriction{Patterns: []protocol.Pattern{{&services, nil}}}}
	for _, name := range sortedKeys(texts) {
		team, _, _ := strings.Cut(name, "/")
		req.Fragments.Files = append(req.Fragments.Files, protocol.SourceFile{Name: name, Text: texts[name], Team: team})
		part := protocol.Part{Kind: "package", Team: team, Dir: team}
		if !slices.ContainsFunc(req.Fragments.Parts, func(p protocol.Part) bool { return p.Dir == team }) && team != "lib" {
			req.Fragments.Parts = append(req.Fragments.Parts, part)
		}
	}
	for _, label := range keep {
		req.Restriction.Keep = append(req.Restriction.Keep, protocol.Path{"services", label})
	}
	req.Observed = &protocol.Observed{State: state, Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}}}
	return req
}

// linesOf is what a check finds, on one line.
func linesOf(findings []protocol.EngineFinding) string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Kind+" "+f.At+": "+f.Message)
	}
	return strings.Join(out, "; ")
}

func TestRestriction(t *testing.T) {
	const pattern = "package a\nservices: [string]: {x: int, y: 2}\n"
	none := `{"services": {}}`
	for _, c := range []struct {
		name  string
		texts map[string]string
		keep  []string
		state string
		want  string
	}{
		{"a name for what is left out", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: x: 1\nservices: \"two\": {x: 1}\nservices: {three: x: 1, four: {x: 1}}\nservices: {five: x: 1} & {\"six\": x: 1}\n{services: seven: x: 1}\nservices: {{eight: x: 1}}\nservices: ({nine: x: 1})\nservices: X={ten: x: 1, eleven: x: X.ten.x}\n"}, nil, none, "unreadable : unreferenced alias or let clause X"},
		{"names in structs", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: x: 1\nservices: \"two\": {x: 1}\nservices: {three: x: 1, four: {x: 1}}\nservices: {five: x: 1} & {\"six\": x: 1}\n{services: seven: x: 1}\nservices: {{eight: x: 1}}\nservices: ({nine: x: 1})\n"}, nil, none, ""},
		{"one is kept", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: x: 1\nservices: {two: x: 1, three: x: 1}\n"}, []string{"two"}, none, "missing services.two: nothing is observed, wanted `{x: 1, y: 2}`"},
		{"nothing else is left out", map[string]string{"a/a.cue": pattern + "others: one: x: 1\n#D: services: one: 1\n_services: one: 1\n", "b/b.cue": "package b\nservices: one: x: 1\n"}, nil, none, "missing others: nothing is observed, wanted `{one: {x: 1}}`"},
		{"an import that only it uses", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nimport \"workspace.congruent/lib\"\nservices: one: x: lib.#X\n", "lib/lib.cue": "package lib\n#X: 1\n"}, nil, none, ""},
		{"an import that nothing used", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nimport \"strings\"\nservices: one: x: 1\n"}, nil, none, "unreadable : imported and not used: \"strings\""},
		{"embedded data", map[string]string{"a/a.cue": pattern, "b/b.cue": "@extern(embed)\npackage b\nservices: _ @embed(file=\"s.json\")\n", "b/s.json": `{"one": {"x": 1}, "two": {"x": 1}}`}, []string{"one"}, none, "missing services.one: nothing is observed, wanted `{x: 1, y: 2}`"},
		{"a tag that only it has", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: x: int @tag(x,type=int)\n"}, nil, none, ""},
		{"text that is wrong is told where it is kept", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: x: nowhere\n"}, []string{"one"}, none, "unreadable : reference \"nowhere\" not found"},
		{"a conflict is for the whole", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\nservices: one: y: 3\n"}, []string{"one"}, none, "unreadable : only a check of the whole can tell: fragments conflict where entities are"},
		{"what is found above is for the whole", map[string]string{"a/a.cue": pattern, "b/b.cue": "package b\n"}, nil, `{}`, ""},
	} {
		req := partOf(c.texts, c.state, c.keep...)
		if strings.Contains(c.texts["b/b.cue"], "@tag") {
			req.Fragments.Tags = map[string]string{"x": "4"}
		}
		answer := Check(req)
		if got := linesOf(answer.Findings); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.name, got, c.want)
		}
		whole := *req
		whole.Restriction = nil
		if Check(&whole).Digest != answer.Digest {
			t.Errorf("%s: the digest is not that of the whole", c.name)
		}
		if len(answer.Notes) > 0 {
			t.Errorf("%s: notes %v", c.name, answer.Notes)
		}
	}
}

// TestRestrictionOfData is about data parts, and about limits of teams, which an emptied struct must not break.
func TestRestrictionOfData(t *testing.T) {
	services, web := "services", "web"
	req := partOf(map[string]string{"a/a.cue": "package a\nservices: [string]: x: int\n", "c/c.cue": "package c\nservices: web: x: 1\n"}, `{"services": {}}`, "one")
	req.Fragments.Parts = append(req.Fragments.Parts, protocol.Part{Kind: "data", Team: "b", File: "b.json", JSON: `{"services": {"one": {"x": 1}, "two": {"x": 2}}}`})
	req.Fragments.Limits = []protocol.TeamLimit{{Team: "c", May: []protocol.Pattern{{&services, &web}}}}
	if got, want := linesOf(Check(req).Findings), "missing services.one: nothing is observed, wanted `{x: 1}`"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestContext is about #observed where a part of a state is checked.
func TestContext(t *testing.T) {
	text := "package a\n#observed: _\nservices: [N=string]: {zone: string, up: #observed.zones[zone].up, if #observed.zones[zone].cap != _|_ {big: true}}\n"
	req := partOf(map[string]string{"a/a.cue": text}, `{"services": {"one": {"zone": "z", "up": true}}}`, "one")
	req.Observed.Context = `{"services": {"one": {"zone": "z", "up": true}, "two": {"zone": "y"}}, "zones": {"z": {"up": false}}}`
	if got, want := linesOf(Check(req).Findings), "mismatch services.one.up: conflicting values false and true"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	req.Observed.Contested = []protocol.Contested{{Path: protocol.Path{"zones", "z", "cap"}, Values: []string{"1"}, Absent: true}, {Path: protocol.Path{"services", "two", "zone"}, Values: []string{`"z"`, `"y"`}}}
	got := linesOf(Check(req).Findings)
	if !strings.Contains(got, "contested zones.z.cap") || strings.Contains(got, "two") {
		t.Errorf("contested where only the context is: %s", got)
	}
}
