package separable

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// Input is what is scanned.
type Input struct {
	Program *syntax.Program
	Limits  []protocol.TeamLimit
	// TeamsOf lists the teams whose text a file is.
	TeamsOf func(file string) []string
}

// Pattern is a pattern of the fragments, with what the scan found out about it.
// It is separable if there are no reasons.
type Pattern struct {
	Path protocol.Pattern
	List bool
	// Reads is what of #observed is read outside the entity, sorted.
	Reads []protocol.Read
	// ReadsLabel says that a constraint reads the entity's label, or one on the way to it,
	// for more than finding a place in #observed.
	ReadsLabel bool
	// LabelUses are the names of labels that are read so; empty where labels tell which constraints there are.
	LabelUses []*ast.Ident
	// Constraints are what the fragments say of every entity whose label fits.
	Constraints []Constraint
	// Named are the entities that fragments name, sorted by path.
	Named   []Named
	Reasons []Reason
}

// Constraint is a pattern's label (nil: every label) and what it says.
type Constraint struct {
	Label ast.Expr
	Value ast.Expr
}

// Named is an entity that fragments name.
type Named struct {
	Path   protocol.Path
	Values []ast.Expr
	// Undecidable, if set, says why the entity cannot be left out unseen.
	Undecidable *Reason
}

// scan is one scan of a program.
type scan struct {
	Input
	program *syntax.Program
	uses    *uses
	root    *place
	// plain are values of fields in which no name stands for anything.
	plain map[ast.Expr]bool
}

// Scan lists all patterns of the tree that a check can be divided by, at the
// level that divides best, sorted by path; and what is read of #observed by
// anything but the entities of separable ones.
func Scan(in Input) ([]Pattern, []protocol.Pattern) {
	s := &scan{Input: in, program: in.Program, root: newPlace("", false), plain: map[ast.Expr]bool{}}
	for _, f := range in.Program.Files() {
		if in.Program.IsRoot(f.Package) {
			s.decls(s.root, f.Syntax, f.Syntax.Decls, conjunct{cut: true})
		}
	}
	s.root.grown = true
	found := s.candidatesBelow(nil, [][]*place{{s.root}})
	s.markPlain(found)
	s.uses = s.gatherUses()
	var chosen []*candidate
	for _, c := range found {
		chosen = append(chosen, s.choose(c)...)
	}
	s.judgeObserved(chosen)
	out := make([]Pattern, 0, len(chosen))
	for _, c := range chosen {
		out = append(out, s.pattern(c))
	}
	slices.SortFunc(out, func(a, b Pattern) int { return protocol.ComparePatterns(a.Path, b.Path) })
	return out, s.observes(chosen)
}

// compareReads sorts by steps: any label, then own labels, then names.
func compareReads(a, b protocol.Read) int {
	return slices.CompareFunc(a, b, func(x, y any) int {
		switch x := x.(type) {
		case string:
			if y, ok := y.(string); ok {
				return strings.Compare(x, y)
			}
		case int:
			if y, ok := y.(int); ok {
				return cmp.Compare(x, y)
			}
		}
		return cmp.Compare(rank(x), rank(y))
	})
}

func rank(step any) int {
	switch step.(type) {
	case string:
		return 2
	case int:
		return 1
	}
	return 0
}

// pattern writes a judged candidate as the result.
func (s *scan) pattern(c *candidate) Pattern {
	out := Pattern{Path: c.path, List: c.list, ReadsLabel: c.readsLabel, Reasons: c.reasons, Reads: []protocol.Read{}}
	for _, r := range c.reads {
		out.Reads = append(out.Reads, r.path)
	}
	slices.SortFunc(out.Reads, compareReads)
	out.Reads = slices.CompactFunc(out.Reads, func(a, b protocol.Read) bool { return compareReads(a, b) == 0 })
	if len(c.reasons) > 0 {
		return out
	}
	out.LabelUses = c.labelUses
	for _, x := range c.constraints() {
		if x.label != nil {
			out.LabelUses = nil
		}
		out.ReadsLabel = out.ReadsLabel || x.label != nil // which constraints there are hangs on it
		out.Constraints = append(out.Constraints, Constraint{Label: x.label, Value: x.value})
	}
	out.Named = s.named(c)
	return out
}
