package syntax

import (
	"strings"
	"testing"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
)

// programOf parses files named `package/name.cue`; all packages but those whose name begins with `lib` are roots.
func programOf(t *testing.T, texts map[string]string) *Program {
	t.Helper()
	var files []File
	var roots []string
	instances := map[string]*build.Instance{}
	for name, text := range texts {
		pkg, _, _ := strings.Cut(name, "/")
		parsed, err := parser.ParseFile(name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if instances[pkg] == nil {
			instances[pkg] = build.NewContext().NewInstance("", nil)
			if !strings.HasPrefix(pkg, "lib") {
				roots = append(roots, pkg)
			}
		}
		if err := instances[pkg].AddSyntax(parsed); err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Syntax: parsed, Package: pkg})
	}
	return New(files, roots, func(_, path string) string {
		if first, rest, ok := strings.Cut(path, "/"); ok && first == "x.y" {
			return rest
		}
		return ""
	})
}

// identIn finds the identifier of a name inside the field of a label.
func identIn(t *testing.T, p *Program, label, name string) *ast.Ident {
	t.Helper()
	var found *ast.Ident
	for _, f := range p.Files() {
		ast.Walk(f.Syntax, func(n ast.Node) bool {
			field, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			if own, _ := StaticLabel(field); own != label {
				return true
			}
			ast.Walk(field.Value, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == name {
					found = id
				}
				return true
			}, nil)
			return true
		}, nil)
	}
	if found == nil {
		t.Fatalf("no `%s` in `%s`", name, label)
	}
	return found
}

func TestMeaning(t *testing.T) {
	texts := map[string]string{
		"a/one.cue": `package a
import ("strings", "x.y/lib")
#observed: _
port: int
_helper: 3
let common = 4
#D: {n: int, m: n}
X=whole: {}
"quoted": 1
services: [N=string]: {
	own:      int
	fromOwn:  own
	label:    N
	top:      port
	helper:   _helper
	local:    common
	other:    elsewhere
	def:      #D
	seen:     #observed.x
	library:  lib.#L
	standard: strings.MinRunes(1)
	kind:     string
	whole:    X
	anything: _
	wrong:    nowhere
	loop: [for k, v in #observed.x {key: k, value: v}]
	let mine = own
	through: mine
	#observed: {}
	shadowed: #observed.y
}
`,
		"a/two.cue":   "package a\nelsewhere: 1\n",
		"b/b.cue":     "package b\n#D: o: 1\n_helper: 5\n",
		"lib/lib.cue": "package lib\n#L: int\nport: 1\ninside: port\n#observed: _\nreads: #observed.z\n",
	}
	p := programOf(t, texts)
	for _, c := range []struct {
		label, name string
		kind        Kind
		count       int
	}{
		{"fromOwn", "own", Field, 1},
		{"label", "N", LabelAlias, 0},
		{"top", "port", Field, 1},
		{"helper", "_helper", Hidden, 1},
		{"local", "common", Let, 1},
		{"other", "elsewhere", Field, 1},
		{"def", "#D", Definition, 2},
		{"m", "n", Field, 1},
		{"library", "lib", Import, 0},
		{"standard", "strings", Import, 0},
		{"kind", "string", Predeclared, 0},
		{"whole", "X", ValueAlias, 1},
		{"anything", "_", Top, 0},
		{"wrong", "nowhere", Unknown, 0},
		{"key", "k", ForVariable, 0},
		{"value", "v", ForVariable, 0},
		{"through", "mine", Let, 1},
		{"inside", "port", Field, 1},
		{"reads", "#observed", Unknown, 0},
		{"shadowed", "#observed", Unknown, 0},
	} {
		m := p.Meaning(identIn(t, p, c.label, c.name))
		if m.Kind != c.kind || len(m.Declarations) != c.count {
			t.Errorf("`%s` in `%s`: kind %d of %d declarations, want kind %d of %d", c.name, c.label, m.Kind, len(m.Declarations), c.kind, c.count)
		}
	}
	texts["a/one.cue"] = strings.Replace(texts["a/one.cue"], "	#observed: {}\n	shadowed: #observed.y\n", "", 1)
	p = programOf(t, texts)
	if m := p.Meaning(identIn(t, p, "seen", "#observed")); m.Kind != Observed {
		t.Errorf("#observed of a root: kind %d", m.Kind)
	}
	if m := p.Meaning(identIn(t, p, "library", "lib")); m.Import != "lib" || m.Standard {
		t.Errorf("an imported package: %+v", m)
	}
	if m := p.MemberAlone("a", "#D"); len(m.Declarations) != 1 {
		t.Errorf("a root through an import is its own value alone, not %d declarations", len(m.Declarations))
	}
}

func TestAround(t *testing.T) {
	p := programOf(t, map[string]string{"a/a.cue": `package a
import "strings"
x: y: {z: [1, {w: strings.MinRunes(2)}], "q": {}, if true {v: 1}}
d: {} & {e: f: 3}
[string]: {g: _}
let h = {i: 1}
`})
	file := p.Files()[0].Syntax
	stack := []ast.Node{}
	count := 0
	ast.Walk(file, func(n ast.Node) bool {
		stack = append(stack, n)
		if !n.Pos().IsValid() {
			return true
		}
		count++
		got := p.Around(n)
		if len(got) != len(stack) {
			t.Fatalf("%T at %v stands in %d nodes, want %d", n, n.Pos(), len(got), len(stack))
		}
		for i := range got {
			if got[i] != stack[i] {
				t.Errorf("%T at %v: node %d differs", n, n.Pos(), i)
			}
		}
		return true
	}, func(ast.Node) { stack = stack[:len(stack)-1] })
	if count < 40 {
		t.Errorf("only %d nodes", count)
	}
}
