package evaluator

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// A static scan finds what constraints read. CUE takes absence for "not there":
// `!= _|_` is false, and a `for` goes over nothing, whether or not anybody
// looked. So reads of #observed, and presence tests anywhere, are judged by the
// coverage of what they read, not by what CUE made of them.

// readStep is one step of a path that a constraint reads.
type readStep struct {
	label string
	any   bool
	// variable is the label alias or loop variable that stands for the label, if one does.
	variable ast.Node
}

// read is one path that a constraint reads.
type read struct {
	observed bool // of #observed; else of the tree itself
	how      manner
	path     []readStep
}

// manner says what a read takes for an answer.
type manner int

const (
	reading  manner = iota // a value: where there is none, CUE is undecided by itself
	presence               // presence, in a test against _|_
	counting               // all members that there are: len(x), [for … in x …], list.Sum(x)
)

// scanner resolves references within one package.
type scanner struct {
	stacks map[ast.Node][]ast.Node // of fields' values, loops, lets and aliases: what encloses them
	top    map[string]*ast.Field   // fields at the top of the package's files
	busy   map[ast.Node]bool
}

// within lists what a piece of syntax reads, itself and through helpers.
func (s *scanner) within(n ast.Node, how manner) []read {
	var out []read
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Field:
			if label, ok := x.Label.(*ast.ListLit); ok {
				out = append(out, s.within(label, how)...)
			}
			if dynamic, ok := x.Label.(*ast.ParenExpr); ok {
				out = append(out, s.within(dynamic, how)...)
			}
			if x.Value != nil {
				out = append(out, s.within(x.Value, how)...)
			}
			return false
		case *ast.BinaryExpr:
			if isPresenceTest(x) {
				out = append(out, s.within(x.X, presence)...)
				out = append(out, s.within(x.Y, presence)...)
				return false
			}
		case *ast.CallExpr:
			if how == reading && takesAll(x) {
				for _, arg := range x.Args {
					out = append(out, s.within(arg, counting)...)
				}
				return false
			}
		case *ast.ListLit:
			out = append(out, s.loops(x, how)...)
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.Ident:
			out = append(out, s.chain(x.(ast.Expr), how)...)
			return false
		}
		return true
	}, nil)
	return out
}

// loops lists what a list is made from by its loops: its length tells how many there are.
func (s *scanner) loops(list *ast.ListLit, how manner) []read {
	var out []read
	for _, e := range list.Elts {
		comprehension, ok := e.(*ast.Comprehension)
		if !ok || how == presence {
			continue
		}
		for _, clause := range comprehension.Clauses {
			if loop, ok := clause.(*ast.ForClause); ok {
				out = append(out, s.within(loop.Source, counting)...)
			}
		}
	}
	return out
}

func isPresenceTest(x *ast.BinaryExpr) bool {
	if x.Op != token.EQL && x.Op != token.NEQ {
		return false
	}
	_, left := x.X.(*ast.BottomLit)
	_, right := x.Y.(*ast.BottomLit)
	return left || right
}

// chain lists what a reference such as #observed.services[name].port reads, and what its indices read.
func (s *scanner) chain(x ast.Expr, how manner) []read {
	var out []read
	for y := x; ; {
		switch z := y.(type) {
		case *ast.SelectorExpr:
			y = z.X
			continue
		case *ast.IndexExpr:
			out = append(out, s.within(z.Index, how)...)
			y = z.X
			continue
		case *ast.Ident:
		default:
			out = append(out, s.within(y, how)...)
		}
		break
	}
	paths, through := s.resolve(x)
	for _, p := range paths {
		p.how = how
		out = append(out, p)
	}
	return append(out, through...)
}

// resolve follows a reference to the paths it may mean, and to what its helpers read.
func (s *scanner) resolve(x ast.Expr) (paths, through []read) {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return s.resolve(x.X)
	case *ast.SelectorExpr:
		paths, through = s.resolve(x.X)
		return extend(paths, readStep{label: fieldLabel(x.Sel)}), through
	case *ast.IndexExpr:
		paths, through = s.resolve(x.X)
		return extend(paths, s.indexStep(x.Index)), through
	case *ast.Ident:
		return s.resolveIdent(x)
	}
	return nil, nil
}

