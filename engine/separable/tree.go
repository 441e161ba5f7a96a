package separable

import (
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// place is a place of the desired state, with all that the fragments say there
// by fields whose labels stand in the text, or by a pattern for any label.
type place struct {
	label string // "" for any
	// generic says that the place stands for any label.
	generic bool
	said    []conjunct
	grown   bool

	members  map[string]*place
	patterns []constraint
	any      *place
	isList   bool
	isStruct bool
	// isLeaf: something else than a struct or list is said here.
	isLeaf bool
	// openOnly: nothing closes the struct, or all that does lets any label pass.
	narrow []ast.Node // what may close the struct against some labels
	// forms are the struct literals and files whose fields are the members: the scopes of names.
	forms []ast.Node
	// fields lead here.
	fields []*ast.Field
	// helpers are definitions and hidden fields beside the members.
	helpers map[string][]syntax.Declaration
	// perhaps is what speaks here only under a condition.
	perhaps ast.Node
	// unclear is what may speak about members that the text does not name.
	unclear []Reason
}

// conjunct is one expression that speaks at a place.
type conjunct struct {
	value ast.Expr
	// cut says that a restriction can take out what the expression holds: it is
	// written as plain fields of a root, not reached by a reference.
	cut bool
	// closed says that a definition or close() is around it.
	closed bool
}

// constraint is a pattern, or the element type of an open list, and what it says.
type constraint struct {
	field *ast.Field // nil for a list
	label ast.Expr   // nil for every label
	value ast.Expr
	conjunct
}

// Reason is a node that stands in the way, and why.
type Reason struct {
	Node    ast.Node
	Message string
}

// deepestPlace bounds how far definitions that hold themselves are followed.
const deepestPlace = 24

func newPlace(label string, generic bool) *place {
	return &place{label: label, generic: generic, members: map[string]*place{}, helpers: map[string][]syntax.Declaration{}}
}

// grow finds the members of a place in what is said there.
func (s *scan) grow(p *place) {
	if p.grown {
		return
	}
	p.grown = true
	for _, c := range p.said {
		s.say(p, c, map[ast.Expr]bool{})
	}
}

func (p *place) member(label string) *place {
	if p.members[label] == nil {
		p.members[label] = newPlace(label, false)
	}
	return p.members[label]
}

func (p *place) anyMember() *place {
	if p.any == nil {
		p.any = newPlace("", true)
	}
	return p.any
}

func (p *place) unclearAt(n ast.Node, message string) {
	p.unclear = append(p.unclear, Reason{Node: n, Message: message})
}

// decls takes the declarations of a file or struct literal.
func (s *scan) decls(p *place, form ast.Node, decls []ast.Decl, c conjunct) {
	p.isStruct = true
	p.forms = append(p.forms, form)
	total := !c.closed
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.Field:
			total = s.field(p, d, c) || total
		case *ast.EmbedDecl:
			s.say(p, conjunct{value: d.Expr, cut: c.cut, closed: c.closed}, map[ast.Expr]bool{})
		case *ast.Comprehension:
			s.conditional(p, d)
		case *ast.Ellipsis:
			total = true
			if d.Type != nil && !isTop(d.Type) {
				p.unclearAt(d, "`...` speaks of all other members")
			}
		case *ast.LetClause, *ast.Attribute, *ast.CommentGroup, *ast.Package, *ast.ImportDecl:
		default:
			p.unclearAt(decl, "a declaration whose meaning the text does not tell")
		}
	}
	if !total {
		p.narrow = append(p.narrow, form)
	}
}

// field takes one field; it says whether the field is a pattern for every label.
func (s *scan) field(p *place, f *ast.Field, c conjunct) (total bool) {
	inner := conjunct{value: syntax.Value(f), cut: c.cut, closed: c.closed}
	if pattern := syntax.Pattern(f); pattern != nil {
		label := pattern
		if isEveryLabel(pattern) {
			label, total = nil, true
		}
		inner.cut = false
		p.patterns = append(p.patterns, constraint{field: f, label: label, value: inner.value, conjunct: inner})
		g := p.anyMember()
		g.said = append(g.said, inner)
		g.fields = append(g.fields, f)
		return total
	}
	name, static := syntax.StaticLabel(f)
	if !static {
		p.unclearAt(f, "a label is computed")
		return false
	}
	if kind := syntax.KindOfLabel(f); kind != syntax.Field {
		p.helpers[name] = append(p.helpers[name], syntax.Declaration{Field: f, Value: inner.value})
		return false
	}
	m := p.member(name)
	m.said = append(m.said, inner)
	m.fields = append(m.fields, f)
	return false
}

// conditional takes the body of a comprehension: of what it names nobody knows
// whether it is said, and of what it does not name it says nothing.
func (s *scan) conditional(p *place, c *ast.Comprehension) {
	message := "it is said under a condition"
	for _, clause := range c.Clauses {
		if _, loop := clause.(*ast.ForClause); loop {
			message = "it is said in a loop"
		}
	}
	s.perhaps(p, c.Value, message)
	if c.Fallback != nil {
		s.perhaps(p, c.Fallback.Body, message)
	}
}

// perhaps makes unclear every place that an expression may speak about.
func (s *scan) perhaps(p *place, x ast.Expr, message string) {
	p.perhaps = x
	body, ok := x.(*ast.StructLit)
	if !ok {
		p.unclearAt(x, message)
		return
	}
	for _, decl := range body.Elts {
		switch d := decl.(type) {
		case *ast.Field:
			name, static := syntax.StaticLabel(d)
			switch {
			case !static:
				p.unclearAt(d, message)
			case syntax.KindOfLabel(d) != syntax.Field:
				p.helpers[name] = append(p.helpers[name], syntax.Declaration{Field: d, Value: d.Value})
			default:
				s.perhaps(p.member(name), syntax.Value(d), message)
			}
		case *ast.EmbedDecl:
			s.perhaps(p, d.Expr, message)
		case *ast.Comprehension:
			s.perhaps(p, d.Value, message)
		case *ast.LetClause, *ast.Attribute, *ast.CommentGroup:
		case *ast.Ellipsis:
			if d.Type != nil {
				p.unclearAt(d, message)
			}
		default:
			p.unclearAt(decl, message)
		}
	}
}

func isTop(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	return ok && name.Name == "_"
}

// isEveryLabel says that a pattern applies to every label.
func isEveryLabel(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	return ok && (name.Name == "_" || (name.Name == "string" || name.Name == "__string") && name.Node == nil)
}

// pathText writes a path as reasons name it: namespaces.[].deployments.
func pathText(path []*string) string {
	if len(path) == 0 {
		return "the root"
	}
	var parts []string
	for _, label := range path {
		if label == nil {
			parts = append(parts, "[]")
		} else {
			parts = append(parts, *label)
		}
	}
	return strings.Join(parts, ".")
}
