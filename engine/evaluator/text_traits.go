package evaluator

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// textTraits is what any text of the fragments holds; checks leave out steps that it makes needless.
type textTraits struct {
	// observed says that any fragment mentions #observed.
	observed bool
	// counting says that any fragment uses matchN or matchIf, and calls how often.
	counting bool
	calls    int
	// hidden says that any fragment has hidden fields.
	hidden bool
	// defaults says that any fragment marks a default.
	defaults bool
	// closing says that any fragment may close a struct against some label.
	closing bool
}

// note takes one node; every node of a text is to be told.
func (t *textTraits) note(n ast.Node) {
	switch x := n.(type) {
	case *ast.Ident:
		t.observed = t.observed || x.Name == "#observed"
		t.closing = t.closing || x.Name == "close"
		t.counting = t.counting || x.Name == "matchN" || x.Name == "matchIf"
	case *ast.CallExpr:
		if name, ok := x.Fun.(*ast.Ident); ok && (name.Name == "matchN" || name.Name == "matchIf") {
			t.calls++
		}
	case *ast.Field:
		label := fieldLabel(x.Label)
		t.closing = t.closing || label != "#observed" && namesDefinition(label) && !staysOpen(x.Value) || syntax.IsPredeclared(label)
		t.hidden = t.hidden || strings.HasPrefix(label, "_")
	case *ast.UnaryExpr:
		t.defaults = t.defaults || x.Op == token.MUL
	}
}

// mayHaveTraits says that a text has any character or word that traits are told by.
func mayHaveTraits(text string) bool {
	return strings.ContainsAny(text, "#_*") || strings.Contains(text, "close") || strings.Contains(text, "match")
}

// and joins the traits of two texts.
func (t textTraits) and(other textTraits) textTraits {
	return textTraits{
		observed: t.observed || other.observed,
		counting: t.counting || other.counting,
		calls:    t.calls + other.calls,
		hidden:   t.hidden || other.hidden,
		defaults: t.defaults || other.defaults,
		closing:  t.closing || other.closing,
	}
}
