package lint

import (
	"regexp"
	"regexp/syntax"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// bound looks at bounds and regular expressions: of an operation, its operator and the operand at the right.
func (l *linter) bound(x ast.Expr, op token.Token, right ast.Expr) {
	text, ok := textOfLiteral(right)
	if !ok {
		return
	}
	switch op {
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		if isVersion(text) {
			l.add(textBound, l.quoted(x)+` compares texts letter by letter, so that "9" is more than "10"; compare numbers, or give each part of a version a field of its own`, x)
		}
	case token.MAT, token.NMAT:
		if alternative, half := halfAnchoredIn(text); half {
			l.add(halfAnchored, l.quoted(x)+" anchors its first alternative at the beginning and its last one at the end only, since `|` binds weakest; put the alternatives in brackets: `"+alternative+"`", x)
		}
	}
}

func textOfLiteral(x ast.Expr) (string, bool) {
	lit, ok := bare(x).(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := literal.Unquote(lit.Value)
	return text, err == nil
}

// isVersion says that a text is a number or version, whose order as text is another than as what it means. Dates have one order.
func isVersion(text string) bool {
	return regexp.MustCompile(`^v?[0-9]+(\.[0-9]+)*(-[a-z][a-z0-9.]*)?$`).MatchString(text) && len(text) < 40
}

// halfAnchoredIn says of `^a|b$` that it is anchored in part, and what was most likely meant.
func halfAnchoredIn(text string) (meant string, half bool) {
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil || parsed.Op != syntax.OpAlternate {
		return "", false
	}
	first, last := parsed.Sub[0], parsed.Sub[len(parsed.Sub)-1]
	if !begins(first) || ends(first) || begins(last) || !ends(last) || text[0] != '^' || text[len(text)-1] != '$' {
		return "", false
	}
	for _, between := range parsed.Sub[1 : len(parsed.Sub)-1] {
		if begins(between) || ends(between) {
			return "", false
		}
	}
	return "^(" + text[1:len(text)-1] + ")$", true
}

func begins(x *syntax.Regexp) bool {
	if x.Op == syntax.OpConcat {
		x = x.Sub[0]
	}
	return x.Op == syntax.OpBeginText
}

func ends(x *syntax.Regexp) bool {
	if x.Op == syntax.OpConcat {
		x = x.Sub[len(x.Sub)-1]
	}
	return x.Op == syntax.OpEndText
}
