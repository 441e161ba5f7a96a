package evaluator

import (
	"strings"

	"cuelang.org/go/cue/literal"
	cuescanner "cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"
)

// oneLineCUE writes CUE on one line so that it stays CUE: where a line ended an
// element there is a comma, comments go, and strings of several lines are quoted
// on one. What cannot be read as CUE comes back with its lines joined.
func oneLineCUE(text string) string {
	if !strings.ContainsAny(text, "\n\t") && !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	failed := false
	f := &flattener{text: text}
	file := token.NewFile("", -1, len(text))
	f.scanner.Init(file, []byte(text), func(token.Pos, string, []any) { failed = true }, 0)
	for {
		pos, tok, lit := f.scanner.Scan()
		if tok == token.EOF || failed {
			break
		}
		f.take(pos.Offset(), tok, lit)
	}
	if failed || len(f.open) > 0 {
		return oneLine(text)
	}
	return oneLine(f.out.String())
}

// flattener joins the tokens of a text with the spaces that stand between them on a line.
type flattener struct {
	scanner cuescanner.Scanner
	text    string
	out     strings.Builder
	last    token.Token
	end     int   // where the last token ends
	comma   bool  // one is due before the next element
	open    []int // parentheses that are open within each interpolation around
}

func (f *flattener) take(at int, tok token.Token, lit string) {
	if tok == token.COMMA {
		f.comma, f.end = true, at
		return
	}
	f.separate(at, tok)
	f.last = tok
	if lit == "" || tok.IsOperator() {
		lit = tok.String()
	}
	f.end = at + len(lit)
	switch tok {
	case token.STRING:
		f.out.WriteString(quotedOnOneLine(lit))
	case token.INTERPOLATION:
		// The scanner gives its parenthesis once more.
		f.out.WriteString(strings.TrimSuffix(lit, "("))
		f.end--
		f.open = append(f.open, 0)
	default:
		f.out.WriteString(lit)
		f.within(tok)
	}
}

// within counts parentheses, and goes on with the string where an interpolation ends.
func (f *flattener) within(tok token.Token) {
	inner := len(f.open) - 1
	switch {
	case inner < 0:
	case tok == token.LPAREN:
		f.open[inner]++
	case tok == token.RPAREN:
		if f.open[inner]--; f.open[inner] > 0 {
			return
		}
		rest := f.scanner.ResumeInterpolation()
		f.end += len(rest) - 1
		if strings.HasSuffix(rest, "(") {
			f.out.WriteString(strings.TrimSuffix(rest[1:], "("))
			f.end--
			return
		}
		f.out.WriteString(rest[1:])
		f.open = f.open[:inner]
	}
}

// separate writes what stands between the last token and the next.
func (f *flattener) separate(at int, next token.Token) {
	closing := next == token.RBRACE || next == token.RBRACK || next == token.RPAREN
	opened := f.last == token.LBRACE || f.last == token.LBRACK || f.last == token.LPAREN
	between := ""
	if f.end < at {
		between = f.text[f.end:at]
	}
	switch {
	case f.out.Len() == 0 || closing && (f.comma || strings.Contains(between, "\n")) || opened && strings.Contains(between, "\n"):
	case f.comma && !closing:
		f.out.WriteString(", ")
	case between != "" && strings.TrimSpace(between) == "" || strings.Contains(between, "\n"):
		f.out.WriteString(" ")
	}
	f.comma = false
}

// quotedOnOneLine writes a string of several lines with its line ends escaped.
func quotedOnOneLine(lit string) string {
	if !strings.Contains(lit, "\n") {
		return lit
	}
	s, err := literal.Unquote(lit)
	if err != nil {
		return lit
	}
	if strings.HasPrefix(strings.TrimLeft(lit, "#"), "'") {
		return literal.Bytes.Quote(s)
	}
	return literal.String.Quote(s)
}
