package evaluator

import (
	"encoding/json"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
	"congruent.dev/engine/syntax"
)

// statedText is what labels the text of roots gives for certain: regular fields
// whose labels stand there, under no condition. The desired state has them all,
// whatever it is evaluated to.
type statedText struct {
	members map[string]*statedText
}

// statedBy reads the files of the roots.
func (d *desired) statedBy() *statedText {
	s := &statedText{}
	for _, loaded := range d.source.syntax {
		for _, p := range d.parts {
			if p.instance.ImportPath == loaded.pkgPath {
				s.decls(loaded.file.Decls)
				break
			}
		}
	}
	return s
}

func (s *statedText) decls(list []ast.Decl) {
	for _, d := range list {
		switch d := d.(type) {
		case *ast.EmbedDecl:
			s.value(d.Expr)
		case *ast.Field:
			name, static := syntax.StaticLabel(d)
			if static && d.Constraint == token.ILLEGAL && syntax.KindOfLabel(d) == syntax.Field {
				s.member(name).value(syntax.Value(d))
			}
		}
	}
}

func (s *statedText) value(x ast.Expr) {
	switch x := x.(type) {
	case *ast.StructLit:
		s.decls(x.Elts)
	case *ast.ParenExpr:
		s.value(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.AND {
			s.value(x.X)
			s.value(x.Y)
		}
	}
}

func (s *statedText) member(name string) *statedText {
	if s.members == nil {
		s.members = map[string]*statedText{}
	}
	if s.members[name] == nil {
		s.members[name] = &statedText{}
	}
	return s.members[name]
}

// at is what is stated at a path; nil where nothing is.
func (s *statedText) at(path protocol.Path) *statedText {
	for _, label := range path {
		if s == nil {
			return nil
		}
		s = s.members[label]
	}
	return s
}

// unstated leaves those applies of which the text does not state all that they set.
// An apply that cannot be read is left, too.
func (d *desired) unstated(applied []protocol.Applied) []protocol.Applied {
	s := d.statedBy()
	var out []protocol.Applied
	for _, one := range applied {
		var fields appliedFields
		if json.Unmarshal([]byte(one.Fields), &fields) != nil || !s.at(one.At).holds(fields, 0) {
			out = append(out, one)
		}
	}
	return out
}

// holds says that every label of what an apply set is stated.
func (s *statedText) holds(fields appliedFields, depth int) bool {
	if s == nil || depth > deepestApplied {
		return false
	}
	for label, below := range fields {
		name, ok := strings.CutPrefix(label, "f:")
		if ok && (s.members[name] == nil || !s.members[name].holds(below, depth+1)) {
			return false
		}
	}
	return true
}

// restrictedTo leaves those applies that the desired state may have anything for, and
// says what evaluating them may leave out: nothing, unless each is of an entity that
// can be evaluated alone. Of such entities those that no text names are not there.
func (d *desired) restrictedTo(applied []protocol.Applied) ([]protocol.Applied, *protocol.Restriction) {
	if len(applied) == 0 {
		return nil, nil
	}
	patterns, _ := separable.Scan(d.scanInput())
	only := &protocol.Restriction{}
	named := map[string]bool{}
	for _, p := range patterns {
		if len(p.Reasons) > 0 || p.List {
			continue
		}
		only.Patterns = append(only.Patterns, p.Path)
		for _, n := range p.Named {
			named[pathKey(n.Path)] = true
		}
	}
	divides := borders(only.Patterns)
	var out []protocol.Applied
	whole := false
	for _, one := range applied {
		entity, ok := divides.entity(one.At)
		if ok && !named[pathKey(entity)] {
			continue
		}
		out, whole = append(out, one), whole || !ok
		only.Keep = append(only.Keep, entity)
	}
	if whole {
		only = nil
	}
	return out, only
}
