package evaluator

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// Outline says what the desired state says at some places, of labels that only
// patterns speak of too, and whose text each part of it is.
func (k *Kept) Outline(req *protocol.Request) *protocol.OutlineAnswer {
	d, done := k.about(req.Fragments, newRestriction(req.Restriction))
	defer done()
	answer := &protocol.OutlineAnswer{Digest: d.digest, Notes: d.notes, Outlines: []protocol.Outline{}}
	if len(d.findings) > 0 || !d.value.Exists() {
		return answer
	}
	value := d.value
	if req.Labels != "" {
		there, err := readObservation(req.Labels)
		if err != nil {
			return answer
		}
		if value, err = d.with(assumed(there.root)); err != nil {
			return answer
		}
	}
	o := &outlining{desired: d, followed: map[string][]string{}}
	for _, path := range req.Paths {
		answer.Outlines = append(answer.Outlines, o.outlineAt(value, path))
	}
	return answer
}

// outlining writes outlines of one desired state.
type outlining struct {
	*desired
	// followed are the files that references among some conjuncts lead to: patterns put the same ones at many paths.
	followed map[string][]string
}

// assumed is an expression in which labels are there and say nothing.
func assumed(n *observedNode) ast.Expr {
	if len(n.order) == 0 || n.kind != mapNode {
		return ast.NewIdent("_")
	}
	s := &ast.StructLit{}
	for _, member := range n.order {
		s.Elts = append(s.Elts, &ast.Field{Label: ast.NewString(member.step.label), Value: assumed(member)})
	}
	return s
}

func (o *outlining) outlineAt(value cue.Value, path protocol.Path) protocol.Outline {
	at, v := resolve(value, path)
	out := protocol.Outline{Path: at.labels()}
	if !v.Exists() {
		return out
	}
	if len(at) == 0 {
		out.Text = o.rootText(v)
	} else {
		out.Text = textOfDesired(v)
	}
	here := o.speaking(v, at, 0)
	out.Teams, out.Patterns, out.Below = here.Teams, here.Patterns, here.Below
	return out
}

// speaking is who speaks of a value, and who of what is below it. What may be absent
// and is not there counts only as a pattern does: as something said of the map.
func (o *outlining) speaking(v cue.Value, at location, depth int) protocol.Speaking {
	here := protocol.Speaking{Teams: o.teamsSaying(v, at, false)}
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
	for err == nil && depth < 256 && fields.Next() {
		selector := fields.Selector()
		below := at.child(stepOfSelector(selector))
		switch {
		case selector.ConstraintType() == cue.PatternConstraint:
			here.Teams = append(here.Teams, o.teamsSaying(fields.Value(), below, true)...)
			here.Patterns = append(here.Patterns, patternField(selector, fields.Value()))
		case selector.LabelType() == cue.IndexLabel: // a list is one value
			here.Teams = append(here.Teams, o.teamsSaying(fields.Value(), below, true)...)
		case fields.FieldType()&cue.OptionalConstraint == 0:
			member := o.speaking(fields.Value(), below, depth+1)
			if len(member.Teams)+len(member.Below) > 0 {
				member.Label = below[len(below)-1].label
				here.Below = append(here.Below, member)
			}
		}
	}
	if len(here.Below) > 0 {
		here.Patterns = nil
	}
	slices.Sort(here.Patterns)
	slices.Sort(here.Teams)
	here.Teams = slices.Compact(here.Teams)
	slices.SortFunc(here.Below, func(a, b protocol.Speaking) int { return strings.Compare(a.Label, b.Label) })
	return here
}

// teamsSaying lists the teams that say something of a value itself. A struct is only a way to what it holds, unless
// nobody goes it.
func (o *outlining) teamsSaying(v cue.Value, at location, structs bool) []string {
	var teams []string
	for _, file := range o.filesOf(v, at, structs) {
		teams = append(teams, o.index.teamsOf(file, at)...)
	}
	return teams
}

// filesOf lists the files of all that is said of a value. What its references lead to is found out once.
func (o *outlining) filesOf(v cue.Value, at location, structs bool) []string {
	c := &collector{index: o.index, seen: map[ast.Node]bool{}}
	if core := v.Core(); core.V != nil {
		for conjunct := range core.V.LeafConjuncts() {
			c.add(conjunct.Source(), "conjunct")
		}
	}
	says := func(n ast.Node) bool {
		s, ok := n.(*ast.StructLit)
		return !ok || structs || bare(s)
	}
	var files []string
	var references strings.Builder
	for _, c := range c.out {
		if !says(c.node) {
			continue
		}
		place := c.node.Pos()
		files = append(files, place.Filename())
		if refers(c.node) {
			fmt.Fprintf(&references, "%s:%d ", place.Filename(), place.Offset())
		}
	}
	key := references.String()
	further, known := o.followed[key]
	if !known && key != "" {
		for _, d := range o.contributions(v, at) {
			if !c.seen[d.node] && says(d.node) {
				further = append(further, d.node.Pos().Filename())
			}
		}
		o.followed[key] = further
	}
	return append(files, further...)
}

// refers says that an expression may hold a reference.
func refers(n ast.Node) bool {
	found := false
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.StructLit: // CUE has taken it apart
			return false
		case *ast.Ident:
			found = found || !syntax.IsPredeclared(x.Name)
		case *ast.SelectorExpr, *ast.IndexExpr, *ast.CallExpr, *ast.Interpolation, *ast.Comprehension:
			found = true
		}
		return !found
	}, nil)
	return found
}

// patternField is a pattern with what it says, as CUE.
func patternField(selector cue.Selector, v cue.Value) string {
	text := valueText(v)
	if v.IncompleteKind() == cue.StructKind {
		text = "{" + text + "}"
	}
	return shorten("[" + patternText(selector.Pattern()) + "]: " + text)
}
