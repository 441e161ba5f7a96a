package separable

import (
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// candidate is a pattern whose entities may be separable.
type candidate struct {
	path []*string
	list bool
	// levels[i] are all places that path[:i] stands for: the last are the collections.
	levels [][]*place
	// levelOfForm tells the level at which a struct literal or file is the scope of names.
	levelOfForm map[ast.Node]int

	reads      []read
	readsLabel bool
	labelUses  []*ast.Ident
	reasons    []Reason
}

func newCandidate(path []*string, levels [][]*place) *candidate {
	c := &candidate{path: path, levels: levels, levelOfForm: map[ast.Node]int{}}
	for i, places := range levels {
		for _, p := range places {
			for _, form := range p.forms {
				c.levelOfForm[form] = i
			}
		}
	}
	for _, p := range c.collections() {
		c.list = c.list || p.isList
	}
	return c
}

func (c *candidate) collections() []*place { return c.levels[len(c.levels)-1] }

func (c *candidate) prefix(level int) []*string {
	return append([]*string{}, c.path[:level]...)
}

// constraints are the patterns for all entities.
func (c *candidate) constraints() []constraint {
	var out []constraint
	for _, p := range c.collections() {
		out = append(out, p.patterns...)
	}
	return out
}

// isOwnField says that a node is the field of one of the patterns themselves.
func (c *candidate) isOwnField(n ast.Node) bool {
	for _, p := range c.constraints() {
		if p.field != nil && ast.Node(p.field) == n {
			return true
		}
	}
	return false
}

// isAround says that a node is the field of a pattern on the way to the collections.
func (c *candidate) isAround(n ast.Node) bool {
	for _, places := range c.levels {
		for _, p := range places {
			for _, x := range p.patterns {
				if x.field != nil && ast.Node(x.field) == n {
					return true
				}
			}
		}
	}
	return false
}

// levelOf is the level around the entities in whose scope an identifier was
// found, or -1: names at the top of a root mean the root of the tree.
func (c *candidate) levelOf(id *ast.Ident, program *syntax.Program) int {
	_, top := id.Scope.(*ast.File)
	if id.Node == nil || top {
		if f := program.FileOf(id); f != nil && program.IsRoot(f.Package) {
			return 0
		}
		return -1
	}
	if level, ok := c.levelOfForm[id.Scope]; ok {
		return level
	}
	return -1
}

// isOwnPlace says that steps from #observed lead to the entity itself or into
// it: static labels as in the path, and label aliases where the path has any label.
func (c *candidate) isOwnPlace(steps []syntax.Step, program *syntax.Program) bool {
	if len(steps) < len(c.path) || c.list {
		return false
	}
	for i, label := range c.path {
		switch s := steps[i]; {
		case label != nil && (s.Computed || s.Label != *label):
			return false
		case label == nil && s.By == nil:
			return false
		case label == nil && !c.isLabelAt(s.By, i, program):
			return false
		}
	}
	return true
}

// positionOf is where in the path the label stands that an identifier is the alias
// of, or -1.
func (c *candidate) positionOf(id *ast.Ident, program *syntax.Program) int {
	for i, label := range c.path {
		if label == nil && c.isLabelAt(id, i, program) {
			return i
		}
	}
	return -1
}

// isLabelAt says that an identifier is the label alias of the patterns at one step of the path.
func (c *candidate) isLabelAt(id *ast.Ident, i int, program *syntax.Program) bool {
	m := program.Meaning(id)
	if m.Kind != syntax.LabelAlias {
		return false
	}
	for _, p := range c.levels[i] {
		for _, pattern := range p.patterns {
			if pattern.field != nil && ast.Node(pattern.field) == m.Source {
				return true
			}
		}
	}
	return false
}
