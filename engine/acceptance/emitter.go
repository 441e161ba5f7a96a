package acceptance

import (
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// emitter writes the schema of what one conjunct says of an entity.
type emitter struct {
	p *syntax.Program
	// value is the conjunct, beside are others on the same entities.
	value  ast.Expr
	beside []ast.Expr
	// known is what is known of the entity beforehand, or nil; outcomes are what came of it.
	known    *Known
	outcomes *Outcomes
	// way are the fields around the conjunct, outermost first: services, [N=string].
	way []*ast.Field
	// closed: the conjunct stands where all that it does not name is refused.
	closed bool
	// inList: the entities are elements of a list, which have no names; throughList:
	// they are somewhere below one.
	inList, throughList bool
	// taken are fields whose constants are compared by other means.
	taken map[*ast.Field]bool
	// reasons says what is left to the evaluator.
	reasons []Reason
	// budget is how much text may still be looked at.
	budget int
	// busy are the definitions on the way.
	busy map[ast.Node]bool
	// within are the structs around the place at hand, each with the depth at which it is looked at.
	within map[*ast.StructLit]int
	// added are names that conditions, loops and embeddings at the top of files may add to.
	added map[string]bool
	// steps lead from the entity to the place at hand.
	steps []step
	// unions are the depths at which there are alternatives around the place at hand.
	unions []int
	// pending are schemas of places around the one at hand, by depth: what conditions
	// further down ask of them.
	pending map[int][]schema
	// crowded counts, by depth, the places around the one at hand of which several conjuncts speak.
	crowded map[int]int
	// inCall counts the calls around the place at hand: names in an argument mean the argument.
	inCall int
	// absence says which members may be absent.
	absence *absence
	// holdsUnobserved says that some condition holds where nothing is observed.
	holdsUnobserved bool
}

// step leads from a place to one further down: a member, all members that a pattern
// applies to, or elements of a list.
type step struct {
	name string
	// field is the pattern that applies; nil for a member by name.
	field *ast.Field
	// up makes a schema of the place one of the place around it; nil where there is no such schema.
	up func(schema) schema
	// list: the step goes to elements of a list.
	list bool
}

// mostText bounds how much text one conjunct may come to, references followed.
const mostText = 200_000

func newEmitter(p *syntax.Program, value ast.Expr) *emitter {
	e := &emitter{p: p, value: value, budget: mostText, busy: map[ast.Node]bool{}, within: map[*ast.StructLit]int{}, pending: map[int][]schema{}, crowded: map[int]int{}, absence: &absence{}}
	e.learnAround(p.Around(value), value)
	return e
}

// learnAround learns what the surroundings of the conjunct mean for it: in a
// definition it is closed, and what a helper says elsewhere may close it as well; in
// a call its names mean the argument; in a list its elements have no names.
func (e *emitter) learnAround(around []ast.Node, value ast.Expr) {
	for _, n := range around {
		if n == ast.Node(value) {
			break
		}
		switch n := n.(type) {
		case *ast.Field:
			e.way, e.inList = append(e.way, n), false
			e.closed = e.closed || isHiddenName(n)
		case *ast.ListLit:
			e.inList, e.throughList = true, true
		case *ast.CallExpr:
			e.inCall++
			e.closed = true
		case *ast.StructLit:
			e.closed = e.closed || e.mayClose(embeddedIn(n))
		case *ast.File:
			e.closed = e.closed || e.mayClose(embeddedIn(&ast.StructLit{Elts: n.Decls}))
		}
	}
}

// spend counts one piece of text.
func (e *emitter) spend() { e.budget-- }

// no is a place that is left to the evaluator.
func (e *emitter) no(n ast.Node, message string) schema {
	r := Reason{n, message}
	e.reasons = append(e.reasons, r)
	return schema{never: true, why: []Reason{r}}
}

// root is the schema of a whole entity.
func (e *emitter) root(value ast.Expr) schema {
	return e.place([]ast.Expr{value}, nil, e.closed)
}

// place is the schema of what conjuncts say at one place. In a closed one they
// are all of one definition; also is what else this says there, of which only the
// labels count.
func (e *emitter) place(values, also []ast.Expr, closed bool) schema {
	g := e.flatten(values)
	if len(g.failed) > 0 {
		e.reasons = append(e.reasons, g.failed...)
		return schema{never: true, why: g.failed}
	}
	depth := len(e.steps)
	for _, s := range g.structs {
		outer, isWithin := e.within[s]
		if isWithin && outer < depth {
			return e.no(s, "a value that refers to itself")
		}
		if !isWithin {
			e.within[s] = depth
			defer delete(e.within, s)
		}
	}
	if len(g.structs)+len(g.closed)+len(g.unions)+len(g.leaves) > 1 {
		e.crowded[depth]++
		defer func() { e.crowded[depth]-- }()
	}
	var parts []schema
	for _, d := range g.closed {
		parts = append(parts, e.definition(d))
	}
	for _, u := range g.unions {
		beside := append([]ast.Expr{}, u.beside...)
		if closed {
			beside = append(append(beside, also...), g.without(u)...)
		}
		parts = append(parts, e.union(u, beside, closed))
	}
	for _, x := range g.leaves {
		parts = append(parts, e.leaf(x, closed))
	}
	for _, s := range g.structs {
		if embedded := embeddedIn(s); e.mayClose(embedded) {
			parts = append(parts, e.object([]*ast.StructLit{s}, embedded, true))
			closed = true // CUE may take what is written beside it for closed as well
		}
	}
	if len(g.structs) > 0 {
		parts = append(parts, e.object(g.structs, append(append([]ast.Expr{}, also...), g.others()...), closed))
	}
	parts = append(parts, e.pending[depth]...)
	delete(e.pending, depth)
	return all(parts...)
}

// definition is the schema of a definition, which closes by itself.
func (e *emitter) definition(d definition) schema {
	if e.busy[d.of] {
		return e.no(d.of, "a definition that refers to itself")
	}
	e.busy[d.of] = true
	defer delete(e.busy, d.of)
	return e.place(d.values, d.beside, true)
}

// mayClose says that a struct which embeds some values is closed by them, and all
// that is written in it.
func (e *emitter) mayClose(embedded []ast.Expr) bool {
	if len(embedded) == 0 {
		return false
	}
	g := e.flatten(embedded)
	return len(g.closed)+len(g.unions) > 0
}

// others are the conjuncts of a group that are no plain structs, for their labels.
func (g *group) others() []ast.Expr {
	var out []ast.Expr
	for _, d := range g.closed {
		out = append(out, d.values...)
	}
	for _, u := range g.unions {
		out = append(out, u.node)
	}
	return out
}

// without are all conjuncts of a group but one union, for their labels.
func (g *group) without(u union) []ast.Expr {
	var out []ast.Expr
	for _, s := range g.structs {
		out = append(out, plainly(s))
	}
	for _, x := range g.others() {
		if x != u.node {
			out = append(out, x)
		}
	}
	return out
}

// under emits what lies one step further down.
func (e *emitter) under(down step, emit func() schema) schema {
	e.steps = append(e.steps, down)
	defer func() { e.steps = e.steps[:len(e.steps)-1] }()
	return emit()
}

// lift makes a schema of the place around the one at hand at a depth, or that one itself, one of a place further up;
// false where the way between them is not told by labels.
func (e *emitter) lift(from, depth int, s schema) (schema, bool) {
	for _, at := range e.unions {
		if at > depth {
			return schema{}, false
		}
	}
	for i := from - 1; i >= depth; i-- {
		if e.steps[i].up == nil {
			return schema{}, false
		}
		s = e.steps[i].up(s)
	}
	return s, true
}
