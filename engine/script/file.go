package script

import (
	"strings"

	"cuelang.org/go/cue/token"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// file is a script on its way to data, with the places of what is written out in it.
type file struct {
	name   string
	tokens *token.File
	lines  []int                // offsets at which lines begin
	text   int                  // bytes of texts so far
	values int                  // values so far
	source string               // the script
	places map[string]token.Pos // by path
	// steering are variables of loops that stand in no function: they lead to data and are none.
	steering map[string]bool
}

func newFile(name, text string) *file {
	f := &file{name: name, tokens: token.NewFile(name, -1, len(text)+1), lines: []int{0}, source: text, places: map[string]token.Pos{}, steering: map[string]bool{}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// at is a position of Starlark, whose columns count characters.
func (f *file) at(p syntax.Position) token.Pos {
	if p.Line < 1 || int(p.Line) > len(f.lines) {
		return token.NoPos
	}
	offset := f.lines[p.Line-1]
	for range int(p.Col) - 1 {
		if offset >= len(f.source) {
			break
		}
		offset++
		for offset < len(f.source) && f.source[offset]&0xC0 == 0x80 {
			offset++
		}
	}
	return f.tokens.Pos(offset, token.NoRelPos)
}

// positionOf is where a path is written out, else the place of what holds it.
func (f *file) positionOf(around token.Pos, path ...string) token.Pos {
	if at, ok := f.places[strings.Join(path, "\x00")]; ok {
		return at
	}
	return around
}

// learn finds where globals are assigned, and within what is written out each entry.
func (f *file) learn(statements []syntax.Stmt) {
	for _, s := range statements {
		switch s := s.(type) {
		case *syntax.AssignStmt:
			if name, ok := s.LHS.(*syntax.Ident); ok && s.Op == syntax.EQ {
				f.entries(s.RHS, name.Name)
			}
			f.names(s.LHS, func(name *syntax.Ident) {
				if _, known := f.places[name.Name]; !known || s.Op == syntax.EQ {
					f.places[name.Name] = f.at(name.NamePos)
				}
			})
		case *syntax.IfStmt:
			f.learn(s.True)
			f.learn(s.False)
		case *syntax.ForStmt:
			f.names(s.Vars, func(name *syntax.Ident) { f.steering[name.Name] = true })
			f.learn(s.Body)
		}
	}
}

// names are the names that are assigned to.
func (f *file) names(x syntax.Expr, call func(*syntax.Ident)) {
	switch x := x.(type) {
	case *syntax.Ident:
		call(x)
	case *syntax.ParenExpr:
		f.names(x.X, call)
	case *syntax.TupleExpr:
		for _, e := range x.List {
			f.names(e, call)
		}
	case *syntax.ListExpr:
		for _, e := range x.List {
			f.names(e, call)
		}
	}
}

func (f *file) entries(x syntax.Expr, path string) {
	switch x := x.(type) {
	case *syntax.DictExpr:
		for _, e := range x.List {
			entry, ok := e.(*syntax.DictEntry)
			if !ok {
				continue
			}
			if key, ok := entry.Key.(*syntax.Literal); ok {
				if text, ok := key.Value.(string); ok {
					f.entry(path+"\x00"+text, entry.Key, entry.Value)
				}
			}
		}
	case *syntax.ListExpr:
		for i, e := range x.List {
			f.entry(path+"\x00"+starlark.MakeInt(i).String(), e, e)
		}
	case *syntax.ParenExpr:
		f.entries(x.X, path)
	}
}

func (f *file) entry(path string, key, value syntax.Expr) {
	start, _ := key.Span()
	f.places[path] = f.at(start)
	f.entries(value, path)
}
