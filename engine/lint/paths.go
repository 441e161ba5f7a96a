package lint

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// paths are the label paths of data at which the roots say something.
func (t *tree) paths() []protocol.StatedPath {
	found := []protocol.StatedPath{}
	t.root.speaksAt(protocol.Pattern{}, &found)
	slices.SortFunc(found, func(a, b protocol.StatedPath) int { return protocol.ComparePatterns(a.Path, b.Path) })
	out := found[:0]
	for _, p := range found { // several patterns are one path
		if last := len(out) - 1; last >= 0 && protocol.ComparePatterns(out[last].Path, p.Path) == 0 {
			out[last].Open = out[last].Open || p.Open
			continue
		}
		out = append(out, p)
	}
	return out
}

func (p *place) speaksAt(at protocol.Pattern, out *[]protocol.StatedPath) {
	if len(p.said) > 0 || len(p.members) == 0 && p.up != nil {
		open := slices.ContainsFunc(p.said, func(c conjunct) bool { return !isLeaf(c.value) })
		*out = append(*out, protocol.StatedPath{Path: slices.Clone(at), Open: open})
	}
	if len(at) == deepestPlace {
		return
	}
	for _, label := range slices.Sorted(maps.Keys(p.members)) {
		switch {
		case isData(label):
			p.members[label].speaksAt(append(at, &label), out)
		case isHelperLabel(label):
			continue
		default:
			p.members[label].speaksAt(append(at, nil), out)
		}
	}
}

// isHelperLabel says that a label is that of a definition or hidden field.
func isHelperLabel(label string) bool {
	return strings.HasPrefix(label, special+"_") || strings.HasPrefix(label, special+"#")
}

// isLeaf says that an expression speaks of a scalar, or of whether something is there at all.
func isLeaf(x ast.Expr) bool {
	for _, a := range alternatives(x) {
		switch y := a.value.(type) {
		case *ast.BasicLit, *ast.UnaryExpr, *ast.Interpolation:
		case *ast.Ident:
			if y.Node != nil && !y.IsPredeclared() {
				return false
			}
		default:
			return false
		}
	}
	return true
}
