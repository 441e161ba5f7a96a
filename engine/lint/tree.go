package lint

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// tree is what is said at every label path of the desired state, by all teams.
type tree struct {
	root *place
	// libraries are the trees of packages that are only imported.
	libraries map[string]*place
	// scopes are the places whose members a struct literal or file declares. What
	// lies in a `let`, a call or a list that is computed has none.
	scopes map[ast.Node]*place
	// fields are the places that fields lead to.
	fields map[*ast.Field]*place
}

// place is a label path, with what is said there.
type place struct {
	// up is what the place is a member of, by label; nil for the root.
	up      *place
	label   string
	members map[string]*place
	// said are conjuncts other than struct literals, conjunctions taken apart.
	said []conjunct
	// written are the values of the fields that lead to the place, as they stand in the text.
	written []ast.Expr
	// template says that the place is a definition or hidden field, or lies in one.
	template bool
}

// conjunct is an expression that speaks at a place.
type conjunct struct {
	value ast.Expr
	// perhaps says that it speaks under a condition only.
	perhaps bool
}

// Labels that are none of data begin with special: those of patterns, elements,
// computed ones, definitions and hidden fields.
const (
	special = "\x00"
	// every is the member that a pattern for all labels speaks of; other patterns are members by their text.
	every = special + "[]"
	// element is what a list says of all its further elements.
	element  = special + "[...]"
	computed = special + "()"
)

func newPlace(template bool) *place { return &place{members: map[string]*place{}, template: template} }

func newTree() *tree {
	return &tree{root: newPlace(false), libraries: map[string]*place{}, scopes: map[ast.Node]*place{}, fields: map[*ast.Field]*place{}}
}

// grow adds what a file says. Hidden fields are those of its package alone.
func (t *tree) grow(f *syntax.File, root bool) {
	top := t.root
	if !root {
		if t.libraries[f.Package] == nil {
			t.libraries[f.Package] = newPlace(true)
		}
		top = t.libraries[f.Package]
	}
	t.scopes[f.Syntax] = top
	t.decls(top, f.Syntax.Decls, f.Package, false)
}

func (t *tree) decls(p *place, decls []ast.Decl, pkg string, perhaps bool) {
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.Field:
			if d.Value != nil {
				m := p.member(d, pkg)
				m.written = append(m.written, d.Value)
				t.fields[d] = m
				t.say(m, syntax.Value(d), pkg, perhaps)
			}
		case *ast.EmbedDecl:
			t.say(p, d.Expr, pkg, perhaps)
		case *ast.Comprehension:
			t.say(p, d, pkg, true)
		}
	}
}

// member is the place that a field leads to.
func (p *place) member(f *ast.Field, pkg string) *place {
	template := p.template || syntax.KindOfLabel(f) != syntax.Field
	return p.at(labelOf(f, pkg), template)
}

func (p *place) at(label string, template bool) *place {
	m := p.members[label]
	if m == nil {
		m = newPlace(template)
		m.up, m.label = p, label
		p.members[label] = m
	}
	return m
}

// beside are the patterns that speak of a place beside what is said of it by name.
func (p *place) beside() []*place {
	if p.up == nil {
		return nil
	}
	return below(p.up, p.up.beside(), p.label)
}

// below are the patterns that speak of a member, given those that speak of what holds it.
func below(p *place, overlays []*place, label string) []*place {
	var out []*place
	add := func(m *place) {
		if m != nil && len(out) < mostOverlays {
			out = append(out, m)
		}
	}
	isOther := label != every && isData(label)
	if isOther {
		add(p.members[every])
	}
	for _, o := range overlays {
		add(o.members[label])
		if isOther {
			add(o.members[every])
		}
	}
	return out
}

// mostOverlays bounds how many patterns are followed beside a place by name.
const mostOverlays = 8

// labelOf is the label of the member that a field leads to.
func labelOf(f *ast.Field, pkg string) string {
	if name, static := syntax.StaticLabel(f); static {
		if syntax.KindOfLabel(f) == syntax.Field {
			return name
		}
		return helperLabel(name, pkg)
	}
	switch x := syntax.Pattern(f).(type) {
	case nil:
		return computed
	case *ast.Ident:
		if x.Name == "string" || x.Name == "_" {
			return every
		}
	case *ast.UnaryExpr:
		if text, ok := x.X.(*ast.BasicLit); ok {
			return special + "[" + x.Op.String() + text.Value + "]"
		}
	}
	return special + "[…]"
}

// helperLabel is the label of a definition, or of a hidden field, which is of its package alone.
func helperLabel(name, pkg string) string {
	if strings.HasPrefix(name, "_") {
		return special + name + special + pkg
	}
	return special + name
}

// isData says that a label is one of data, which patterns speak of.
func isData(label string) bool { return !strings.HasPrefix(label, special) }

// say adds an expression to what is said at a place.
func (t *tree) say(p *place, x ast.Expr, pkg string, perhaps bool) {
	for _, y := range operands(x, token.AND) {
		switch z := y.(type) {
		case *ast.StructLit:
			t.scopes[z] = p
			t.decls(p, z.Elts, pkg, perhaps)
			continue
		case *ast.Comprehension:
			t.say(p, z.Value, pkg, true)
			if z.Fallback != nil {
				t.say(p, z.Fallback.Body, pkg, true)
			}
			continue
		case *ast.CallExpr:
			if isCall(z, "close") && len(z.Args) == 1 {
				t.say(p, z.Args[0], pkg, perhaps)
				continue
			}
		case *ast.ListLit:
			t.elements(p, z, pkg, perhaps)
		}
		p.said = append(p.said, conjunct{value: y, perhaps: perhaps})
	}
}

// elements adds what is said of the elements of a list, all of them at one place.
func (t *tree) elements(p *place, list *ast.ListLit, pkg string, perhaps bool) {
	for _, e := range list.Elts {
		if open, ok := e.(*ast.Ellipsis); ok && open.Type != nil {
			t.say(p.at(element, p.template), open.Type, pkg, perhaps)
		}
	}
}
