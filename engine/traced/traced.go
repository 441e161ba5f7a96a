// Package traced writes CUE that was made from another text, and remembers of every
// piece of it which piece of that text it was made from.
package traced

import (
	"sort"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// Text is CUE that was made from another text.
type Text struct {
	CUE     string
	origins []origin
}

// origin says that what begins at an offset of the CUE was made from what stands at a position.
type origin struct {
	offset int
	at     token.Pos
}

// Origin is where that was written which is at an offset of the CUE, or encloses or
// precedes it; no position where nothing of it was.
func (t Text) Origin(offset int) token.Pos {
	i := sort.Search(len(t.origins), func(i int) bool { return t.origins[i].offset > offset })
	if i == 0 {
		return token.NoPos
	}
	return t.origins[i-1].at
}

// Write writes a file whose nodes have the positions of what they were made from. It
// knows the forms of syntax in which schemas and data are said.
func Write(file *ast.File) Text {
	w := &writer{}
	w.decls(file.Decls)
	return Text{CUE: w.text.String(), origins: w.origins}
}

type writer struct {
	text    strings.Builder
	origins []origin
	depth   int
	around  token.Pos // of what encloses the text that is written
}

// mark notes where the next text comes from.
func (w *writer) mark(at token.Pos) {
	if !at.IsValid() || at.Filename() == "" {
		return
	}
	offset := w.text.Len()
	if n := len(w.origins); n > 0 && w.origins[n-1].offset == offset {
		return // what begins together was made of what is named first
	}
	w.origins = append(w.origins, origin{offset, at})
}

func (w *writer) decls(decls []ast.Decl) {
	for _, d := range decls {
		if _, ok := d.(*ast.Attribute); ok {
			continue
		}
		w.comments(d)
		w.text.WriteString(strings.Repeat("\t", w.depth))
		w.decl(d)
		w.text.WriteByte('\n')
	}
}

// comments writes what stands above a declaration; control characters would end a line of it early.
func (w *writer) comments(d ast.Decl) {
	for _, group := range ast.Comments(d) {
		if !group.Doc {
			continue
		}
		for _, c := range group.List {
			line := strings.Map(func(r rune) rune {
				if r < ' ' || r == '\u2028' || r == '\u2029' || r == '\uFEFF' {
					return ' '
				}
				return r
			}, c.Text)
			w.text.WriteString(strings.Repeat("\t", w.depth) + strings.ToValidUTF8(line, "?") + "\n")
		}
	}
}

func (w *writer) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.Package:
		w.text.WriteString("package " + d.Name.Name)
	case *ast.ImportDecl:
		for i, spec := range d.Specs {
			if i > 0 {
				w.text.WriteByte('\n')
			}
			w.text.WriteString("import ")
			if spec.Name != nil {
				w.text.WriteString(spec.Name.Name + " ")
			}
			w.text.WriteString(spec.Path.Value)
		}
	case *ast.Field:
		w.field(d)
	case *ast.EmbedDecl:
		w.expr(d.Expr)
	case *ast.Ellipsis:
		w.ellipsis(d)
	case *ast.Comprehension:
		w.comprehension(d)
	case ast.Expr:
		w.expr(d)
	}
}

func (w *writer) field(f *ast.Field) {
	switch label := f.Label.(type) {
	case *ast.Alias:
		w.mark(w.around)
		w.text.WriteString(label.Ident.Name + "=")
		w.expr(label.Expr)
	case ast.Expr:
		w.expr(label)
	}
	switch f.Constraint {
	case token.OPTION:
		w.text.WriteByte('?')
	case token.NOT:
		w.text.WriteByte('!')
	}
	w.text.WriteString(": ")
	w.expr(f.Value)
}

func (w *writer) comprehension(c *ast.Comprehension) {
	for _, clause := range c.Clauses {
		if x, ok := clause.(*ast.IfClause); ok {
			w.mark(x.Condition.Pos())
			w.text.WriteString("if ")
			w.expr(x.Condition)
			w.text.WriteByte(' ')
		}
	}
	w.expr(c.Value)
}

func (w *writer) ellipsis(e *ast.Ellipsis) {
	w.text.WriteString("...")
	if e.Type != nil {
		w.expr(e.Type)
	}
}

func (w *writer) expr(x ast.Expr) {
	if at := x.Pos(); at.IsValid() && at.Filename() != "" {
		before := w.around
		w.around = at
		defer func() { w.around = before }()
	}
	w.mark(w.around)
	switch x := x.(type) {
	case *ast.Ident:
		w.text.WriteString(x.Name)
	case *ast.BasicLit:
		w.text.WriteString(x.Value)
	case *ast.BottomLit:
		w.text.WriteString("_|_")
	case *ast.ParenExpr:
		w.enclosed(x.X)
	case *ast.UnaryExpr:
		w.text.WriteString(x.Op.String())
		w.operand(x.X, token.HighestPrec)
	case *ast.BinaryExpr:
		w.operand(x.X, x.Op.Precedence())
		w.text.WriteString(" " + x.Op.String() + " ")
		w.operand(x.Y, x.Op.Precedence()+1)
	case *ast.SelectorExpr:
		w.operand(x.X, token.HighestPrec)
		w.text.WriteByte('.')
		w.expr(x.Sel.(ast.Expr))
	case *ast.IndexExpr:
		w.operand(x.X, token.HighestPrec)
		w.text.WriteByte('[')
		w.expr(x.Index)
		w.text.WriteByte(']')
	case *ast.CallExpr:
		w.expr(x.Fun)
		w.text.WriteByte('(')
		w.list(x.Args)
		w.text.WriteByte(')')
	case *ast.ListLit:
		w.text.WriteByte('[')
		w.list(x.Elts)
		w.text.WriteByte(']')
	case *ast.Ellipsis:
		w.ellipsis(x)
	case *ast.Alias:
		w.text.WriteString(x.Ident.Name + "=")
		w.expr(x.Expr)
	case *ast.StructLit:
		w.structure(x)
	default: // unknown syntax must not pass for nothing said
		w.text.WriteString("_|_")
	}
}

func (w *writer) structure(s *ast.StructLit) {
	w.text.WriteByte('{')
	if len(s.Elts) > 0 {
		w.text.WriteByte('\n')
		w.depth++
		w.decls(s.Elts)
		w.depth--
		w.text.WriteString(strings.Repeat("\t", w.depth))
	}
	w.text.WriteByte('}')
}

func (w *writer) list(elements []ast.Expr) {
	for i, e := range elements {
		if i > 0 {
			w.text.WriteString(", ")
		}
		w.expr(e)
	}
}

// operand writes an operand, in parentheses where it binds less than what stands around it.
func (w *writer) operand(x ast.Expr, precedence int) {
	binary, ok := x.(*ast.BinaryExpr)
	if ok && binary.Op.Precedence() < precedence {
		w.enclosed(x)
		return
	}
	w.expr(x)
}

func (w *writer) enclosed(x ast.Expr) {
	w.text.WriteByte('(')
	w.expr(x)
	w.text.WriteByte(')')
}
