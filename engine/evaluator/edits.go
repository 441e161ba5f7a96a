package evaluator

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/ast/astutil"
)

// edits says what peeling takes out of the parsed files, by position: a value is
// replaced by `_`, a field is left out.
type edits struct {
	blank map[place]bool
	drop  map[place]bool
}

func noEdits() edits {
	return edits{blank: map[place]bool{}, drop: map[place]bool{}}
}

func (e edits) empty() bool { return len(e.blank) == 0 && len(e.drop) == 0 }

// apply edits a freshly parsed file in place.
func (e edits) apply(file *ast.File, spared sparedImports) {
	if e.empty() {
		return
	}
	astutil.Apply(file, func(c astutil.Cursor) bool {
		switch n := c.Node().(type) {
		case *ast.Field:
			if e.drop[placeOf(n.Pos())] {
				spared.note(n)
				c.Delete()
				return false
			}
		case ast.Expr:
			if !e.blank[placeOf(n.Pos())] || !replaceable(c) {
				return true
			}
			spared.note(n)
			c.Replace(ast.NewIdent("_"))
			return false
		}
		return true
	}, nil)
}

// replaceable says that the node under the cursor is a whole value: not a label,
// nor a piece of a selector or call, which would no longer mean anything.
func replaceable(c astutil.Cursor) bool {
	parent := c.Parent()
	if parent == nil {
		return false
	}
	switch p := parent.Node().(type) {
	case *ast.Field:
		return p.Label != c.Node()
	case *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.Interpolation, *ast.Alias, *ast.ForClause, *ast.IfClause, *ast.UnaryExpr:
		return false
	}
	return true
}
