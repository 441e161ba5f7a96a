package lint

import (
	"maps"
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// sharedDefinitions finds definitions of one name that several teams write: they
// are unified wherever either is used.
func (l *linter) sharedDefinitions() {
	byName := map[string][]written{}
	for _, f := range l.files {
		if f.Team == "" || !l.Program.IsRoot(f.Package) {
			continue
		}
		for _, decl := range f.Syntax.Decls {
			if d, ok := definitionIn(decl); ok {
				byName[d.name] = append(byName[d.name], written{d.field, f.Team})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		teams, texts := map[string]bool{}, map[string]bool{}
		var nodes []ast.Node
		for _, w := range byName[name] {
			teams[w.team] = true
			texts[l.Text(w.field.Value)] = true
			nodes = append(nodes, w.field)
		}
		if len(teams) < 2 || len(texts) < 2 {
			continue
		}
		names := slices.Sorted(maps.Keys(teams))
		l.add(sharedDefinition, "`"+name+"` is written by "+List(names)+": the definitions are unified, so that each team's says what the others' names stand for; "+
			"give each a name of its own, or write `"+name+": _` where another team's is meant", nodes...)
	}
}

// written is a field that a team writes.
type written struct {
	field *ast.Field
	team  string
}

// named is a field at the top of a file that other text refers to by name.
type named struct {
	name  string
	field *ast.Field
}

// definitionIn is a definition that says something: `#X: _` only declares the name.
func definitionIn(decl ast.Decl) (named, bool) {
	f, ok := decl.(*ast.Field)
	if !ok || f.Value == nil || syntax.KindOfLabel(f) != syntax.Definition || isTop(syntax.Value(f)) {
		return named{}, false
	}
	name, static := syntax.StaticLabel(f)
	return named{name, f}, static && name != "#observed"
}

func isTop(x ast.Expr) bool {
	name, ok := x.(*ast.Ident)
	return ok && name.Name == "_"
}

// unused finds definitions and hidden rules that nothing refers to, so that what they say holds for nothing.
func (l *linter) unused() {
	referred := l.referred()
	for _, f := range l.files {
		if !l.Program.IsRoot(f.Package) {
			continue
		}
		l.current = f
		for _, decl := range f.Syntax.Decls {
			n, ok := definitionIn(decl)
			if !ok {
				n, ok = hiddenRuleIn(decl)
			}
			if ok && l.isCheck(n) {
				continue
			}
			if ok && !referred[n.name] {
				l.add(unused, "nothing refers to `"+n.name+"`, so that what it says holds for nothing; use it where it is meant, as in `services: [string]: "+n.name+"`, or leave it out", n.field)
			}
		}
	}
}

// hiddenRuleIn is a hidden field that says something. What has attributes is given a value from outside.
func hiddenRuleIn(decl ast.Decl) (named, bool) {
	f, ok := decl.(*ast.Field)
	if !ok || f.Value == nil || len(f.Attrs) > 0 || syntax.KindOfLabel(f) != syntax.Hidden || isTop(syntax.Value(f)) {
		return named{}, false
	}
	name, static := syntax.StaticLabel(f)
	return named{name, f}, static
}

// isCheck says that a hidden field reads something, here or where else it is written in the package: then it may fail by itself.
func (l *linter) isCheck(n named) (reads bool) {
	if syntax.KindOfLabel(n.field) != syntax.Hidden {
		return false
	}
	for _, value := range l.tree.fields[n.field].written {
		syntax.EachUse(value, nil, nil, func(u syntax.Use) {
			kind := l.Program.Meaning(u.Ident).Kind
			reads = reads || kind != syntax.Predeclared && kind != syntax.Top && kind != syntax.Import
		})
	}
	return reads
}

// referred are the names of definitions and hidden fields that any text mentions, other than within their own.
func (l *linter) referred() map[string]bool {
	out := map[string]bool{}
	for _, f := range l.Program.Files() {
		for _, decl := range f.Syntax.Decls {
			own := ""
			if field, ok := decl.(*ast.Field); ok {
				own, _ = syntax.StaticLabel(field)
			}
			ast.Walk(decl, func(n ast.Node) bool {
				if field, ok := n.(*ast.Field); ok && ast.Node(field) == ast.Node(decl) {
					return true
				}
				if name, ok := n.(*ast.Ident); ok && isHelperName(name.Name) && name.Name != own {
					out[name.Name] = true
				}
				return true
			}, nil)
		}
	}
	return out
}
