package separable

import (
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
	Reads []protocol.Pattern
	// ReadsLabel says that a constraint reads the entity's label, or one on the way to it.
	ReadsLabel bool
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
// level that divides best, sorted by path.
func Scan(in Input) []Pattern {
	s := &scan{Input: in, program: in.Program, root: newPlace("", false), plain: map[ast.Expr]bool{}}
	for _, f := range in.Program.Files() {
		if in.Program.IsRoot(f.Package) {
			s.decls(s.root, f.Syntax, f.Syntax.Decls, conjunct{cut: true})
		}
	}
	s.root.grown = true
	found := s.candidatesBelow(nil, [][]*place{{s.root}})
	if len(found) == 0 {
		return nil
	}
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
	slices.SortFunc(out, func(a, b Pattern) int { return comparePatterns(a.Path, b.Path) })
	return out
}

// comparePatterns sorts by labels; any label goes first.
func comparePatterns(a, b protocol.Pattern) int {
	return slices.CompareFunc(a, b, func(x, y *string) int {
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return -1
		case y == nil:
			return 1
		}
		return strings.Compare(*x, *y)
	})
}

// pattern writes a judged candidate as the result.
func (s *scan) pattern(c *candidate) Pattern {
	out := Pattern{Path: c.path, List: c.list, ReadsLabel: c.readsLabel, Reasons: c.reasons, Reads: []protocol.Pattern{}}
	for _, r := range c.reads {
		out.Reads = append(out.Reads, r.path)
	}
	slices.SortFunc(out.Reads, comparePatterns)
	out.Reads = slices.CompactFunc(out.Reads, func(a, b protocol.Pattern) bool { return comparePatterns(a, b) == 0 })
	if len(c.reasons) > 0 {
		return out
	}
	for _, x := range c.constraints() {
		out.ReadsLabel = out.ReadsLabel || x.label != nil // which constraints there are hangs on it
		out.Constraints = append(out.Constraints, Constraint{Label: x.label, Value: x.value})
	}
	out.Named = s.named(c)
	return out
}
