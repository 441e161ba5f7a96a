package lint

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// origin says what a name, with what is selected from it, stands for.
type origin struct {
	// tree says that it is a value that constraints apply to and observation fills.
	tree bool
	// parameter says that it is a definition or hidden field: it is of the tree only
	// where it is given a value of the tree.
	parameter bool
	// places are those that it stands for, where the text tells.
	places []*place
}

// binding is a name where it is declared: in a struct, a clause or a package.
type binding struct {
	scope ast.Node
	pkg   string
	name  string
}

// deepestOrigin bounds through how many names a value is followed.
const deepestOrigin = 40

// origin is what a use of a name reads.
func (l *linter) origin(u syntax.Use) origin {
	o := l.settled(l.base(u.Ident))
	for _, step := range u.Steps {
		o = l.settled(o.step(step, l.current.Package))
	}
	return o
}

// settled is an origin of which is known whether it is of the tree.
func (l *linter) settled(o origin) origin {
	if o.parameter && !o.tree {
		o.tree = slices.ContainsFunc(o.places, l.isGivenTree)
		o.parameter = !o.tree
	}
	return o
}

// readsTree says whether any name in a piece of syntax stands for a value of the tree.
func (l *linter) readsTree(n ast.Node) (reads bool) {
	syntax.EachUse(n, nil, nil, func(u syntax.Use) { reads = reads || l.origin(u).tree })
	return reads
}

// base is what a name alone stands for, worked out once.
func (l *linter) base(id *ast.Ident) origin {
	if _, imported := id.Node.(*ast.ImportSpec); imported {
		return origin{}
	}
	b := l.bindingOf(id)
	if o, known := l.origins[b]; known {
		return o
	}
	if l.busy[b] || len(l.busy) > deepestOrigin {
		return origin{}
	}
	l.busy[b] = true
	o := l.declared(id)
	delete(l.busy, b)
	l.origins[b] = o
	return o
}

func (l *linter) bindingOf(id *ast.Ident) binding {
	switch id.Node.(type) {
	case *ast.LetClause, *ast.Field, *ast.Alias:
		return binding{scope: id.Node, name: id.Name}
	}
	switch id.Scope.(type) {
	case nil, *ast.File:
		return binding{pkg: l.current.Package, name: id.Name}
	}
	return binding{scope: id.Scope, name: id.Name}
}

// isMember says that a name is that of a field of a struct literal, and not of a `let` or an alias there.
func isMember(id *ast.Ident) bool {
	switch id.Node.(type) {
	case *ast.LetClause, *ast.Field, *ast.Alias, *ast.ImportSpec:
		return false
	}
	_, inStruct := id.Scope.(*ast.StructLit)
	return inStruct
}

func (l *linter) declared(id *ast.Ident) origin {
	if isMember(id) {
		scope, known := l.tree.scopes[id.Scope]
		if !known {
			return origin{}
		}
		return l.memberOf(scope, id.Name)
	}
	switch m := l.Program.Meaning(id); m.Kind {
	case syntax.Field, syntax.Hidden, syntax.Definition:
		if m.Kind == syntax.Field && !l.Program.IsRoot(l.current.Package) {
			return origin{}
		}
		return l.memberOf(l.tree.scopes[l.current.Syntax], id.Name)
	case syntax.Let:
		return l.follow(letValue(m.Source))
	case syntax.ForVariable:
		loop, ok := m.Source.(*ast.ForClause)
		if !ok || loop.Value == nil || loop.Value.Name != id.Name {
			return origin{} // a label is not constrained
		}
		return l.follow(loop.Source).step(syntax.Step{Computed: true}, l.current.Package)
	case syntax.ValueAlias:
		f, ok := m.Source.(*ast.Field)
		p, known := l.tree.fields[f]
		if !ok || !known {
			return origin{}
		}
		isTree := syntax.KindOfLabel(f) == syntax.Field && !p.isConstant()
		return origin{tree: isTree, parameter: !isTree, places: []*place{p}}
	}
	return origin{}
}

// letValue is what a `let` stands for, in a struct or in a comprehension.
func letValue(n ast.Node) ast.Expr {
	if let, ok := n.(*ast.LetClause); ok {
		return let.Expr
	}
	return nil
}

// memberOf is a member of a place by its name in the text.
func (l *linter) memberOf(p *place, name string) origin {
	label, parameter := name, isHelperName(name)
	if parameter {
		label = helperLabel(name, l.current.Package)
	}
	m := p.members[label]
	if m == nil || name == "#observed" {
		return origin{}
	}
	return origin{tree: !parameter && !m.isConstant(), parameter: parameter, places: []*place{m}}
}

// isHelperName says that a name is that of a definition or hidden field.
func isHelperName(name string) bool {
	return strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_")
}

// isConstant says that a place of a definition or hidden field holds a literal, which is no data of the tree.
func (p *place) isConstant() bool {
	if !p.template || len(p.said) == 0 || len(p.members) > 0 {
		return false
	}
	for _, c := range p.said {
		if _, ok := constant(c.value); !ok {
			return false
		}
	}
	return true
}

// step is what is selected from an origin.
func (o origin) step(s syntax.Step, pkg string) origin {
	out := origin{tree: o.tree, parameter: o.parameter}
	labels := []string{every, element, s.Label}
	switch {
	case s.Computed:
		labels = labels[:2]
	case isHelperName(s.Label):
		out.tree, out.parameter = false, true
		labels = []string{helperLabel(s.Label, pkg)}
	}
	for _, p := range o.places {
		for _, label := range labels {
			if m := p.members[label]; m != nil {
				out.places = append(out.places, m)
			}
		}
	}
	out.places = out.places[:min(len(out.places), mostPlaces)]
	return out
}

// mostPlaces bounds how many places one name is followed to.
const mostPlaces = 16

// isGivenTree says that something of the tree is put at a place of a definition or hidden field.
func (l *linter) isGivenTree(p *place) bool {
	if known, done := l.given[p]; done {
		return known
	}
	if l.depth > deepestOrigin {
		return false
	}
	l.given[p] = false // what leads to itself is given nothing
	l.depth++
	defer func() { l.depth-- }()
	given := slices.ContainsFunc(p.said, func(c conjunct) bool { return l.follow(c.value).tree })
	l.given[p] = given
	return given
}

// follow is what an expression stands for.
func (l *linter) follow(x ast.Expr) origin {
	if x == nil {
		return origin{}
	}
	switch y := bare(x).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		var first *syntax.Use
		syntax.EachUse(y, nil, nil, func(u syntax.Use) {
			if first == nil {
				first = &u
			}
		})
		if first != nil && startsWith(y, first.Ident) {
			return l.origin(*first)
		}
	}
	return origin{tree: l.readsTree(x)}
}

// startsWith says that a chain of selectors and indices begins at a name.
func startsWith(x ast.Expr, id *ast.Ident) bool {
	for {
		switch y := bare(x).(type) {
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		default:
			return y == ast.Expr(id)
		}
	}
}
