package evaluator

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// readUnit is a piece of a fragment that reads: a field's value or the clauses
// of a comprehension, with the place that stands for it in findings.
type readUnit struct {
	node  ast.Node
	stack []ast.Node
	reads []read
}

// reads is what all fragments read, of #observed and in presence tests.
type reads struct {
	units []readUnit
	// byNode leads from a field or comprehension to its unit.
	byNode map[ast.Node]*readUnit
	textTraits
	// counted are places of the tree of which some constraint reads how many members there are.
	counted [][]readStep
}

// scanReads scans the files of all packages, those of one package together.
func scanReads(packages [][]*ast.File) *reads {
	r := &reads{byNode: map[ast.Node]*readUnit{}}
	for _, files := range packages {
		s := &scanner{stacks: map[ast.Node][]ast.Node{}, top: map[string]*ast.Field{}, busy: map[ast.Node]bool{}}
		for _, f := range files {
			s.learn(f)
		}
		for _, f := range files {
			r.scanFile(s, f)
		}
	}
	for i := range r.units {
		r.byNode[r.units[i].node] = &r.units[i]
		for _, x := range r.units[i].reads {
			if x.how == counting && !x.observed {
				r.counted = append(r.counted, x.path)
			}
		}
	}
	return r
}

// learn records what references may mean, with what encloses it.
func (s *scanner) learn(f *ast.File) {
	for _, decl := range f.Decls {
		if field, ok := decl.(*ast.Field); ok {
			if name := fieldLabel(field.Label); name != "" && s.top[name] == nil {
				s.top[name] = field
			}
		}
	}
	var stack []ast.Node
	ast.Walk(f, func(n ast.Node) bool {
		stack = append(stack, n)
		switch x := n.(type) {
		case *ast.Field:
			enclosing := slices.Clone(stack)
			s.stacks[x] = enclosing
			value := x.Value
			if alias, ok := value.(*ast.Alias); ok {
				s.stacks[alias] = enclosing
				value = alias.Expr
			}
			if value != nil {
				s.stacks[value] = enclosing
			}
		case *ast.LetClause:
			s.stacks[x] = slices.Clone(stack)
		case *ast.ForClause:
			enclosing := slices.Clone(stack)
			if x.Key != nil {
				s.stacks[x.Key] = enclosing
			}
			if x.Value != nil {
				s.stacks[x.Value] = enclosing
			}
		}
		return true
	}, func(ast.Node) { stack = stack[:len(stack)-1] })
}

// scanFile makes a unit of every field without a struct for a value, and of every comprehension's clauses.
func (r *reads) scanFile(s *scanner, f *ast.File) {
	var stack []ast.Node
	ast.Walk(f, func(n ast.Node) bool {
		stack = append(stack, n)
		r.note(n)
		switch x := n.(type) {
		case *ast.Field:
			if _, isStruct := x.Value.(*ast.StructLit); !isStruct && x.Value != nil {
				r.add(n, stack, s.within(x.Value, reading))
			}
		case *ast.Comprehension:
			var of []read
			for _, clause := range x.Clauses {
				of = append(of, s.clause(clause)...)
			}
			r.add(n, stack, of)
		}
		return true
	}, func(ast.Node) { stack = stack[:len(stack)-1] })
}

func (s *scanner) clause(clause ast.Clause) []read {
	switch x := clause.(type) {
	case *ast.IfClause:
		return s.within(x.Condition, reading)
	case *ast.ForClause:
		return s.within(x.Source, reading)
	case *ast.LetClause:
		return s.within(x.Expr, reading)
	}
	return nil
}

func (r *reads) add(n ast.Node, stack []ast.Node, list []read) {
	var kept []read
	for _, x := range list {
		if !slices.ContainsFunc(kept, func(y read) bool { return sameRead(x, y) }) {
			kept = append(kept, x)
		}
	}
	if len(kept) > 0 {
		r.units = append(r.units, readUnit{node: n, stack: slices.Clone(stack), reads: kept})
	}
}

func sameRead(a, b read) bool {
	return a.observed == b.observed && a.how == b.how && slices.Equal(a.path, b.path)
}

// around lists the units that a conjunct depends on: its own, and those of the comprehensions around it.
func (r *reads) around(stack []ast.Node) []*readUnit {
	var out []*readUnit
	ownField := false
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.Field:
			if ownField {
				continue
			}
			ownField = true
			if u := r.byNode[n]; u != nil {
				out = append(out, u)
			}
		case *ast.Comprehension:
			if u := r.byNode[n]; u != nil {
				out = append(out, u)
			}
		}
	}
	return out
}

// countsAt says that some constraint reads how many members there are at a place.
func (r *reads) countsAt(at location) bool {
	return slices.ContainsFunc(r.counted, func(path []readStep) bool {
		return len(path) == len(at) && !slices.ContainsFunc(at, func(s step) bool { return s.kind != fieldStep }) &&
			slices.EqualFunc(path, at, func(p readStep, s step) bool { return p.any || p.label == s.label })
	})
}

// takesAll says that a call computes from whole values; some builtins only constrain, or say why.
func takesAll(call *ast.CallExpr) bool {
	name, ok := call.Fun.(*ast.Ident)
	return !ok || !slices.Contains([]string{"close", "error", "matchN", "matchIf"}, name.Name)
}
