package evaluator

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"

	"congruent.dev/engine/acceptance"
	"congruent.dev/engine/protocol"
)

// Conditions may hang on what is observed outside of an entity, and on its labels: on
// the level that its namespace asks for. What they come to, CUE decides by itself: they
// are added to their packages as hidden fields, and evaluated with what was observed.

// givenField is how the hidden fields of conditions, and of what they stand on, begin.
const givenField = "_givenOfCongruent"

// question is a condition, with pieces left out as in its texts.
type question struct {
	file    string
	name    string // of the file's package
	text    acceptance.Standalone
	lets    []acceptance.Standalone
	imports map[string]string
}

func questionOf(c acceptance.Condition) question {
	return question{file: c.File.Syntax.Filename, name: c.File.Syntax.PackageName(), text: c.Text, lets: c.Lets, imports: c.Imports}
}

// outcome is what a condition comes to.
type outcome int

const (
	waiting outcome = iota
	holding
	failing
	neither
)

// decisions are what conditions come to, by their fields.
type decisions struct {
	known   map[string]outcome
	waiting map[string]bool
	// fields are the names of fields, by their file and text.
	fields map[string]string
	// files hold, by name of a file, the fields for its package.
	files map[string]*further
}

// further is what is added to a package.
type further struct {
	name    string
	imports map[string]string
	fields  []string
}

func newDecisions() *decisions {
	return &decisions{known: map[string]outcome{}, waiting: map[string]bool{}, fields: map[string]string{}, files: map[string]*further{}}
}

// of is what a condition comes to for an entity; one that is not known yet is to be evaluated.
func (d *decisions) of(q question, entity protocol.Path) outcome {
	names := make([]string, len(q.lets))
	for i, let := range q.lets {
		names[i] = d.field(q, written(let, entity, names))
	}
	field := d.field(q, written(q.text, entity, names))
	found, known := d.known[field]
	if !known {
		d.waiting[field] = true
	}
	return found
}

// come says that conditions come to the same for another entity.
func (d *decisions) come(v variant, entity protocol.Path) bool {
	same := true
	for i, q := range v.asked {
		same = d.of(q, entity) == v.outcomes[i] && same
	}
	return same
}

// field is the name of the field with a text, which is there from now on.
func (d *decisions) field(q question, text string) string {
	key := q.file + "\x00" + text
	if name, known := d.fields[key]; known {
		return name
	}
	name := givenField + strconv.Itoa(len(d.fields))
	d.fields[key] = name
	f := d.files[q.file]
	if f == nil {
		f = &further{name: q.name, imports: map[string]string{}}
		d.files[q.file] = f
	}
	maps.Copy(f.imports, q.imports)
	f.fields = append(f.fields, name+": "+text)
	return name
}

// written is a text for an entity, lets by the names of their fields.
func written(text acceptance.Standalone, entity protocol.Path, lets []string) string {
	var b strings.Builder
	for _, piece := range text {
		switch {
		case piece.Label > 0:
			b.WriteString(literal.String.Quote(entity[piece.Label-1]))
		case piece.Let > 0:
			b.WriteString(lets[piece.Let-1])
		default:
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}

// evaluate decides what waits; false where that cannot be told.
func (d *desired) evaluate(of *decisions, req *protocol.Request) bool {
	fragments := *req.Fragments
	fragments.Files = slices.Clone(fragments.Files)
	for i, name := range slices.Sorted(maps.Keys(of.files)) {
		at := slices.IndexFunc(req.Fragments.Files, func(f protocol.SourceFile) bool { return f.Name == name })
		if at < 0 || of.files[name].name == "" {
			return false
		}
		added := fragments.Files[at]
		added.Name = path.Join(path.Dir(name), fmt.Sprintf("given-of-congruent-%d.cue", i))
		added.Text = of.files[name].text()
		fragments.Files = append(fragments.Files, added)
	}
	probe := loadWithout(&fragments, noEdits(), nil)
	if len(probe.findings) > 0 || !probe.value.Exists() {
		return false
	}
	o, err := readObservation("{}")
	if err == nil {
		err = o.addContext(req.Circumstances.Observed)
	}
	if err != nil {
		return false
	}
	value, err := probe.with(withSecond(&ast.StructLit{}, probe.reads().observedExpr(o)))
	if err != nil {
		return false
	}
	fields, err := value.Fields(cue.Hidden(true))
	if err != nil {
		return false
	}
	of.note(fields)
	return true
}

// note keeps what the values of conditions are.
func (d *decisions) note(fields *cue.Iterator) {
	for field := range d.waiting {
		d.known[field] = neither
	}
	for fields.Next() {
		name := fields.Selector().String()
		if !d.waiting[name] {
			continue
		}
		switch holds, err := fields.Value().Bool(); {
		case err != nil:
		case holds:
			d.known[name] = holding
		default:
			d.known[name] = failing
		}
	}
	clear(d.waiting)
}

// text is the file that adds to a package.
func (f *further) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", f.name)
	for _, name := range slices.Sorted(maps.Keys(f.imports)) {
		fmt.Fprintf(&b, "import %s %q\n", name, f.imports[name])
	}
	for _, field := range f.fields {
		b.WriteString(field + "\n")
	}
	return b.String()
}
