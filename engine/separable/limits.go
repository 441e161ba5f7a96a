package separable

import (
	"slices"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// A limited team may say something where it may not. Such breaches are found by
// where a conjunct lands, so that leaving an entity out could hide one.

// limitOf is what a team may speak of; false if it may speak of everything.
func (s *scan) limitOf(team string) (may []protocol.Pattern, limited bool) {
	for _, limit := range s.Limits {
		if limit.Team == team {
			may, limited = append(may, limit.May...), true
		}
	}
	return may, limited
}

// mayAll says that all teams whose text a file is may speak of a pattern and everything below.
func (s *scan) mayAll(file string, path []*string) bool {
	for _, team := range s.TeamsOf(file) {
		if may, limited := s.limitOf(team); limited && !covered(may, path) {
			return false
		}
	}
	return true
}

// covered says that one of the patterns reaches everything at and below a path.
func covered(may []protocol.Pattern, path []*string) bool {
	return slices.ContainsFunc(may, func(p protocol.Pattern) bool {
		if len(p) > len(path) {
			return false
		}
		for i, label := range p {
			if label != nil && (path[i] == nil || *path[i] != *label) {
				return false
			}
		}
		return true
	})
}

// judgeLimits asks that whoever speaks of all entities may say of them what it says:
// of everything, or of each place that its text writes out.
func (s *scan) judgeLimits(c *candidate) {
	if len(s.Limits) == 0 {
		return
	}
	for _, x := range c.constraints() {
		for _, f := range s.program.Files() {
			if s.mayAll(f.Syntax.Filename, c.path) {
				continue
			}
			if f == s.program.FileOf(x.value) && s.mayLeaves(f.Syntax.Filename, x.value, c.path) {
				continue
			}
			if f == s.program.FileOf(x.value) || s.program.FileOf(x.value) == nil {
				c.cross(x.value, "`"+pathText(c.path)+"`: a team with limits speaks of all entities")
				break
			}
			if s.speaksThroughNames(x.value, f, map[ast.Node]bool{}) {
				c.cross(x.value, "`"+pathText(c.path)+"`: what it names is of a team with limits")
				break
			}
		}
	}
}

// speaksThroughNames says that an expression names something that stands in a file.
func (s *scan) speaksThroughNames(n ast.Node, file *syntax.File, seen map[ast.Node]bool) bool {
	if n == nil || seen[n] {
		return false
	}
	seen[n] = true
	found := false
	syntax.EachUse(n, nil, nil, func(u syntax.Use) {
		m := s.program.Meaning(u.Ident)
		if m.Kind == syntax.Import && !m.Standard {
			found = true // whatever it brings counts for whoever brings it
			return
		}
		for _, d := range m.Declarations {
			if found {
				return
			}
			found = s.program.FileOf(d.Value) == file || s.speaksThroughNames(d.Value, file, seen)
		}
	})
	return found
}

// limited says why a named entity must not be left out for its team's limits, or nil.
func (s *scan) limited(x ast.Expr, f *ast.Field, path protocol.Path) *Reason {
	if len(s.Limits) == 0 {
		return nil
	}
	file := s.program.FileOf(f)
	if file == nil {
		return &Reason{Node: x, Message: "nobody knows whose it is"}
	}
	at := make([]*string, 0, len(path))
	for i := range path {
		at = append(at, &path[i])
	}
	if !s.plain[x] {
		return &Reason{Node: x, Message: "what it names may be of a team with limits"}
	}
	if s.mayLeaves(file.Syntax.Filename, x, at) {
		return nil
	}
	return &Reason{Node: x, Message: "its team may not speak of all of it"}
}

// mayLeaves says that the teams of a file may speak of every place that a constant text names.
func (s *scan) mayLeaves(file string, x ast.Expr, at []*string) bool {
	if s.mayAll(file, at) {
		return true
	}
	body, ok := x.(*ast.StructLit)
	if !ok || len(body.Elts) == 0 {
		return false
	}
	for _, e := range body.Elts {
		switch e := e.(type) {
		case *ast.Field:
			label, static := syntax.StaticLabel(e)
			if !static || !s.mayLeaves(file, e.Value, append(slices.Clone(at), &label)) {
				return false
			}
		case *ast.Attribute, *ast.CommentGroup:
		default:
			return false
		}
	}
	return true
}
