package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// sight is what constraints can see of a value: all of it, or some members of a
// map. A value that is no map is always seen whole.
type sight struct {
	whole   bool
	members map[string]*sight
}

// SightOf is what constraints can see of the entities that they are about. Two
// entities that look alike through it have the same findings.
func SightOf(p *syntax.Program, members []Member) protocol.Sight {
	s, held := &sight{}, newHeld()
	for _, m := range members {
		w := &watcher{emitter: newEmitter(p, m.Value), entity: s, held: held, scanned: map[ast.Node]bool{}}
		w.see(s, m.Value, w.closed, 0)
	}
	held.show(s)
	return s.value()
}

// value is the sight as the protocol has it.
func (s *sight) value() protocol.Sight {
	if s.whole {
		return true
	}
	out := map[string]protocol.Sight{}
	for name, m := range s.members {
		out[name] = m.value()
	}
	return out
}

// below is what is seen at some steps below.
func (s *sight) below(steps []string) *sight {
	for _, name := range steps {
		s = s.member(name)
	}
	return s
}

func (s *sight) member(name string) *sight {
	if s.members == nil {
		s.members = map[string]*sight{}
	}
	if s.members[name] == nil {
		s.members[name] = &sight{}
	}
	return s.members[name]
}

// watcher collects what one conjunct sees.
type watcher struct {
	*emitter
	entity *sight
	held   *held
	// scanned are names whose values were searched for what they read.
	scanned map[ast.Node]bool
}

// see adds what a conjunct sees of the value at its place.
func (w *watcher) see(at *sight, x ast.Expr, closed bool, depth int) {
	if w.spend(); depth > deepest || w.budget < 0 {
		w.entity.whole = true
		return
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		w.see(at, x.X, closed, depth+1)
		return
	case *ast.Alias:
		w.see(at, x.Expr, closed, depth+1)
		return
	case *ast.BinaryExpr:
		if x.Op == token.AND {
			w.see(at, x.X, closed, depth+1)
			w.see(at, x.Y, closed, depth+1)
			return
		}
	case *ast.StructLit:
		w.seeStruct(at, x, closed, depth)
		return
	case *ast.Ident, *ast.SelectorExpr:
		m := w.refer(x.(ast.Expr))
		if name, ok := x.(*ast.Ident); ok {
			w.held.constrain(name.Name, at)
		}
		switch m.Kind {
		case syntax.Top:
			return
		case syntax.Hidden, syntax.Definition, syntax.Let:
			for _, d := range m.Declarations {
				w.see(at, d.Value, closed || m.Kind == syntax.Definition, depth+1)
			}
			return
		}
	}
	at.whole = true
	w.scan(x)
}

func (w *watcher) seeStruct(at *sight, x *ast.StructLit, closed bool, depth int) {
	open := false
	for _, decl := range x.Elts {
		switch d := decl.(type) {
		case *ast.Ellipsis:
			open = true
			at.whole = at.whole || d.Type != nil
		case *ast.EmbedDecl:
			w.see(at, d.Expr, closed, depth+1)
			at.whole = at.whole || w.mayClose([]ast.Expr{d.Expr})
		case *ast.Comprehension:
			for _, clause := range d.Clauses {
				w.scan(clause)
			}
			if s, ok := d.Value.(*ast.StructLit); ok && d.Fallback == nil {
				w.seeStruct(at, s, closed, depth+1)
				continue
			}
			at.whole = true
			w.scan(d)
		case *ast.Field:
			name, static := syntax.StaticLabel(d)
			if static && isHiddenName(d) {
				w.hold(name, syntax.Value(d))
				continue
			}
			if static {
				w.see(at.member(name), syntax.Value(d), closed, depth+1)
				continue
			}
			at.whole = true
			w.scan(d)
		default:
			w.scan(decl)
		}
	}
	at.whole = at.whole || closed && !open
}

// scan finds what a piece of text reads of the entity beside its own place.
func (w *watcher) scan(n ast.Node) {
	if w.scanned[n] || w.entity.whole {
		return
	}
	w.scanned[n] = true
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr, *ast.IndexExpr:
			if root, steps, ok := w.chain(x.(ast.Expr)); ok {
				switch w.p.Meaning(root).Kind {
				case syntax.Observed:
					w.reads(steps)
					return false
				case syntax.Hidden, syntax.Definition:
					w.held.use(root.Name, namesOf(steps))
					w.name(root)
					return false
				}
			}
			if s, ok := x.(*ast.SelectorExpr); ok {
				if name, isName := s.Sel.(*ast.Ident); isName && isHiddenText(name.Name) {
					w.held.use(name.Name, nil)
				}
				w.scan(s.X)
				return false
			}
		case *ast.Field:
			if name, ok := syntax.Label(x).(*ast.Ident); ok && name != nil {
				w.scan(syntax.Value(x))
				return false
			}
		case *ast.Alias:
			w.scan(x.Expr)
			return false
		case *ast.LetClause:
			w.scan(x.Expr)
			return false
		case *ast.ForClause:
			w.scan(x.Source)
			return false
		case *ast.Ident:
			w.held.use(x.Name, nil)
			w.name(x)
		}
		return true
	}, nil)
}

// name follows a name to what it reads.
func (w *watcher) name(x *ast.Ident) {
	m := w.p.Meaning(x)
	switch m.Kind {
	case syntax.Top, syntax.Predeclared, syntax.Import, syntax.LabelAlias, syntax.ForVariable:
	case syntax.Hidden, syntax.Definition, syntax.Let:
		for _, d := range m.Declarations {
			w.scan(d.Value)
		}
	default: // a value of the tree, which may be the entity's own
		w.entity.whole = true
	}
}

// reads adds what a reference to #observed sees, if it goes to the entity, or may.
func (w *watcher) reads(steps []chainStep) {
	switch below, where := w.led(steps); where {
	case ownPart:
		w.entity.below(namesOf(below)).whole = true
	case unknownPart:
		w.entity.whole = true
	}
}

// part is where a reference to #observed leads.
type part int

const (
	otherPart   part = iota // to what is not the entity
	ownPart                 // into the entity
	unknownPart             // perhaps into the entity
)

// led is where a reference to #observed leads, and by which steps from the entity.
func (w *watcher) led(steps []chainStep) (below []chainStep, where part) {
	for i, f := range w.way {
		if i >= len(steps) || isHiddenName(f) {
			return nil, unknownPart
		}
		if steps[i].isField(f) {
			continue
		}
		if name, static := syntax.StaticLabel(f); static && steps[i].alias == nil && name != steps[i].name {
			return nil, otherPart
		}
		return nil, unknownPart
	}
	if w.throughList {
		return nil, unknownPart // it may be another element
	}
	return steps[len(w.way):], ownPart
}

// namesOf is the names of steps up to the first that is none.
func namesOf(steps []chainStep) []string {
	var names []string
	for _, s := range steps {
		if s.alias != nil {
			break
		}
		names = append(names, s.name)
	}
	return names
}

// hold notes a hidden member of what is constrained: it is no part of the tree, but
// what it holds may be read by its name.
func (w *watcher) hold(name string, value ast.Expr) {
	if id, ok := value.(*ast.Ident); ok && w.p.Meaning(id).Kind == syntax.Top {
		return
	}
	if root, steps, ok := w.chain(value); ok && w.p.Meaning(root).Kind == syntax.Observed {
		below, where := w.led(steps)
		if names := namesOf(below); where == ownPart && len(names) == len(below) {
			w.held.hold(name, names)
			return
		}
	}
	w.held.blur(name)
	w.scan(value)
}
