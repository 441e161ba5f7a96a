package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
)

// labelPath is the path of labels around a node in its own file, patterns and
// list elements as [], dynamic labels as (): services.[].replicas.
func (ix *index) labelPath(n ast.Node) string {
	var out []string
	stack := ix.around(n)
	for i, n := range stack {
		switch n := n.(type) {
		case *ast.Field:
			out = append(out, pathLabel(n.Label))
		case *ast.LetClause:
			out = append(out, "let "+n.Ident.Name)
		case *ast.ListLit:
			if i > 0 && !isLabel(stack, i) {
				out = append(out, "[]")
			}
		}
	}
	slices.Reverse(out)
	if n != nil && isMade(n.Pos().Filename()) && len(out) > 0 { // nobody wrote the names of what was made
		out[0] = strings.TrimPrefix(strings.TrimPrefix(out[0], "_"), "#")
	}
	return strings.Join(out, ".")
}

func isLabel(stack []ast.Node, i int) bool {
	if i+1 >= len(stack) {
		return false
	}
	f, ok := stack[i+1].(*ast.Field)
	return ok && ast.Node(f.Label) == stack[i]
}

// pathLabel is a label as a label path writes it.
func pathLabel(l ast.Label) string {
	switch l := l.(type) {
	case *ast.Ident:
		return l.Name
	case *ast.BasicLit:
		return field(fieldLabel(l)).text()
	case *ast.ListLit:
		return "[]"
	case *ast.Alias:
		if x, ok := l.Expr.(ast.Label); ok {
			return pathLabel(x)
		}
	}
	return "()"
}

// fieldLabel is the unquoted label of a field; "" where only evaluation tells.
func fieldLabel(l ast.Label) string {
	switch l := l.(type) {
	case *ast.Ident:
		return l.Name
	case *ast.BasicLit:
		if l.Kind == token.STRING {
			if s, err := literal.Unquote(l.Value); err == nil {
				return s
			}
		}
		return l.Value
	case *ast.Alias:
		if x, ok := l.Expr.(ast.Label); ok {
			return fieldLabel(x)
		}
	}
	return ""
}

// roleOf says in which role a node takes part: by what it is, then by the innermost thing around it.
func (ix *index) roleOf(n ast.Node) string {
	if _, isData := rankOfData(n.Pos().Filename()); isData || ix.isEmbeddedData(n) {
		return "data"
	}
	if f, ok := n.(*ast.Field); ok && hasDefault(f.Value) || hasDefault(n) {
		return "default"
	}
	stack := ix.around(n)
	role := ""
	for i, n := range stack {
		switch n := n.(type) {
		case *ast.Field:
			switch text := pathLabel(n.Label); {
			case text == "[]":
				return "pattern"
			case strings.HasPrefix(text, "#"), strings.HasPrefix(text, "_#"):
				return "definition"
			}
		case *ast.Comprehension:
			return "comprehension"
		case *ast.EmbedDecl:
			if i+1 < len(stack) && role == "" && i <= 2 {
				if _, top := stack[i+1].(*ast.File); !top {
					role = "embedding"
				}
			}
		}
	}
	if role == "" {
		return "field"
	}
	return role
}

// hasDefault says that an expression is a disjunction with a marked default.
func hasDefault(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.ParenExpr:
		return hasDefault(x.X)
	case *ast.UnaryExpr:
		return x.Op == token.MUL
	case *ast.BinaryExpr:
		return x.Op == token.OR && (hasDefault(x.X) || hasDefault(x.Y))
	}
	return false
}

// dataPath is the path of a node in a data part; label says that the node is a field.
func (ix *index) dataPath(n ast.Node) (path protocol.Path, label bool) {
	path = protocol.Path{}
	_, label = n.(*ast.Field)
	stack := ix.around(n)
	for i, n := range stack {
		switch n := n.(type) {
		case *ast.Field:
			path = append(path, fieldLabel(n.Label))
		case *ast.ListLit:
			if i > 0 {
				for k, e := range n.Elts {
					if e == stack[i-1] {
						path = append(path, element(k).label)
					}
				}
			}
		}
	}
	slices.Reverse(path)
	return path, label
}
