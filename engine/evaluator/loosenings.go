package evaluator

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// loosening is a change of text after which a constraint allows more.
type loosening struct {
	at            place
	end           int
	change        string
	before, after string
}

// loosenings are the places in which one constraint can be loosened, in the order of its text.
func (m *mutator) loosenings(value ast.Expr) []loosening {
	var out []loosening
	if f, ok := m.index.parent[value].(*ast.Field); ok && f.Constraint == token.NOT {
		if l, ok := m.optional(f); ok {
			out = append(out, l)
		}
	}
	return append(out, m.within(value)...)
}

// within looks through `&`, `|` and lists, not into fields, which are constraints of their own.
func (m *mutator) within(x ast.Expr) []loosening {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return m.within(x.X)
	case *ast.BinaryExpr:
		switch x.Op {
		case token.AND:
			return append(m.within(x.X), m.within(x.Y)...)
		case token.OR:
			if kind := kindOfChoice(x); kind != "" {
				return []loosening{m.changed(x, "a choice more", m.text(x)+" | "+kind)}
			}
			return append(m.branch(x.X), m.branch(x.Y)...)
		}
	case *ast.UnaryExpr:
		return m.unary(x)
	case *ast.BasicLit:
		if kind := kindOfLiteral(x); kind != "" {
			return []loosening{m.changed(x, "any "+kind, kind)}
		}
	case *ast.CallExpr:
		return m.call(x)
	case *ast.ListLit:
		var out []loosening
		for _, element := range x.Elts {
			if rest, ok := element.(*ast.Ellipsis); ok && rest.Type != nil {
				out = append(out, m.within(rest.Type)...)
			}
		}
		return out
	}
	return nil
}

// branch looks into one branch of a choice; a literal there is one of several.
func (m *mutator) branch(x ast.Expr) []loosening {
	switch x := x.(type) {
	case *ast.BasicLit:
		return nil
	case *ast.UnaryExpr:
		if x.Op == token.MUL {
			return m.branch(x.X)
		}
	}
	return m.within(x)
}

func (m *mutator) unary(x *ast.UnaryExpr) []loosening {
	switch x.Op {
	case token.GTR, token.GEQ:
		return m.moved(x, x.X, "-1", x.Op.String())
	case token.LSS, token.LEQ:
		return m.moved(x, x.X, "+1", x.Op.String())
	case token.MAT, token.NMAT, token.NEQ:
		return []loosening{m.changed(x, "no pattern", "_")}
	}
	return nil
}

// moved is a bound that stands at a number, one further.
func (m *mutator) moved(whole, number ast.Expr, by, operator string) []loosening {
	switch n := number.(type) {
	case *ast.BasicLit:
	case *ast.UnaryExpr:
		if _, literal := n.X.(*ast.BasicLit); !literal {
			return nil
		}
	default:
		return nil
	}
	next, ok := m.sum(m.text(number), by)
	if !ok {
		return nil
	}
	return []loosening{m.changed(whole, "a bound looser by one", operator+next)}
}

// sum is a number and one more or less; false for what is no number.
func (m *mutator) sum(number, by string) (string, bool) {
	v := m.ctx.CompileString("(" + number + ")" + by)
	if v.Err() != nil {
		return "", false
	}
	text, err := v.MarshalJSON()
	return string(text), err == nil
}

// call is a validator such as strings.MinRunes(3), its bound looser by one.
func (m *mutator) call(x *ast.CallExpr) []loosening {
	function, ok := x.Fun.(*ast.SelectorExpr)
	if !ok || len(x.Args) != 1 {
		return nil
	}
	name := fieldLabel(function.Sel)
	by := ""
	switch {
	case strings.HasPrefix(name, "Min"):
		by = "-1"
	case strings.HasPrefix(name, "Max"):
		by = "+1"
	default:
		return nil
	}
	literal, ok := x.Args[0].(*ast.BasicLit)
	if !ok {
		return nil
	}
	next, ok := m.sum(literal.Value, by)
	if !ok {
		return nil
	}
	return []loosening{m.changed(x, "a bound looser by one", m.text(x.Fun)+"("+next+")")}
}

// optional makes a required field optional.
func (m *mutator) optional(f *ast.Field) (loosening, bool) {
	file, from := f.Label.Pos().Filename(), f.Label.End().Offset()
	text := m.index.texts.text[file]
	value := f.Value.Pos().Offset()
	if from > value || value > len(text) {
		return loosening{}, false
	}
	mark := strings.IndexByte(text[from:value], '!')
	if mark < 0 {
		return loosening{}, false
	}
	at := place{file: file, offset: from + mark}
	label := m.index.textBetween(f.Label.Pos(), f.Label.End())
	return loosening{at: at, end: at.offset + 1, change: "optional", before: label + "!", after: "?"}, true
}

func (m *mutator) changed(x ast.Expr, change, after string) loosening {
	return loosening{at: placeOf(x.Pos()), end: m.endOf(x), change: change, before: m.index.textOf(x), after: after}
}

func (m *mutator) text(x ast.Expr) string { return m.index.textBetween(x.Pos(), x.End()) }

// kindOfChoice is what all branches of a choice between literals are; "" where there is more to it.
func kindOfChoice(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return kindOfChoice(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.MUL {
			return kindOfChoice(x.X)
		}
	case *ast.BasicLit:
		return kindOfLiteral(x)
	case *ast.BinaryExpr:
		if left := kindOfChoice(x.X); x.Op == token.OR && left == kindOfChoice(x.Y) {
			return left
		}
	}
	return ""
}

// kindOfLiteral is the type that a literal is of; "" for null, which has no other value.
func kindOfLiteral(x *ast.BasicLit) string {
	switch x.Kind {
	case token.STRING:
		if strings.HasPrefix(x.Value, "'") || strings.HasPrefix(x.Value, "#'") {
			return "bytes"
		}
		return "string"
	case token.INT:
		return "int"
	case token.FLOAT:
		return "number"
	case token.TRUE, token.FALSE:
		return "bool"
	}
	return ""
}
