package acceptance

import (
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// refer says what a name, plain or of an imported package, stands for. Only what
// no observed value can change has a meaning here: definitions and hidden fields
// at the top of a package, lets, labels, CUE's own names.
func (e *emitter) refer(x ast.Expr) syntax.Meaning {
	var m syntax.Meaning
	switch x := x.(type) {
	case *ast.Ident:
		m = e.p.Meaning(x)
	case *ast.SelectorExpr:
		m = e.selected(x)
	}
	switch m.Kind {
	case syntax.Let, syntax.Top, syntax.Predeclared, syntax.LabelAlias, syntax.Observed, syntax.Field:
		return m
	case syntax.Hidden, syntax.Definition:
		for _, d := range m.Declarations {
			if d.Field == nil || len(d.Path) != 1 || e.isAddedTo(d) {
				return syntax.Meaning{}
			}
		}
		return m
	}
	return syntax.Meaning{}
}

// selected is what `pkg.Name` stands for. A package that is itself a part of the
// whole says less to those that import it, which the names inside it do not tell.
func (e *emitter) selected(x *ast.SelectorExpr) syntax.Meaning {
	pkg, isName := x.X.(*ast.Ident)
	name, isPlain := x.Sel.(*ast.Ident)
	if !isName || !isPlain {
		return syntax.Meaning{}
	}
	m := e.p.Meaning(pkg)
	if m.Kind != syntax.Import || m.Standard || e.p.IsRoot(m.Import) {
		return syntax.Meaning{}
	}
	return e.p.MemberAlone(m.Import, name.Name)
}

// standard is the name of a function of the standard library: "strings.MinRunes".
func (e *emitter) standard(x ast.Expr) string {
	s, ok := x.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	pkg, isName := s.X.(*ast.Ident)
	name, isPlain := s.Sel.(*ast.Ident)
	if !isName || !isPlain {
		return ""
	}
	if m := e.p.Meaning(pkg); m.Kind == syntax.Import && m.Standard {
		return m.Import + "." + name.Name
	}
	return ""
}

// isAddedTo says that a condition, a loop or an embedding at the top of a file may
// say more of what a declaration says.
func (e *emitter) isAddedTo(d syntax.Declaration) bool {
	if e.added == nil {
		e.added = map[string]bool{}
		for _, f := range e.p.Files() {
			for _, decl := range f.Syntax.Decls {
				e.learnAdded(f, decl)
			}
		}
	}
	name := d.Path[0]
	if syntax.KindOfLabel(d.Field) == syntax.Hidden {
		return e.added[d.Package+"\x00*"] || e.added[d.Package+"\x00"+name]
	}
	return e.added["*"] || e.added[name]
}

// learnAdded records the names that a declaration at the top of a file may add to, by package and at all.
func (e *emitter) learnAdded(f *syntax.File, decl ast.Decl) {
	learn := func(name string) {
		e.added[name] = true
		e.added[f.Package+"\x00"+name] = true
	}
	var body ast.Expr
	switch x := decl.(type) {
	case *ast.EmbedDecl:
		body = x.Expr
	case *ast.Comprehension:
		if x.Fallback != nil {
			learn("*")
		}
		body = x.Value
	default:
		return
	}
	s, ok := body.(*ast.StructLit)
	if !ok {
		learn("*")
		return
	}
	for _, inner := range s.Elts {
		if field, ok := inner.(*ast.Field); ok {
			if name, static := syntax.StaticLabel(field); static {
				learn(name)
			} else if _, computed := syntax.Label(field).(*ast.Ident); computed {
				learn("*")
			}
			continue
		}
		e.learnAdded(f, inner)
	}
}

// isHiddenName says that a label is no name of data.
func isHiddenName(f *ast.Field) bool { return syntax.KindOfLabel(f) != syntax.Field }

// isUnsafeName says that every JavaScript object seems to have a member of a name, that
// validators lose it (the empty one), or that CUE may write it differently.
func isUnsafeName(name string) bool {
	switch name {
	case "", "__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
		"__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__":
		return true
	}
	return !norm(name)
}

// norm says that a name is certainly in Unicode's normal form C.
func norm(name string) bool {
	return strings.IndexFunc(name, func(c rune) bool { return c >= 0x300 || c == 0 }) < 0
}
