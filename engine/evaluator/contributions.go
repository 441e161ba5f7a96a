package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// contribution is one authored conjunct of a value.
type contribution struct {
	node ast.Node // the value that was written
	via  string   // the reference that brought it: #Service
}

// contributions are all conjuncts of a value as they were written, satisfied or
// not, through references as well.
//
// Value.Core() hands out CUE's own list of conjuncts. It is the one source that
// keeps defaults which the value subsumes (`*1 | int` beside `int`); Value.Expr()
// drops them. docs/decisions/0002-conjuncts-from-the-core.md says what is at stake.
func (d *desired) contributions(v cue.Value, at location) []contribution {
	c := &collector{index: d.index, seen: map[ast.Node]bool{}, inDefinition: strings.Contains(at.at(), "#")}
	c.collect(v, "", 0)
	return c.out
}

type collector struct {
	index        *index
	seen         map[ast.Node]bool
	inDefinition bool
	out          []contribution
}

func (c *collector) collect(v cue.Value, via string, depth int) {
	if depth > 16 || !v.Exists() {
		return
	}
	if core := v.Core(); core.V != nil {
		for conjunct := range core.V.LeafConjuncts() {
			c.add(conjunct.Source(), via)
		}
	}
	c.follow(v, depth)
}

// follow goes through the references among a value's conjuncts.
func (c *collector) follow(v cue.Value, depth int) {
	op, args := v.Expr()
	if op == cue.AndOp && depth <= 16 {
		for _, arg := range args {
			c.follow(arg, depth+1)
		}
		return
	}
	root, path := v.ReferencePath()
	if !root.Exists() || len(path.Selectors()) == 0 {
		if n := valueOf(v.Source()); n != nil && c.index.knows(n) && !c.within(n) {
			c.add(n, "")
		}
		return
	}
	via := path.String()
	if n := valueOf(v.Source()); n != nil && c.index.knows(n) {
		via = c.index.textOf(n)
	}
	c.collect(root.LookupPath(path), via, depth+1)
}

// add takes a node once, as the value that was written there.
func (c *collector) add(n ast.Node, via string) {
	n = valueOf(n)
	if n == nil || !n.Pos().IsValid() || !authored(n.Pos().Filename()) || !c.index.knows(n) || c.seen[n] {
		return
	}
	if name, ok := n.(*ast.Ident); ok && name.Name == "_" {
		return // it says nothing
	}
	c.seen[n] = true
	if via == "" && !c.inDefinition {
		via = c.index.definitionAround(n)
	}
	c.out = append(c.out, contribution{n, via})
}

// within says that a node lies inside one that is listed already.
func (c *collector) within(n ast.Node) bool {
	for _, around := range c.index.around(n) {
		if c.seen[around] {
			return true
		}
	}
	return false
}

// valueOf is what a node of syntax gives to a value.
func valueOf(n ast.Node) ast.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case *ast.Field:
		return n.Value
	case *ast.EmbedDecl:
		return n.Expr
	case *ast.File:
		return nil
	}
	return n
}

// definitionAround is the name of the outermost definition that a node stands in.
func (ix *index) definitionAround(n ast.Node) string {
	name := ""
	for _, around := range ix.around(n) {
		if f, ok := around.(*ast.Field); ok {
			if label := pathLabel(f.Label); strings.HasPrefix(label, "#") || strings.HasPrefix(label, "_#") {
				name = label
			}
		}
	}
	return name
}
