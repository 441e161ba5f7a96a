package evaluator

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// restriction leaves out of the fragments what they say of entities that are not
// asked about. Only fields that roots write out are left out, in all their
// spellings; definitions and packages that are only imported stay as they are.
type restriction struct {
	borders borders
	keep    map[string]bool
	// met says of entities that roots write out whether they are kept.
	met map[string]bool
	// left tells of what was left out: whole checks judge by what any text holds.
	left   textTraits
	spared sparedImports
	// emptied are structs that have lost all they held.
	emptied map[*ast.StructLit]bool
}

// newRestriction is nil where nothing is restricted.
func newRestriction(r *protocol.Restriction) *restriction {
	if r == nil {
		return nil
	}
	out := &restriction{borders: borders(r.Patterns), keep: map[string]bool{}, met: map[string]bool{}, spared: sparedImports{}, emptied: map[*ast.StructLit]bool{}}
	for _, path := range r.Keep {
		out.keep[pathKey(path)] = true
	}
	return out
}

func pathKey(path protocol.Path) string {
	var b strings.Builder
	for _, label := range path {
		b.WriteString(strconv.Itoa(len(label)))
		b.WriteByte(':')
		b.WriteString(label)
	}
	return b.String()
}

// leavesTheSame says that another restriction leaves the same out of files that this one has cut.
func (r *restriction) leavesTheSame(other *restriction) bool {
	if r == nil || other == nil {
		return r == nil && other == nil
	}
	for entity, kept := range r.met {
		if other.keep[entity] != kept {
			return false
		}
	}
	return reflect.DeepEqual(r.borders, other.borders)
}

// keeping is a restriction that has cut the same and keeps other entities.
func (r *restriction) keeping(keep map[string]bool) *restriction {
	out := *r
	out.keep = keep
	return &out
}

// leavesOut says that a path lies in an entity that is not asked about.
func (r *restriction) leavesOut(path protocol.Path) bool {
	entity, ok := r.borders.entity(path)
	if !ok {
		return false
	}
	key := pathKey(entity)
	r.met[key] = r.keep[key]
	return !r.met[key]
}

// leavesOutAt says the same of a location; what a part of a list holds is asked about.
func (r *restriction) leavesOutAt(at location) bool {
	if r == nil {
		return false
	}
	entity, ok := r.borders.entity(at.labels())
	return ok && at[len(entity)-1].kind != indexStep && !r.keep[pathKey(entity)]
}

// isLeftOut says that a path is that of an entity that is not asked about.
func (r *restriction) isLeftOut(path protocol.Path) bool {
	if r == nil {
		return false
	}
	entity, ok := r.borders.entity(path)
	return ok && len(entity) == len(path) && !r.keep[pathKey(entity)]
}

// apply cuts a freshly parsed and resolved file of a root, in place.
func (r *restriction) apply(file *ast.File, text string) {
	if r == nil || len(r.borders) == 0 {
		return
	}
	c := &cutter{restriction: r, empty: map[string]bool{}, quick: !imports(file) && !mayHaveTraits(text)}
	file.Decls = c.decls(file.Decls, protocol.Path{})
}

func imports(file *ast.File) bool {
	for range file.ImportSpecs() {
		return true
	}
	return false
}

type cutter struct {
	*restriction
	// quick: nothing in the file's text has to be remembered of what is left out.
	quick bool
	// empty are paths of which one field that has lost all it held was left.
	empty map[string]bool
}

func (c *cutter) decls(list []ast.Decl, at protocol.Path) []ast.Decl {
	return slices.DeleteFunc(list, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.EmbedDecl:
			c.value(d.Expr, at)
		case *ast.Field:
			name, static := syntax.StaticLabel(d)
			if !static || syntax.KindOfLabel(d) != syntax.Field {
				return false
			}
			path := append(slices.Clone(at), name)
			if c.leavesOut(path) {
				c.leave(d)
				return true
			}
			if c.borders.above(path) {
				c.value(d.Value, path)
				return c.again(d, path)
			}
		}
		return false
	})
}

// again says that a field has lost all it held, and that one like it was left in
// the file: CUE would compare each with all others.
func (c *cutter) again(f *ast.Field, path protocol.Path) bool {
	s, ok := f.Value.(*ast.StructLit)
	if !ok || !c.emptied[s] || len(f.Attrs) > 0 {
		return false
	}
	key := pathKey(path)
	again := c.empty[key]
	c.empty[key] = true
	return again
}

func (c *cutter) value(x ast.Expr, at protocol.Path) {
	switch x := x.(type) {
	case *ast.StructLit:
		from, to, held := x.Pos(), x.End(), len(x.Elts)
		x.Elts = c.decls(x.Elts, at)
		if held > 0 && len(x.Elts) == 0 {
			c.emptied[x] = true
			if !x.Lbrace.IsValid() { // the text that it stands for stays the same
				x.Lbrace, x.Rbrace = from, to.Add(-1)
			}
		}
	case *ast.BinaryExpr:
		if x.Op == token.AND {
			c.value(x.X, at)
			c.value(x.Y, at)
		}
	case *ast.ParenExpr:
		c.value(x.X, at)
	case *ast.Alias:
		c.value(x.Expr, at)
	}
}

// leave remembers of a field that is left out what it uses and holds.
func (c *cutter) leave(f *ast.Field) {
	if c.quick {
		return
	}
	ast.Walk(f, func(n ast.Node) bool {
		c.left.note(n)
		c.spared.noteName(n)
		return true
	}, nil)
}
