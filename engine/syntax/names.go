package syntax

import (
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"
)

// tops are the declarations at the top of one package's files.
type tops struct {
	// named are those that an identifier can mean, by name.
	named map[string][]Declaration
	// quoted are regular fields whose label is written in quotes: they unify with
	// others of the label, but no identifier means them.
	quoted map[string][]Declaration
}

// learnTops records the fields at the top of a file.
func (p *Program) learnTops(f *File) {
	top := p.tops[f.Package]
	if top == nil {
		top = &tops{named: map[string][]Declaration{}, quoted: map[string][]Declaration{}}
		p.tops[f.Package] = top
	}
	stack := []ast.Node{f.Syntax}
	for _, decl := range f.Syntax.Decls {
		field, ok := decl.(*ast.Field)
		if !ok {
			continue
		}
		name, ok := StaticLabel(field)
		if !ok {
			continue
		}
		table := top.quoted
		if _, named := Label(field).(*ast.Ident); named {
			table = top.named
			p.known[name] = true
		}
		table[name] = append(table[name], Declaration{
			Field: field, Value: Value(field), Package: f.Package, Stack: stack, Path: []string{name},
		})
	}
}

// all are the declarations of a label, of one kind.
func (t *tops) all(name string, kind Kind) []Declaration {
	if t == nil {
		return nil
	}
	if kind == Field {
		return append(slices.Clone(t.named[name]), t.quoted[name]...)
	}
	return slices.Clone(t.named[name])
}

// Member is what a name at the top of a package stands for, in the package itself:
// where the package is a root, together with what all other roots say of it. From
// outside, through an import, it is the package's own declarations alone: MemberAlone.
func (p *Program) Member(pkg, name string) Meaning {
	top, kind := p.tops[pkg], kindOfName(name)
	if top == nil || len(top.named[name]) == 0 {
		return Meaning{}
	}
	if name == "#observed" {
		if p.roots[pkg] && allTop(top.named[name]) {
			return Meaning{Kind: Observed}
		}
		return Meaning{}
	}
	m := Meaning{Kind: kind, Declarations: top.all(name, kind)}
	if kind == Hidden || !p.roots[pkg] {
		return m
	}
	for _, other := range slices.Sorted(maps.Keys(p.roots)) {
		if other != pkg {
			m.Declarations = append(m.Declarations, p.tops[other].all(name, kind)...)
		}
	}
	return m
}

// MemberAlone is what `pkg.name` stands for through an import.
func (p *Program) MemberAlone(pkg, name string) Meaning {
	top, kind := p.tops[pkg], kindOfName(name)
	if top == nil || kind == Hidden || name == "#observed" {
		return Meaning{}
	}
	if own := top.all(name, kind); len(own) > 0 {
		return Meaning{Kind: kind, Declarations: own}
	}
	return Meaning{}
}

// Select is what `x.name` stands for where x is what the declarations say. It
// fails where a declaration is anything but struct literals, of which the text
// alone would not tell what else they hold.
func (p *Program) Select(of []Declaration, name string) (declarations []Declaration, ok bool) {
	for _, d := range of {
		s, isStruct := d.Value.(*ast.StructLit)
		if !isStruct {
			return nil, false
		}
		for _, e := range s.Elts {
			switch e := e.(type) {
			case *ast.Field:
				label, static := StaticLabel(e)
				switch {
				case !static && Pattern(e) == nil:
					return nil, false
				case !static && kindOfName(name) == Field:
					return nil, false // a pattern may speak of it
				case static && label == name && KindOfLabel(e) == kindOfName(name):
					declarations = append(declarations, p.declaration(e, Value(e), e))
				}
			case *ast.EmbedDecl, *ast.Comprehension:
				return nil, false
			}
		}
	}
	return declarations, len(declarations) > 0
}

func allTop(declarations []Declaration) bool {
	return !slices.ContainsFunc(declarations, func(d Declaration) bool {
		name, ok := d.Value.(*ast.Ident)
		return !ok || name.Name != "_"
	})
}
