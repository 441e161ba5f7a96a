package acceptance_test

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"

	"congruent.dev/engine/acceptance"
	"congruent.dev/engine/evaluator"
	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// subject is fragments about `entities`, and what is accepted of an entity.
type subject struct {
	t         *testing.T
	fragments *protocol.Fragments
	result    acceptance.Result
	schemas   []labelled
	named     map[string]*demands
	judge     *judge
	// sight is of all entities, named ones included.
	sight any
	// always are findings that hang on no entity.
	always map[string]bool
}

type labelled struct {
	label  string
	others bool
	schema any
}

// demands is what fragments say of an entity by name.
type demands struct {
	values    []ast.Expr
	constants any
	schemas   []any
	ok        bool
}

// headEnd ends what stands before a package clause.
const headEnd = "\x00"

// newSubject reads texts, each a package and a part of its own.
func newSubject(t *testing.T, texts ...string) *subject {
	t.Helper()
	s := &subject{t: t, fragments: &protocol.Fragments{Tags: map[string]string{}}, named: map[string]*demands{}, judge: newJudge(t)}
	var files []syntax.File
	var roots []string
	for i, text := range texts {
		pkg := fmt.Sprintf("team%d", i)
		name := pkg + "/f.cue"
		head, body, found := strings.Cut(text, headEnd)
		if !found {
			head, body = "", text
		}
		text = head + "package " + pkg + "\n" + body
		parsed, err := parser.ParseFile(name, text, parser.ParseComments)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		instance := build.NewContext().NewInstance("", nil)
		if err := instance.AddSyntax(parsed); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		files = append(files, syntax.File{Syntax: parsed, Package: pkg})
		roots = append(roots, pkg)
		s.fragments.Files = append(s.fragments.Files, protocol.SourceFile{Name: name, Text: text, Team: pkg})
		s.fragments.Parts = append(s.fragments.Parts, protocol.Part{Kind: "package", Team: pkg, Dir: pkg, Package: pkg})
	}
	program := syntax.New(files, roots, func(string, string) string { return "" })
	var members []acceptance.Member
	for _, f := range files {
		members = append(members, s.membersOf(f.Syntax)...)
	}
	s.result = acceptance.Pattern(program, members)
	for _, a := range s.result.Accept {
		s.schemas = append(s.schemas, labelled{a.Label, a.Others, decoded(t, a.Schema)})
	}
	all := members
	for _, d := range s.named {
		for _, v := range d.values {
			all = append(all, acceptance.Member{Value: v})
		}
	}
	s.sight = decoded(t, encoded(t, acceptance.SightOf(program, all)))
	for _, d := range s.named {
		constants, schemas, ok := s.result.Named(program, d.values)
		d.ok = ok
		if constants != "" {
			d.constants = decoded(t, constants)
		}
		for _, schema := range schemas {
			d.schemas = append(d.schemas, decoded(t, schema))
		}
	}
	return s
}

// membersOf lists the patterns under `entities`, wherever that stands, and keeps what
// stands there by name.
func (s *subject) membersOf(file *ast.File) []acceptance.Member {
	var members []acceptance.Member
	ast.Walk(file, func(n ast.Node) bool {
		f, ok := n.(*ast.Field)
		if !ok {
			return true
		}
		if name, _ := syntax.StaticLabel(f); name != "entities" {
			return true
		}
		ast.Walk(f.Value, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			if label := syntax.Pattern(field); label != nil {
				members = append(members, acceptance.Member{Label: label, Value: syntax.Value(field)})
				return false
			}
			name, _ := syntax.StaticLabel(field)
			if s.named[name] == nil {
				s.named[name] = &demands{}
			}
			s.named[name].values = append(s.named[name].values, syntax.Value(field))
			return false
		}, nil)
		return false
	}, nil)
	return members
}

// accepts says whether schemas and constants accept an entity.
func (s *subject) accepts(label string, entity any) bool {
	if len(s.schemas) == 0 {
		return false
	}
	s.judge.label = label
	for _, l := range s.schemas {
		if (l.label == "" || s.judge.matches(l.label, label) != l.others) && !s.judge.accepts(l.schema, entity) {
			return false
		}
	}
	d := s.named[label]
	if d == nil {
		return true
	}
	if !d.ok || d.constants != nil && !holdsConstants(d.constants, entity) {
		return false
	}
	for _, schema := range d.schemas {
		if !s.judge.accepts(schema, entity) {
			return false
		}
	}
	return true
}

// holdsConstants compares maps member by member, anything else as a whole.
func holdsConstants(constants, value any) bool {
	want, isMap := constants.(map[string]any)
	if !isMap {
		return reflect.DeepEqual(constants, value)
	}
	have, isMap := value.(map[string]any)
	for name, c := range want {
		member, ok := have[name]
		if !ok || !holdsConstants(c, member) {
			return false
		}
	}
	return isMap
}

// findings is what the plain check finds about some entities: at them or below, and
// above them what it does not find without any.
func (s *subject) findings(entities map[string]any) []protocol.EngineFinding {
	s.t.Helper()
	if s.always == nil {
		s.always = map[string]bool{}
		for _, f := range s.check(map[string]any{}) {
			s.always[encoded(s.t, f)] = true
		}
	}
	var out []protocol.EngineFinding
	for _, f := range s.check(entities) {
		above := len(f.Path) == 0 || len(f.Path) == 1 && f.Path[0] == "entities"
		inside := false
		if len(f.Path) >= 2 && f.Path[0] == "entities" {
			_, inside = entities[f.Path[1]]
		}
		if inside || above && !s.always[encoded(s.t, f)] {
			out = append(out, f)
		}
	}
	return out
}

// check is what the plain check finds where some entities are observed. CUE v0.17.1
// has structs whose closedness it cannot work out and ends in the middle: such a
// check says nothing.
func (s *subject) check(entities map[string]any) (found []protocol.EngineFinding) {
	s.t.Helper()
	defer func() {
		if err, ok := recover().(runtime.Error); ok {
			s.t.Logf("CUE fails: %v\n%s", err, s.text())
			found = nil
		}
	}()
	answer := new(evaluator.Kept).Check(&protocol.Request{Op: "check", Fragments: s.fragments, Drift: true, Observed: &protocol.Observed{
		State:    encoded(s.t, map[string]any{"entities": entities}),
		Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
	}})
	for _, f := range answer.Findings {
		if f.Kind == "unreadable" {
			s.t.Fatalf("%s\n%s", f.Message, s.text())
		}
	}
	return answer.Findings
}

func (s *subject) text() string {
	text := ""
	for _, f := range s.fragments.Files {
		text += f.Text + "\n"
	}
	return text
}
