package lint

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// bottom finds `_|_` as a value: its findings have no words.
func (l *linter) bottom(x *ast.BottomLit, around []ast.Node) {
	switch up := parent(around).(type) {
	case *ast.Field:
		if up.Value == nil || bare(up.Value) != ast.Expr(x) {
			return
		}
		if pattern := syntax.Pattern(up); pattern != nil {
			l.add(bottom, "`["+l.text(pattern)+"]: _|_` refuses labels without words; write `["+l.text(pattern)+`]: error("…")`+"`", x)
			return
		}
	case *ast.EmbedDecl, *ast.Ellipsis:
	default:
		return
	}
	l.add(bottom, "`_|_` refuses without words; write `error(\"…\")`, which says what is wrong and what to do", x)
}

// float finds the type that refuses integral numbers.
func (l *linter) float(x *ast.Ident, around []ast.Node) {
	if x.Name != "float" && x.Name != "__float" || x.Node != nil && !x.IsPredeclared() || l.Program.Meaning(x).Kind != syntax.Predeclared {
		return
	}
	for i := len(around) - 1; i >= 0; i-- {
		switch up := around[i].(type) {
		case *ast.Field:
			if ast.Node(up.Label) == ast.Node(x) {
				return
			}
		case *ast.SelectorExpr:
			if ast.Node(up.Sel) == ast.Node(x) {
				return
			}
		case *ast.BinaryExpr:
			if up.Op == token.OR && namesAny(operands(up, token.OR), "int", "number", "uint") {
				return
			}
			continue
		case *ast.ParenExpr, *ast.UnaryExpr:
			continue
		}
		break
	}
	l.add(float, "`float` refuses `1` and `1.0`: numbers of JSON and YAML that are integral are ints; write `number`", x)
}

// namesAny says that any of some expressions is one of CUE's own types.
func namesAny(list []ast.Expr, names ...string) bool {
	for _, x := range list {
		if name, ok := x.(*ast.Ident); ok {
			for _, wanted := range names {
				if name.Name == wanted {
					return true
				}
			}
		}
	}
	return false
}
