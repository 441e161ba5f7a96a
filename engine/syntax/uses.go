package syntax

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// Use is one identifier in an expression with what is selected from it:
// #observed.zones[zone].tier.
type Use struct {
	Ident *ast.Ident
	Steps []Step
}

// Step is one selector or index.
type Step struct {
	Label string
	// Computed says that only an evaluation tells the label.
	Computed bool
	// By is the identifier that the label is taken from, if it is nothing else.
	By *ast.Ident
}

// EachUse visits all uses in a piece of syntax. Labels and the names behind a dot are none.
// Scope is told every struct, field and clause on the way, before what lies in it;
// where skip says so of a field its value is left out.
func EachUse(n ast.Node, scope func(ast.Node), skip func(*ast.Field) bool, visit func(Use)) {
	w := walker{scope: scope, skip: skip, visit: visit}
	w.walk(n)
}

type walker struct {
	scope func(ast.Node)
	skip  func(*ast.Field) bool
	visit func(Use)
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
			w.visit(Use{Ident: x})
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
	var steps []Step
	var indices []ast.Expr
	defer func() {
		for _, index := range indices {
			w.walk(index)
		}
	}()
	for {
		switch y := x.(type) {
		case *ast.SelectorExpr:
			steps = append([]Step{Selected(y)}, steps...)
			x = y.X
			continue
		case *ast.IndexExpr:
			steps = append([]Step{indexed(y.Index)}, steps...)
			indices = append(indices, y.Index)
			x = y.X
			continue
		case *ast.ParenExpr:
			x = y.X
			continue
		case *ast.Ident:
			w.visit(Use{Ident: y, Steps: steps})
		default:
			w.walk(y)
		}
		return
	}
}

// Selected is the step that the name behind a dot makes.
func Selected(x *ast.SelectorExpr) Step {
	switch label := x.Sel.(type) {
	case *ast.Ident:
		return Step{Label: label.Name}
	case *ast.BasicLit:
		if name, err := literal.Unquote(label.Value); err == nil {
			return Step{Label: name}
		}
	}
	return Step{Computed: true}
}

func indexed(index ast.Expr) Step {
	switch x := index.(type) {
	case *ast.BasicLit:
		if x.Kind != token.STRING {
			return Step{Label: x.Value}
		}
		if name, err := literal.Unquote(x.Value); err == nil {
			return Step{Label: name}
		}
	case *ast.Ident:
		return Step{Computed: true, By: x}
	}
	return Step{Computed: true}
}
