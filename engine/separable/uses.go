package separable

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// use is one identifier in an expression with what is selected from it:
// #observed.zones[zone].tier.
type use struct {
	ident *ast.Ident
	steps []step
}

// step is one selector or index.
type step struct {
	label string
	// computed says that only an evaluation tells the label.
	computed bool
	// by is the identifier that the label is taken from, if it is nothing else.
	by *ast.Ident
}

// eachUse visits all uses in a piece of syntax. Labels and the names behind a dot are none.
// Scope is told every struct, field and clause on the way, before what lies in it;
// where skip says so of a field its value is left out.
func eachUse(n ast.Node, scope func(ast.Node), skip func(*ast.Field) bool, visit func(use)) {
	w := walker{scope: scope, skip: skip, visit: visit}
	w.walk(n)
}

type walker struct {
	scope func(ast.Node)
	skip  func(*ast.Field) bool
	visit func(use)
}

func (w walker) walk(n ast.Node) {
	if n == nil {
		return
	}
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.StructLit, *ast.File:
			w.enter(n)
		case *ast.Attribute, *ast.CommentGroup, *ast.Package, *ast.ImportDecl, *ast.BasicLit:
			return false
		case *ast.Field:
			w.field(x)
			return false
		case *ast.LetClause:
			w.enter(n)
			w.walk(x.Expr)
			return false
		case *ast.ForClause:
			w.enter(n)
			w.walk(x.Source)
			return false
		case *ast.Alias:
			w.walk(x.Expr)
			return false
		case *ast.Ident:
			w.visit(use{ident: x})
		case *ast.SelectorExpr, *ast.IndexExpr:
			w.chain(x.(ast.Expr))
			return false
		}
		return true
	}, nil)
}

func (w walker) enter(n ast.Node) {
	if w.scope != nil {
		w.scope(n)
	}
}

func (w walker) field(f *ast.Field) {
	w.enter(f)
	label := f.Label
	if alias, ok := label.(*ast.Alias); ok {
		label, _ = alias.Expr.(ast.Label)
	}
	switch label := label.(type) {
	case *ast.ParenExpr, *ast.Interpolation, *ast.ListLit:
		w.walk(label)
	}
	if f.Value != nil && (w.skip == nil || !w.skip(f)) {
		w.walk(f.Value)
	}
}

// chain visits what selectors and indices begin at, and then what computes the indices.
func (w walker) chain(x ast.Expr) {
	var steps []step
	var indices []ast.Expr
	defer func() {
		for _, index := range indices {
			w.walk(index)
		}
	}()
	for {
		switch y := x.(type) {
		case *ast.SelectorExpr:
			steps = append([]step{selected(y)}, steps...)
			x = y.X
			continue
		case *ast.IndexExpr:
			steps = append([]step{indexed(y.Index)}, steps...)
			indices = append(indices, y.Index)
			x = y.X
			continue
		case *ast.ParenExpr:
			x = y.X
			continue
		case *ast.Ident:
			w.visit(use{ident: y, steps: steps})
		default:
			w.walk(y)
		}
		return
	}
}

func selected(x *ast.SelectorExpr) step {
	switch label := x.Sel.(type) {
	case *ast.Ident:
		return step{label: label.Name}
	case *ast.BasicLit:
		if name, err := literal.Unquote(label.Value); err == nil {
			return step{label: name}
		}
	}
	return step{computed: true}
}

func indexed(index ast.Expr) step {
	switch x := index.(type) {
	case *ast.BasicLit:
		if x.Kind != token.STRING {
			return step{label: x.Value}
		}
		if name, err := literal.Unquote(x.Value); err == nil {
			return step{label: name}
		}
	case *ast.Ident:
		return step{computed: true, by: x}
	}
	return step{computed: true}
}
