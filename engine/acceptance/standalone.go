package acceptance

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// standalone writes a condition so that it means the same elsewhere in its package.
// What reads the entity itself, or anything of the tree, has no such text.
type standalone struct {
	*emitter
	file    *syntax.File
	text    Standalone
	imports map[string]string
	// lets are the numbers of lets that were written.
	lets    map[ast.Node]int
	written []Standalone
	// labels are positions of labels that were written, in order of the text.
	labels []int
	// names are all names that were read.
	names []*ast.Ident
}

// mostPieces bounds the text of one condition.
const mostPieces = 5_000

func (w *standalone) add(parts ...string) bool {
	for _, part := range parts {
		w.text = append(w.text, Piece{Text: part})
	}
	return len(w.text) < mostPieces
}

// write adds an expression; false where it cannot stand elsewhere.
func (w *standalone) write(x ast.Expr, depth int) bool {
	if w.spend(); depth > deepest || w.budget < 0 {
		return false
	}
	depth++
	switch x := x.(type) {
	case *ast.BasicLit:
		return !strings.Contains(x.Value, "\n") && w.add(x.Value)
	case *ast.BottomLit:
		return w.add("_|_")
	case *ast.ParenExpr:
		return w.add("(") && w.write(x.X, depth) && w.add(")")
	case *ast.UnaryExpr:
		return w.add(x.Op.String(), "(") && w.write(x.X, depth) && w.add(")")
	case *ast.BinaryExpr:
		if x.Op == token.OR || x.Op == token.AND {
			return false
		}
		return w.add("(") && w.write(x.X, depth) && w.add(") ", x.Op.String(), " (") && w.write(x.Y, depth) && w.add(")")
	case *ast.Ident:
		return w.name(x, depth)
	case *ast.SelectorExpr:
		return w.selected(x, depth)
	case *ast.IndexExpr:
		if _, own := w.ownPath(x, nil); own {
			return false
		}
		return w.write(x.X, depth) && w.add("[") && w.write(x.Index, depth) && w.add("]")
	case *ast.CallExpr:
		return w.called(x, depth)
	case *ast.ListLit:
		return w.elements(x, depth)
	}
	return false
}

func (w *standalone) selected(x *ast.SelectorExpr, depth int) bool {
	if path := w.standard(x); path != "" {
		pkg, _ := x.X.(*ast.Ident)
		name, _ := x.Sel.(*ast.Ident)
		w.imports[pkg.Name] = strings.TrimSuffix(path, "."+name.Name)
		return w.add(pkg.Name, ".", name.Name)
	}
	if _, own := w.ownPath(x, nil); own {
		return false
	}
	switch label := x.Sel.(type) {
	case *ast.Ident:
		return w.write(x.X, depth) && w.add(".", label.Name)
	case *ast.BasicLit:
		return w.write(x.X, depth) && w.add(".", label.Value)
	}
	return false
}

func (w *standalone) called(x *ast.CallExpr, depth int) bool {
	if !w.write(x.Fun, depth) || !w.add("(") {
		return false
	}
	for _, arg := range x.Args {
		if !w.write(arg, depth) || !w.add(", ") {
			return false
		}
	}
	return w.add(")")
}

// elements writes a list of values, each plain or on conditions.
func (w *standalone) elements(x *ast.ListLit, depth int) bool {
	w.add("[")
	for _, element := range x.Elts {
		if c, ok := element.(*ast.Comprehension); ok {
			tests, value, ok := guarded(c)
			if !ok {
				return false
			}
			for _, test := range tests {
				if !w.add("if ") || !w.write(test, depth) || !w.add(" ") {
					return false
				}
			}
			if !w.add("{") || !w.write(value, depth) || !w.add("}, ") {
				return false
			}
			continue
		}
		if !w.write(element, depth) || !w.add(", ") {
			return false
		}
	}
	return w.add("]")
}

// guarded takes `if a if b {value}` apart.
func guarded(c *ast.Comprehension) (tests []ast.Expr, value ast.Expr, ok bool) {
	body, isStruct := c.Value.(*ast.StructLit)
	if !isStruct || c.Fallback != nil || len(body.Elts) != 1 {
		return nil, nil, false
	}
	embed, isValue := body.Elts[0].(*ast.EmbedDecl)
	if !isValue {
		return nil, nil, false
	}
	for _, clause := range c.Clauses {
		test, isTest := clause.(*ast.IfClause)
		if !isTest {
			return nil, nil, false
		}
		tests = append(tests, test.Condition)
	}
	return tests, embed.Expr, true
}

// name writes what a name stands for, or the name where it means the same in the whole package.
func (w *standalone) name(x *ast.Ident, depth int) bool {
	w.names = append(w.names, x)
	m := w.p.Meaning(x)
	switch m.Kind {
	case syntax.Predeclared, syntax.Top, syntax.Observed:
		return w.add(x.Name)
	case syntax.Let:
		return w.let(m, depth)
	case syntax.LabelAlias:
		for i, f := range w.way {
			if ast.Node(f) == m.Source {
				w.labels = append(w.labels, i)
				w.text = append(w.text, Piece{Label: i + 1})
				return true
			}
		}
	case syntax.Definition, syntax.Hidden:
		if _, inStruct := x.Scope.(*ast.StructLit); !inStruct {
			return w.refer(x).Kind == m.Kind && w.isConstant(m.Declarations, map[ast.Node]bool{}) && w.add(x.Name)
		}
		p, ok := w.parameter(x)
		if !ok || p.given == nil {
			return false
		}
		return w.write(p.given, depth)
	}
	return false
}

// let writes what a name stands for, once for all its uses.
func (w *standalone) let(m syntax.Meaning, depth int) bool {
	number, known := w.lets[m.Source]
	if !known {
		around := w.text
		w.text = nil
		if w.p.FileOf(m.Source) != w.file || !w.write(m.Declarations[0].Value, depth) {
			return false
		}
		w.written = append(w.written, w.text)
		number = len(w.written)
		w.lets[m.Source] = number
		w.text = around
	}
	w.text = append(w.text, Piece{Let: number})
	return true
}

// isConstant says that declarations at the top of a package say the same whatever is observed.
func (e *emitter) isConstant(list []syntax.Declaration, seen map[ast.Node]bool) bool {
	constant := true
	for _, d := range list {
		if seen[d.Value] {
			continue
		}
		seen[d.Value] = true
		syntax.EachUse(d.Value, nil, nil, func(u syntax.Use) {
			m := e.p.Meaning(u.Ident)
			_, inStruct := u.Ident.Scope.(*ast.StructLit)
			switch m.Kind {
			case syntax.Predeclared, syntax.Top, syntax.LabelAlias, syntax.ForVariable:
			case syntax.Import:
				constant = constant && m.Standard
			case syntax.Let:
				constant = constant && e.isConstant(m.Declarations, seen)
			case syntax.Definition, syntax.Hidden:
				constant = constant && (inStruct || e.refer(u.Ident).Kind == m.Kind && e.isConstant(m.Declarations, seen))
			case syntax.Field:
				constant = constant && inStruct
			default:
				constant = false
			}
		})
	}
	return constant
}
