// Package schema makes CUE of JSON Schemas and of CustomResourceDefinitions, with
// the importer that comes with CUE, and says what of them cannot be expressed.
package schema

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/encoding/json"
)

// Source is a document of data as it was read, with the way back from positions.
type Source struct {
	Expr  ast.Expr
	paths map[int]Place // by offset
}

// Place is a path in a document; Label says that its last label is meant, not what stands there.
type Place struct {
	Path  []string
	Label bool
}

// Read reads a document from JSON text; its positions have the name of a file.
func Read(name, text string) (*Source, error) {
	x, err := json.Extract(name, []byte(text))
	if err != nil {
		return nil, err
	}
	s := &Source{Expr: x, paths: map[int]Place{}}
	s.learn(x, nil)
	return s, nil
}

func (s *Source) learn(x ast.Expr, path []string) {
	s.note(x.Pos(), Place{Path: path})
	switch x := x.(type) {
	case *ast.StructLit:
		for _, f := range fieldsOf(x) {
			below := append(slices.Clip(path), labelOf(f))
			s.note(f.Label.Pos(), Place{Path: below, Label: true})
			s.learn(f.Value, below)
		}
	case *ast.ListLit:
		for i, e := range x.Elts {
			s.learn(e, append(slices.Clip(path), strconv.Itoa(i)))
		}
	}
}

func (s *Source) note(at token.Pos, place Place) {
	if _, known := s.paths[at.Offset()]; !known && at.IsValid() {
		s.paths[at.Offset()] = place
	}
}

// Place is what stands at a position of the document.
func (s *Source) Place(at token.Pos) Place {
	if !at.IsValid() {
		return Place{Path: []string{}}
	}
	return s.PlaceAt(at.Offset())
}

// PlaceAt is what begins at an offset of the document's text; the whole where nothing does.
func (s *Source) PlaceAt(offset int) Place {
	if p, known := s.paths[offset]; known && p.Path != nil {
		return p
	}
	return Place{Path: []string{}}
}

func fieldsOf(x ast.Expr) []*ast.Field {
	s, ok := x.(*ast.StructLit)
	if !ok {
		return nil
	}
	var out []*ast.Field
	for _, d := range s.Elts {
		if f, ok := d.(*ast.Field); ok {
			out = append(out, f)
		}
	}
	return out
}

// labelOf is the label of a field of data.
func labelOf(f *ast.Field) string {
	switch l := f.Label.(type) {
	case *ast.Ident:
		return l.Name
	case *ast.BasicLit:
		return textOf(l)
	}
	return ""
}

// textOf is the text of a string of data; "" of anything else.
func textOf(x ast.Expr) string {
	l, ok := x.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return ""
	}
	text, err := literal.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return text
}

// member is a member of a map of data; nil if there is none.
func member(x ast.Expr, label string) *ast.Field {
	for _, f := range fieldsOf(x) {
		if labelOf(f) == label {
			return f
		}
	}
	return nil
}

// at is what stands at a path of data; nil if nothing does.
func at(x ast.Expr, path ...string) ast.Expr {
	for _, label := range path {
		f := member(x, label)
		if f == nil {
			return nil
		}
		x = f.Value
	}
	return x
}

// elements are those of a list of data.
func elements(x ast.Expr) []ast.Expr {
	l, ok := x.(*ast.ListLit)
	if !ok {
		return nil
	}
	return l.Elts
}

// isTrue says that data is the word true.
func isTrue(x ast.Expr) bool {
	l, ok := x.(*ast.BasicLit)
	return ok && l.Kind == token.TRUE
}

// dataText is data as text; equal data has equal text.
func dataText(x ast.Expr) string {
	var b strings.Builder
	writeData(&b, x)
	return b.String()
}

func writeData(b *strings.Builder, x ast.Expr) {
	switch x := x.(type) {
	case *ast.StructLit:
		b.WriteByte('{')
		for _, f := range fieldsOf(x) {
			b.WriteString(strconv.Quote(labelOf(f)) + ":")
			writeData(b, f.Value)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case *ast.ListLit:
		b.WriteByte('[')
		for _, e := range x.Elts {
			writeData(b, e)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case *ast.BasicLit:
		b.WriteString(x.Value)
	case *ast.UnaryExpr:
		b.WriteString(x.Op.String())
		writeData(b, x.X)
	}
}