func extend(paths []read, last readStep) []read {
	out := make([]read, 0, len(paths))
	for _, p := range paths {
		p.path = append(append([]readStep{}, p.path...), last)
		out = append(out, p)
	}
	return out
}

func (s *scanner) indexStep(index ast.Expr) readStep {
	switch x := index.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			if text, err := literal.Unquote(x.Value); err == nil {
				return readStep{label: text}
			}
		}
		return readStep{label: x.Value}
	case *ast.Ident:
		return readStep{any: true, variable: x.Node}
	}
	return readStep{any: true}
}

func (s *scanner) resolveIdent(x *ast.Ident) (paths, through []read) {
	if x.Name == "#observed" {
		return []read{{observed: true}}, nil
	}
	node := x.Node
	if node == nil {
		f := s.top[x.Name]
		if f == nil {
			return nil, nil
		}
		node = f.Value
	}
	if s.busy[node] {
		return nil, nil
	}
	s.busy[node] = true
	defer delete(s.busy, node)

	stack := s.stacks[node]
	if len(stack) == 0 {
		return nil, nil
	}
	switch holder := stack[len(stack)-1].(type) {
	case *ast.ForClause:
		if holder.Value != nil && node == ast.Node(holder.Value) {
			source, more := s.resolve(holder.Source)
			if source == nil {
				return nil, s.within(holder.Source, reading)
			}
			var key ast.Node
			if holder.Key != nil {
				key = holder.Key
			}
			return extend(source, readStep{any: true, variable: key}), more
		}
		return nil, nil
	case *ast.LetClause:
		paths, through = s.resolve(holder.Expr)
		if paths == nil {
			return nil, s.within(holder.Expr, reading)
		}
		return paths, through
	case *ast.Field:
		return s.resolveField(holder, stack)
	}
	return nil, nil
}

// resolveField: a regular field is a place of the tree; a hidden field or
// definition is a helper, which reads what its value reads.
func (s *scanner) resolveField(f *ast.Field, stack []ast.Node) (paths, through []read) {
	name := fieldLabel(f.Label)
	if strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_") {
		if paths, through = s.resolve(f.Value); paths != nil {
			return paths, through
		}
		return nil, s.within(f.Value, reading)
	}
	path, ok := pathOf(stack)
	if !ok {
		return nil, nil
	}
	return []read{{path: path}}, nil
}

// pathOf is the path of the innermost field of a stack from the root of the
// tree; false and the path so far below definitions and hidden fields.
func pathOf(stack []ast.Node) ([]readStep, bool) {
	var path []readStep
	for _, n := range stack {
		f, ok := n.(*ast.Field)
		if !ok {
			continue
		}
		switch label := f.Label.(type) {
		case *ast.ListLit:
			path = append(path, readStep{any: true, variable: patternVariable(f, label)})
			continue
		case *ast.ParenExpr:
			path = append(path, dynamicStep(label.X))
			continue
		case *ast.Interpolation:
			path = append(path, readStep{any: true})
			continue
		}
		name := fieldLabel(f.Label)
		if strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_") {
			return path, false
		}
		path = append(path, readStep{label: name})
	}
	return path, true
}

func dynamicStep(x ast.Expr) readStep {
	switch x := x.(type) {
	case *ast.Ident:
		return readStep{any: true, variable: x.Node}
	case *ast.BasicLit:
		if text, err := literal.Unquote(x.Value); err == nil {
			return readStep{label: text}
		}
	}
	return readStep{any: true}
}

// patternVariable is what references to a label alias `[N=string]` resolve to; without an alias, the pattern itself.
func patternVariable(f *ast.Field, label *ast.ListLit) ast.Node {
	if len(label.Elts) == 1 {
		if alias, ok := label.Elts[0].(*ast.Alias); ok {
			return alias.Expr
		}
	}
	return f
}
