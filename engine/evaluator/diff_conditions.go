package evaluator

import (
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// conditions compares loops and conditions that data decides, by what is written.
// Those that are decided show in the members.
func (w *differ) conditions(at location, base, head cue.Value) {
	before, after := w.base.conditionsIn(base, at), w.head.conditionsIn(head, at)
	if len(before)+len(after) == 0 {
		return
	}
	c := change{at: at, kind: "unordered"}
	c.gone, c.new = w.base.unlike(before, w.head, after), w.head.unlike(after, w.base, before)
	if len(c.gone)+len(c.new) == 0 {
		return
	}
	c.before, c.after = w.base.joinedTexts(c.gone), w.head.joinedTexts(c.new)
	w.add(c)
}

// conditionsIn are the loops and conditions of a struct that data decides.
func (s *side) conditionsIn(v cue.Value, at location) []ast.Node {
	if !s.holdsConditions {
		return nil
	}
	var out []ast.Node
	for _, n := range s.contributionsTo(v, at) {
		for _, decl := range declsOf(n) {
			if c, ok := decl.(*ast.Comprehension); ok && s.normal.readsData(c) {
				out = append(out, c)
			}
		}
	}
	if len(at) == 0 {
		for _, loaded := range s.source.syntax {
			if !slices.ContainsFunc(s.parts, func(p loadedPart) bool { return p.instance.ImportPath == loaded.pkgPath }) {
				continue
			}
			for _, decl := range loaded.file.Decls {
				if c, ok := decl.(*ast.Comprehension); ok && s.normal.readsData(c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// declsOf are the declarations of all struct literals that an expression unifies.
func declsOf(n ast.Node) []ast.Decl {
	x, ok := n.(ast.Expr)
	if !ok {
		return nil
	}
	var out []ast.Decl
	for _, part := range operandsOf(x, token.AND) {
		s, ok := part.(*ast.StructLit)
		if !ok {
			continue
		}
		for _, decl := range s.Elts {
			out = append(out, decl)
			if embedded, ok := decl.(*ast.EmbedDecl); ok {
				out = append(out, declsOf(embedded.Expr)...)
			}
		}
	}
	return out
}

// holdConditions says that some text holds a loop or a condition.
func (d *desired) holdConditions() bool {
	found := false
	for _, loaded := range d.source.syntax {
		ast.Walk(loaded.file, func(n ast.Node) bool {
			_, is := n.(*ast.Comprehension)
			found = found || is
			return !found
		}, nil)
	}
	return found
}
