package separable

import (
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// uses are all uses of names in all files that may read the tree, by what they begin at.
type uses struct {
	// top are uses of names at the top of packages, by package and name.
	top map[string]map[string][]syntax.Use
	// scoped are uses of names that a struct literal declares.
	scoped map[ast.Node][]syntax.Use
	// aliased are uses of another name of a field.
	aliased map[ast.Node][]syntax.Use
	// imported are uses of packages that are roots, by package.
	imported map[string][]syntax.Use
	observed []syntax.Use
	unknown  []syntax.Use
}

// gatherUses goes through all files once.
func (s *scan) gatherUses() *uses {
	u := &uses{
		top: map[string]map[string][]syntax.Use{}, scoped: map[ast.Node][]syntax.Use{},
		aliased: map[ast.Node][]syntax.Use{}, imported: map[string][]syntax.Use{},
	}
	for _, f := range s.program.Files() {
		root := s.program.IsRoot(f.Package)
		top := u.top[f.Package]
		if top == nil {
			top = map[string][]syntax.Use{}
			u.top[f.Package] = top
		}
		skip := func(f *ast.Field) bool { return s.plain[f.Value] }
		syntax.EachUse(f.Syntax, nil, skip, func(x syntax.Use) {
			switch m := s.program.Meaning(x.Ident); m.Kind {
			case syntax.Import:
				if !m.Standard && s.program.IsRoot(m.Import) {
					u.imported[m.Import] = append(u.imported[m.Import], x)
				}
			case syntax.Field:
				if _, inStruct := x.Ident.Scope.(*ast.StructLit); inStruct && x.Ident.Node != nil {
					u.scoped[x.Ident.Scope] = append(u.scoped[x.Ident.Scope], x)
				} else {
					top[x.Ident.Name] = append(top[x.Ident.Name], x)
				}
			case syntax.ValueAlias:
				u.aliased[m.Source] = append(u.aliased[m.Source], x)
			case syntax.Observed:
				u.observed = append(u.observed, x)
			case syntax.Unknown:
				if root {
					u.unknown = append(u.unknown, x)
				}
			}
		})
	}
	return u
}

// judgeReaders finds what reads the collection, an entity, or what is above them.
func (s *scan) judgeReaders(c *candidate) {
	for _, x := range s.uses.unknown {
		c.cross(x.Ident, "the text does not tell what `"+x.Ident.Name+"` stands for")
	}
	for pkg := range s.uses.imported {
		for _, x := range s.uses.imported[pkg] {
			if len(x.Steps) == 0 || leadsTo(x.Steps, c.path) {
				c.cross(x.Ident, s.reading(x, pathText(c.path[:len(c.path)-1])))
			}
		}
	}
	for level, places := range c.levels {
		s.judgeScopes(c, level, places)
		for _, p := range places {
			for _, f := range p.fields {
				for _, x := range s.uses.aliased[f] {
					if level < len(c.path) && leadsTo(x.Steps, c.path[level:]) {
						c.cross(x.Ident, s.reading(x, pathText(c.prefix(level))))
					}
				}
			}
		}
	}
	if len(s.uses.aliased) > 0 {
		s.judgeEntityAliases(c)
	}
}

// judgeScopes finds uses of names of the structs at one level that lead to the collection or an entity.
func (s *scan) judgeScopes(c *candidate, level int, places []*place) {
	wanted := c.path[level]
	check := func(x syntax.Use) {
		if (wanted == nil || x.Ident.Name == *wanted) && leadsTo(x.Steps, c.path[level+1:]) {
			c.cross(x.Ident, s.reading(x, pathText(append(c.prefix(level), &x.Ident.Name))))
		}
	}
	if level == 0 {
		for pkg, byName := range s.uses.top {
			if !s.program.IsRoot(pkg) || wanted == nil {
				continue
			}
			for _, x := range byName[*wanted] {
				check(x)
			}
		}
		return
	}
	for _, p := range places {
		for _, form := range p.forms {
			for _, x := range s.uses.scoped[form] {
				check(x)
			}
		}
	}
}

// judgeEntityAliases finds uses of another name of an entity outside of the entity.
func (s *scan) judgeEntityAliases(c *candidate) {
	for _, p := range c.collections() {
		for label, m := range p.members {
			for _, f := range m.fields {
				for _, x := range s.uses.aliased[f] {
					if !s.standsIn(x.Ident, f) {
						c.cross(x.Ident, s.reading(x, pathText(append(c.prefix(len(c.path)-1), &label))))
					}
				}
			}
		}
	}
}

func (s *scan) standsIn(n, holder ast.Node) bool {
	for _, around := range s.program.Around(n) {
		if around == holder {
			return true
		}
	}
	return false
}

// leadsTo says that steps may lead to a place on the way to a path's end, to the end, or below it.
func leadsTo(steps []syntax.Step, path []*string) bool {
	for i, s := range steps {
		if i >= len(path) {
			return true
		}
		if path[i] != nil && !s.Computed && s.Label != *path[i] {
			return false
		}
	}
	return true
}

// reading says who reads a place: "`_ids` reads `services`".
func (s *scan) reading(x syntax.Use, what string) string {
	var labels []string
	for _, around := range s.program.Around(x.Ident) {
		switch n := around.(type) {
		case *ast.Field:
			if name, static := syntax.StaticLabel(n); static {
				labels = append(labels, name)
			} else {
				labels = append(labels, "[]")
			}
		case *ast.LetClause:
			labels = append(labels, "let "+n.Ident.Name)
		}
	}
	if len(labels) == 0 {
		return "reads `" + what + "`"
	}
	return "`" + strings.Join(labels, ".") + "` reads `" + what + "`"
}
