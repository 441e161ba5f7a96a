package separable

import (
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// entity finds what the constraints of one collection's entities read outside of them.
type entity struct {
	scan *scan
	of   *candidate
	// inside are the structs, fields and clauses that were gone through: a name of
	// theirs is a place of the entity, or of a constant.
	inside map[ast.Node]bool
	walked map[ast.Node]bool
	// finding are names of labels by which the entity finds its own place in #observed.
	finding map[*ast.Ident]bool

	reads      []read
	readsLabel bool
	// labelUses are the names because of which it does.
	labelUses []*ast.Ident
	reasons   []Reason
}

// read is a path of #observed that lies outside the entity that reads it.
type read struct {
	path protocol.Read
	node ast.Node
}

func (s *scan) entityOf(c *candidate) *entity {
	return &entity{scan: s, of: c, inside: map[ast.Node]bool{}, walked: map[ast.Node]bool{}, finding: map[*ast.Ident]bool{}}
}

// walk goes through an expression that speaks of an entity, and through the constants that it names.
func (e *entity) walk(n ast.Node) {
	if n == nil || e.walked[n] {
		return
	}
	e.walked[n] = true
	e.closings(n)
	syntax.EachUse(n, func(scope ast.Node) { e.inside[scope] = true }, nil, e.use)
}

// closings finds calls of `close` around conditions and loops: what CUE v0.17.1 says
// of members of such a struct hangs on which entities stand beside it.
func (e *entity) closings(n ast.Node) {
	ast.Walk(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name, ok := call.Fun.(*ast.Ident)
		if ok && name.Name == "close" && e.scan.program.Meaning(name).Kind == syntax.Predeclared && e.isConditional(call, map[ast.Node]bool{}) {
			e.crossing(call, "`close` around a condition: what CUE says of it hangs on what stands beside it")
		}
		return true
	}, nil)
}

// isConditional says that an expression holds a condition or a loop, or a name for one.
func (e *entity) isConditional(n ast.Node, seen map[ast.Node]bool) (found bool) {
	if seen[n] {
		return false
	}
	seen[n] = true
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Comprehension:
			found = true
		case *ast.Ident:
			m := e.scan.program.Meaning(x)
			if m.Kind == syntax.Hidden || m.Kind == syntax.Definition || m.Kind == syntax.Let {
				for _, d := range m.Declarations {
					found = found || e.isConditional(d.Value, seen)
				}
			}
		}
		return !found
	}, nil)
	return found
}

func (e *entity) crossing(n ast.Node, message string) {
	e.reasons = append(e.reasons, Reason{Node: n, Message: message})
}

// use judges one identifier.
func (e *entity) use(u syntax.Use) {
	id := u.Ident
	m := e.scan.program.Meaning(id)
	switch m.Kind {
	case syntax.Top, syntax.Predeclared:
	case syntax.Import:
		e.imported(u, m)
	case syntax.Observed:
		e.observed(u)
	case syntax.LabelAlias:
		e.label(id, m)
	case syntax.ForVariable:
		if !e.inside[m.Source] {
			e.crossing(id, "reads `"+id.Name+"`, which a loop around it gives")
		}
	case syntax.Let:
		for _, d := range m.Declarations {
			e.walk(d.Value)
		}
	case syntax.ValueAlias:
		if !e.inside[m.Source] && !e.of.isOwnField(m.Source) {
			e.crossing(id, "reads `"+id.Name+"`, which stands for a place outside the entity")
		}
	case syntax.Field, syntax.Hidden, syntax.Definition:
		e.name(u, m)
	default:
		e.crossing(id, "the text does not tell what `"+id.Name+"` stands for")
	}
}

// label judges the name of a label `[N=string]`.
func (e *entity) label(id *ast.Ident, m syntax.Meaning) {
	switch {
	case e.finding[id]:
	case e.of.isOwnField(m.Source) || e.of.isAround(m.Source):
		e.readsLabel = true
		e.labelUses = append(e.labelUses, id)
	case !e.inside[m.Source]:
		e.crossing(id, "reads `"+id.Name+"`, a label that is not its own")
	}
}

// name judges a field by its scope: inside the entity, beside it in the tree, or a constant.
func (e *entity) name(u syntax.Use, m syntax.Meaning) {
	id := u.Ident
	if level := e.of.levelOf(id, e.scan.program); level >= 0 {
		if m.Kind == syntax.Field {
			e.crossing(id, "reads `"+pathText(append(e.of.prefix(level), &id.Name))+"`")
			return
		}
		if level == 0 {
			e.constants(m.Declarations)
			return
		}
		for _, p := range e.of.levels[level] {
			e.constants(p.helpers[id.Name])
		}
		return
	}
	if e.inside[id.Scope] {
		return
	}
	if len(m.Declarations) == 0 {
		return
	}
	around := e.scan.program.Around(m.Declarations[0].Field)
	file := e.scan.program.FileOf(m.Declarations[0].Field)
	if file == nil || !e.scan.program.IsRoot(file.Package) {
		e.constants(m.Declarations) // what is imported reads nothing but itself
		return
	}
	for _, n := range around {
		top, ok := n.(*ast.Field)
		if !ok {
			continue
		}
		name, static := syntax.StaticLabel(top)
		if !static || syntax.KindOfLabel(top) == syntax.Field {
			e.crossing(id, "reads `"+id.Name+"`, a place of the tree")
			return
		}
		e.constants(e.scan.program.Member(file.Package, name).Declarations)
		return
	}
}

// imported goes through what is taken from a package. By itself a package is as
// constant as its text, but it may mention #observed.
func (e *entity) imported(u syntax.Use, m syntax.Meaning) {
	if m.Standard {
		return
	}
	if len(u.Steps) == 0 || u.Steps[0].Computed {
		e.crossing(u.Ident, "reads a package as a whole")
		return
	}
	e.constants(e.scan.program.MemberAlone(m.Import, u.Steps[0].Label).Declarations)
}

// constants goes through the declarations of definitions and helpers.
func (e *entity) constants(declarations []syntax.Declaration) {
	for _, d := range declarations {
		e.walk(d.Value)
	}
}

// observed notes what is read of #observed, unless it is the entity's own place.
func (e *entity) observed(u syntax.Use) {
	if e.of.isOwnPlace(u.Steps, e.scan.program) {
		for i := range e.of.path {
			e.finding[u.Steps[i].By] = true
		}
		return
	}
	e.reads = append(e.reads, read{path: e.pathOf(u.Steps), node: u.Ident})
}

// pathOf is the path that steps go. A label that the entity itself has is known
// with it: that it finds a place is no other reading of it.
func (e *entity) pathOf(steps []syntax.Step) protocol.Read {
	out := protocol.Read{}
	for _, s := range steps {
		if s.By != nil {
			if i := e.of.positionOf(s.By, e.scan.program); i >= 0 {
				e.finding[s.By] = true
				out = append(out, i)
				continue
			}
		}
		if s.Computed {
			out = append(out, nil)
			continue
		}
		out = append(out, s.Label)
	}
	return out
}
