package syntax

import (
	"strconv"

	"cuelang.org/go/cue/ast"
)

// Kind says what a name stands for.
type Kind int

// Kinds of meanings.
const (
	Unknown     Kind = iota // the text does not tell
	Field                   // a regular field
	Hidden                  // `_x` or `_#x`
	Definition              // `#x`
	Let                     // a `let` clause, in a struct or a comprehension
	ForVariable             // key or value of a `for`
	LabelAlias              // N of `[N=string]: …`: the label
	ValueAlias              // X of `x: X={…}`, of `X=[string]: …`: the value around
	Import                  // a package; Meaning.Import tells which
	Predeclared             // string, int, or, error, close, len …
	Top                     // `_`
	Observed                // #observed of the root
)

// Meaning is what an identifier stands for.
type Meaning struct {
	Kind Kind
	// Declarations are all places that say what it is: of a field at the top of a
	// package all files', of one at the top of a root all roots'; of one inside a
	// struct those of that struct literal only.
	Declarations []Declaration
	// Import is the id of the imported package, or the path of one of the standard library.
	Import string
	// Standard says that Import is of the standard library.
	Standard bool
	// Source is the pattern's field for LabelAlias, the field for ValueAlias, the
	// clause for Let and ForVariable, else nil.
	Source ast.Node
}

// Declaration is one place that says what a name is.
type Declaration struct {
	// Field is nil for `let`.
	Field *ast.Field
	Value ast.Expr
	// Package is the id of the package it stands in.
	Package string
	// Stack is what encloses the field or clause, outermost first.
	Stack []ast.Node
	// Path is its labels from the root; nil where patterns or computed labels are on the way.
	Path []string
}

// Meaning says what an identifier in an expression stands for. Labels and the
// names behind a dot are no such identifiers.
func (p *Program) Meaning(id *ast.Ident) Meaning {
	if id.Name == "_" {
		return Meaning{Kind: Top}
	}
	switch n := id.Node.(type) {
	case nil:
		return p.unresolved(id)
	case *ast.ImportSpec:
		return p.imported(id, n)
	case *ast.LetClause:
		return Meaning{Kind: Let, Source: n, Declarations: []Declaration{p.declaration(nil, n.Expr, n)}}
	case *ast.Field:
		return p.aliased(id, n)
	case *ast.Alias:
		if f, ok := id.Scope.(*ast.Field); ok && f.Value == ast.Expr(n) {
			return Meaning{Kind: ValueAlias, Source: f, Declarations: []Declaration{p.declaration(f, n.Expr, f)}}
		}
		return Meaning{}
	}
	switch scope := id.Scope.(type) {
	case *ast.ForClause:
		return Meaning{Kind: ForVariable, Source: scope}
	case *ast.LetClause:
		return Meaning{Kind: Let, Source: scope, Declarations: []Declaration{p.declaration(nil, scope.Expr, scope)}}
	case *ast.Field:
		if Pattern(scope) != nil && id.Node == ast.Node(Pattern(scope)) {
			return Meaning{Kind: LabelAlias, Source: scope}
		}
	case *ast.File:
		return p.topName(id)
	case *ast.StructLit:
		return p.memberOf(scope, id.Name)
	}
	return Meaning{}
}

// unresolved is a name that the file itself does not declare.
func (p *Program) unresolved(id *ast.Ident) Meaning {
	if id.IsPredeclared() {
		return Meaning{Kind: Predeclared}
	}
	if p.known[id.Name] {
		if m := p.topName(id); m.Kind != Unknown {
			return m
		}
	}
	if IsPredeclared(id.Name) {
		return Meaning{Kind: Predeclared}
	}
	return Meaning{}
}

func (p *Program) imported(id *ast.Ident, spec *ast.ImportSpec) Meaning {
	f := p.FileOf(id)
	path, err := strconv.Unquote(spec.Path.Value)
	if f == nil || err != nil {
		return Meaning{}
	}
	if pkg := p.imports(f.Package, path); pkg != "" {
		return Meaning{Kind: Import, Import: pkg}
	}
	return Meaning{Kind: Import, Import: path, Standard: true}
}

// aliased is X of `X=x: …`, a field by another name, or of `X=[string]: …`, the value of a pattern.
func (p *Program) aliased(id *ast.Ident, f *ast.Field) Meaning {
	if _, static := StaticLabel(f); static && KindOfLabel(f) != Field {
		return Meaning{Kind: KindOfLabel(f), Declarations: []Declaration{p.declaration(f, Value(f), f)}}
	}
	return Meaning{Kind: ValueAlias, Source: f, Declarations: []Declaration{p.declaration(f, Value(f), f)}}
}

// topName is a name at the top of the package that the identifier stands in.
func (p *Program) topName(id *ast.Ident) Meaning {
	f := p.FileOf(id)
	if f == nil {
		return Meaning{}
	}
	return p.Member(f.Package, id.Name)
}

// memberOf is a field that a struct literal declares.
func (p *Program) memberOf(s *ast.StructLit, name string) Meaning {
	m := Meaning{Kind: kindOfName(name)}
	if name == "#observed" {
		return Meaning{} // it only looks like the root's
	}
	for _, e := range s.Elts {
		if f, ok := e.(*ast.Field); ok {
			if label, ok := Label(f).(*ast.Ident); ok && label.Name == name {
				m.Declarations = append(m.Declarations, p.declaration(f, Value(f), f))
			}
		}
	}
	if len(m.Declarations) == 0 {
		return Meaning{}
	}
	return m
}

// declaration is a field or clause with what encloses it.
func (p *Program) declaration(f *ast.Field, value ast.Expr, n ast.Node) Declaration {
	stack := p.Around(n)
	d := Declaration{Field: f, Value: value, Stack: stack[:len(stack)-1]}
	if file, ok := stack[0].(*ast.File); ok {
		d.Package = p.holders[file].Package
	}
	d.Path = []string{}
	for _, around := range stack {
		switch x := around.(type) {
		case *ast.Field:
			name, static := StaticLabel(x)
			if !static {
				d.Path = nil
				return d
			}
			d.Path = append(d.Path, name)
		case *ast.ListLit, *ast.CallExpr, *ast.Comprehension:
			d.Path = nil
			return d
		}
	}
	return d
}
