package evaluator

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// cause says why a value is undecided, as the name of the pseudo-file in which
// the undecided value stands. CUE hands the name back in an error's positions,
// so that whatever hangs on the value tells of itself why it is undecided.
type cause string

const (
	causeUnobserved cause = "congruent:unobserved" // nobody looked there
	causeStale      cause = "congruent:stale"      // those who looked did so too long ago
	causeRefused    cause = "congruent:refused"    // an observer was not allowed to look
	causeBlocked    cause = "congruent:blocked"    // it failed already and was taken out
	causeContested  cause = "congruent:contested"  // observers differ
	causeMasked     cause = maskedFile             // the value is kept back
)

// isGap says that a value is undecided because nobody could see it.
func (c cause) isGap() bool {
	return c == causeUnobserved || c == causeStale || c == causeRefused
}

// undecided is an expression that stays incomplete for ever: a selector that no
// open struct will ever have. What refers to it is incomplete as well.
func undecided(why cause) ast.Expr {
	return undecidedAt(pseudoPosition(why), why)
}

// undecidedAt is the same in the place of a value that somebody wrote.
func undecidedAt(written token.Pos, why cause) ast.Expr {
	pos := pseudoPosition(why)
	open := &ast.StructLit{Lbrace: pos, Elts: []ast.Decl{&ast.Ellipsis{Ellipsis: pos}}}
	return &ast.SelectorExpr{
		X:   &ast.ParenExpr{Lparen: written, X: open},
		Sel: &ast.Ident{NamePos: pos, Name: "undecided"},
	}
}

// undecidedMembers makes a map one of which nobody knows whether it has further
// members: what is wrong with the named ones shows, but what reads the map is
// incomplete. (Under an undecided condition CUE would count what it has.)
func undecidedMembers(why cause) ast.Decl {
	return &ast.EmbedDecl{Expr: undecided(why)}
}

// unknown is a value that exists but says nothing: presence tests see it, and
// what needs its content is incomplete with a position in the cause's file.
func unknown(why cause) ast.Expr {
	return &ast.Ident{NamePos: pseudoPosition(why), Name: "_"}
}

func pseudoPosition(why cause) token.Pos {
	return token.NewFile(string(why), -1, 2).Pos(1, token.NoRelPos)
}
