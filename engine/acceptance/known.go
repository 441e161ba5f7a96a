package acceptance

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/syntax"
)

// Known is what is known of one entity beforehand: what comes of conditions that hang
// on nothing else than where it stands and what is observed outside of it.
type Known struct {
	// Decide says what comes of a condition; known is false where nobody can tell.
	Decide func(Condition) (holds, known bool)
}

// Condition is an expression that stands for a condition wherever it is written in a
// package: what is around the condition is replaced by what it stands for.
type Condition struct {
	// File is the file of the condition; the expression may be added to its package.
	File *syntax.File
	Text Standalone
	// Lets are expressions that the text and later ones of them stand on: Standalone says how.
	Lets []Standalone
	// Imports are the names under which the texts use packages of the standard library, with their paths.
	Imports map[string]string
	// Labels says which labels on the way to the entity the condition hangs on, by position.
	Labels []int
}

// Standalone is the text of an expression in which pieces are left out: the label of
// the entity's path at a position, or what one of Lets comes to.
type Standalone []Piece

// Piece is text, or one of what is left out.
type Piece struct {
	Text string
	// Label and Let count from one; zero is none.
	Label, Let int
}

// Outcomes are what came of conditions while the schemas of one entity were written.
type Outcomes struct {
	// Text is equal for entities for which the same conditions hold.
	Text string
	// decided are the names in conditions that were decided, and names that stand for
	// conditions which were taken apart.
	decided map[*ast.Ident]bool
}

// decide is what comes of a condition as far as it is known.
func (e *emitter) decide(x ast.Expr) (truth, bool) {
	if e.known == nil {
		return truth{}, false
	}
	w := &standalone{emitter: e, file: e.p.FileOf(x), imports: map[string]string{}, lets: map[ast.Node]int{}}
	if w.file == nil || !w.write(x, 0) {
		return truth{}, false
	}
	holds, known := e.known.Decide(Condition{File: w.file, Text: w.text, Lets: w.written, Imports: w.imports, Labels: w.labels})
	if !known {
		e.outcomes.Text += "?"
		return truth{}, false
	}
	for _, name := range w.names {
		e.outcomes.decided[name] = true
	}
	if holds {
		e.outcomes.Text += "1"
	} else {
		e.outcomes.Text += "0"
	}
	return always(holds), true
}

// always is the truth of a condition that is about no place.
func always(holds bool) truth {
	t := truth{holds: anything(), fails: nothing(), unobserved: certain, anywhere: true}
	if !holds {
		return t.not()
	}
	return t
}

// CoversLabels says that labels, given by the names in uses, are read for nothing but
// conditions whose outcome is known.
func (o *Outcomes) CoversLabels(p *syntax.Program, uses []*ast.Ident) bool {
	if strings.Contains(o.Text, "?") {
		return false
	}
	tainted := map[string]bool{}
	lets := map[ast.Node]bool{}
	for _, id := range uses {
		around := p.Around(id)
		f, ok := around[len(around)-2].(*ast.Field)
		if ok && isHiddenName(f) && f.Value == ast.Expr(id) {
			name, _ := syntax.StaticLabel(f)
			tainted[name] = true
		} else if !o.decided[id] {
			return false
		}
	}
	for id := range o.decided {
		if m := p.Meaning(id); m.Kind == syntax.Let {
			lets[m.Source] = true
		}
	}
	covered := true
	for _, f := range p.Files() {
		syntax.EachUse(f.Syntax, nil, nil, func(u syntax.Use) {
			if o.decided[u.Ident] {
				return
			}
			m := p.Meaning(u.Ident)
			selectsTainted := slices.ContainsFunc(u.Steps, func(s syntax.Step) bool { return tainted[s.Label] })
			if m.Kind == syntax.Let && lets[m.Source] || tainted[u.Ident.Name] || selectsTainted {
				covered = false
			}
		})
	}
	return covered
}
