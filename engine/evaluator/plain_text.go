package evaluator

import (
	"strings"

	"cuelang.org/go/cue/ast"
	cuescanner "cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"
)

// plainText is what a node says, whatever its layout, comments and attributes are.
// Names in it stand as they are written.
func (ix *index) plainText(n ast.Node) string {
	if ix.source.injected[n] || n == nil || !n.Pos().IsValid() {
		return ix.textOf(n)
	}
	text := ix.textBetween(n.Pos(), n.End())
	var out strings.Builder
	var s cuescanner.Scanner
	failed, comma := false, false
	s.Init(token.NewFile("", -1, len(text)), []byte(text), func(token.Pos, string, []any) { failed = true }, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		switch tok {
		case token.INTERPOLATION:
			return ix.textOf(n) // rare, and taken as it stands
		case token.ATTRIBUTE, token.COMMENT:
			continue
		case token.COMMA:
			comma = true
			continue
		}
		closing := tok == token.RBRACE || tok == token.RBRACK || tok == token.RPAREN
		if comma && !closing {
			out.WriteString(",")
		}
		comma = false
		if lit == "" || tok.IsOperator() {
			lit = tok.String()
		}
		out.WriteString(lit)
		out.WriteByte(' ')
	}
	if failed {
		return ix.textOf(n)
	}
	return out.String()
}
