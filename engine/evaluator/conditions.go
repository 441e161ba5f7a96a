package evaluator

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// wanted decides @ignore() and @if(…), the attributes before a package clause.
func (l *loader) wanted(file *ast.File) bool {
	var condition *ast.Attribute
	for _, decl := range file.Decls {
		attribute, ok := decl.(*ast.Attribute)
		if !ok {
			if _, comment := decl.(*ast.CommentGroup); comment {
				continue
			}
			break
		}
		switch attribute.Name() {
		case "ignore":
			return false
		case "if":
			if condition != nil {
				l.reportPos(attribute.Pos(), "more than one @if in a file: join them with `&&`")
				return false
			}
			condition = attribute
		}
	}
	if condition == nil {
		return true
	}
	_, body := condition.Split()
	expr, err := parser.ParseExpr(file.Filename, body)
	if err != nil {
		l.reportPos(condition.Pos(), "@if: `"+body+"` is no condition: write tags joined by `&&`, `||`, `!`")
		return false
	}
	holds, ok := l.holds(expr)
	if !ok {
		l.reportPos(condition.Pos(), "@if: `"+body+"` is no condition: write tags joined by `&&`, `||`, `!`")
	}
	return holds && ok
}

// holds evaluates a condition; ok is false if it is not made of tags and `&&`, `||`, `!`.
// Both sides are always looked at, since naming a tag counts as using it.
func (l *loader) holds(x ast.Expr) (holds, ok bool) {
	switch x := x.(type) {
	case *ast.Ident:
		l.usedTags[x.Name] = true
		return l.tagIsSet(x.Name), true
	case *ast.ParenExpr:
		return l.holds(x.X)
	case *ast.UnaryExpr:
		holds, ok = l.holds(x.X)
		return !holds, ok && x.Op == token.NOT
	case *ast.BinaryExpr:
		a, okA := l.holds(x.X)
		b, okB := l.holds(x.Y)
		switch x.Op {
		case token.LAND:
			return a && b, okA && okB
		case token.LOR:
			return a || b, okA && okB
		}
	}
	return false, false
}

// tagIsSet says that a tag counts as a flag: its value is empty or "true".
func (l *loader) tagIsSet(name string) bool {
	value, given := l.tags[name]
	return given && (value == "" || value == "true")
}
