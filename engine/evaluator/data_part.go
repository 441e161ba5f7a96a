package evaluator

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/encoding/json"

	"congruent.dev/engine/protocol"
)

// dataPart makes a package out of a part of plain data. Its positions lie in a
// pseudo-file, which leads back to the part by its rank in the order of loading.
func (l *loader) dataPart(data protocol.Part, rank int) *build.Instance {
	name := dataPrefix + strconv.Itoa(rank)
	x, err := json.Extract(name, []byte(data.JSON))
	if err != nil {
		l.report(err)
		return nil
	}
	if l.refuseDeep([]ast.Decl{&ast.EmbedDecl{Expr: x}}) {
		return nil
	}
	for _, path := range data.Masked {
		x = mask(x, path)
	}
	file := &ast.File{Filename: name, Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent("data")}}}
	if s, ok := x.(*ast.StructLit); ok {
		file.Decls = append(file.Decls, s.Elts...)
	} else {
		file.Decls = append(file.Decls, &ast.EmbedDecl{Expr: x})
	}
	l.restriction.apply(file, data.JSON)
	l.edits.apply(file, l.spared)
	i := l.build.NewInstance("", nil)
	i.ImportPath = "data.congruent/" + strconv.Itoa(rank) + ":data"
	if err := i.AddSyntax(file); err != nil {
		l.report(err)
		return nil
	}
	if err := i.Complete(); err != nil {
		l.report(err)
		return nil
	}
	l.syntax = append(l.syntax, loadedFile{file, i.ImportPath})
	return i
}

// rankOfData is the rank of the part, in the order of loading, whose data a pseudo-file holds.
func rankOfData(file string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(file, dataPrefix))
	return n, err == nil && strings.HasPrefix(file, dataPrefix)
}

// mask replaces the value at a path by one that stays undecided.
func mask(x ast.Expr, path protocol.Path) ast.Expr {
	if len(path) == 0 {
		return undecidedAt(x.Pos(), maskedFile)
	}
	switch x := x.(type) {
	case *ast.StructLit:
		for _, e := range x.Elts {
			if f, ok := e.(*ast.Field); ok && fieldLabel(f.Label) == path[0] {
				f.Value = mask(f.Value, path[1:])
			}
		}
	case *ast.ListLit:
		if i, err := strconv.Atoi(path[0]); err == nil && i >= 0 && i < len(x.Elts) {
			x.Elts[i] = mask(x.Elts[i], path[1:])
		}
	}
	return x
}
