package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
)

// mostProbeRounds bounds how deep probes are put inside one another.
const mostProbeRounds = 5

// Latent finds constraints that meet on nothing that the fragments name and can
// never both hold: of optional fields, of patterns, of elements of lists. What may
// be there is put there, and what conflicts then is told as conflicts are.
func Latent(req *protocol.Request) *protocol.LatentAnswer {
	d := loadWithout(req.Fragments, noEdits(), newRestriction(plainEntities(gather(req.Fragments))))
	answer := &protocol.LatentAnswer{Digest: d.digest, Findings: []protocol.EngineFinding{}, Notes: []protocol.EngineNote{}}
	if !d.value.Exists() {
		return answer
	}
	told := map[string]bool{}
	for _, definitions := range []bool{false, true} { // where data shows a conflict, its definition need not
		p := &probing{desired: d, definitions: definitions, at: map[string]probe{}}
		for range mostProbeRounds {
			if !p.more() {
				break
			}
		}
		answer.Findings = append(answer.Findings, p.conflicts(told)...)
	}
	sortFindings(answer.Findings)
	return answer
}

// plainEntities leaves out entities by name of which nothing is said that is
// optional or for several: what they meet shows without a probe.
func plainEntities(d *desired) *protocol.Restriction {
	if len(d.source.problems) > 0 {
		return nil
	}
	only := &protocol.Restriction{}
	patterns, _ := separable.Scan(d.scanInput())
	for _, p := range patterns {
		if len(p.Reasons) > 0 || p.List {
			continue
		}
		only.Patterns = append(only.Patterns, p.Path)
		for _, n := range p.Named {
			if n.Undecidable != nil || slices.ContainsFunc(n.Values, mayHoldLatent) {
				only.Keep = append(only.Keep, n.Path)
			}
		}
	}
	if len(only.Patterns) == 0 {
		return nil
	}
	return only
}

// mayHoldLatent says that text holds optional fields or patterns, or names what may hold some.
func mayHoldLatent(x ast.Expr) bool {
	found := false
	ast.Walk(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			_, pattern := n.Label.(*ast.ListLit)
			found = found || pattern || n.Constraint.String() == "?"
		case *ast.Ident:
			found = found || n.Node != nil
		case *ast.Ellipsis:
			found = found || n.Type != nil
		}
		return !found
	}, nil)
	return found
}

// probe is something put where nothing is named.
type probe struct {
	at location
	// shown is the last step as it is told: a pattern for a label that matches it.
	shown step
	// example is the label that a pattern stands for, where it does not stand for every label.
	example string
	// required says that it must be there: what conflicts in it is no secret.
	required bool
}

// probing is a desired state in which more and more is put that may be there.
type probing struct {
	*desired
	// definitions says to look at what definitions hold, and at nothing else.
	definitions bool
	at          map[string]probe
	found       []probe
}

// more puts probes into what the last ones brought, and says whether there were any.
func (p *probing) more() bool {
	before := len(p.at)
	p.walk(p.desired.value, location{}, nil)
	if len(p.at) == before {
		return false
	}
	var further []ast.Expr
	for _, q := range p.found {
		further = append(further, skeleton(q.at))
	}
	value, err := p.with(further...)
	if err != nil {
		return false
	}
	probed := *p.desired
	probed.value, probed.learned = value, &learned{}
	p.desired = &probed
	return true
}

// mostProbes bounds how much is put into one state.
const mostProbes = 2000

func (p *probing) put(q probe) {
	key := q.at.key()
	if _, twice := p.at[key]; !twice && len(p.at) < mostProbes {
		p.at[key] = q
		p.found = append(p.found, q)
	}
}

// walk finds what may be at a place and is not; open are the structs above, so that a definition in itself has an end.
func (p *probing) walk(v cue.Value, at location, open [][]ast.Node) {
	sources := sourcesOf(v)
	if len(at) > deepestProbe || len(sources) > 0 && slices.ContainsFunc(open, func(o []ast.Node) bool { return slices.Equal(o, sources) }) {
		return
	}
	open = append(slices.Clone(open), sources)
	if v.IncompleteKind() == cue.ListKind {
		p.walkList(v, at, open)
		return
	}
	fields, err := v.Fields(cue.Optional(true), cue.Patterns(true), cue.Definitions(p.definitions && len(at) == 0))
	if err != nil {
		return
	}
	var patterns []cue.Value
	named := map[string]bool{}
	for fields.Next() {
		selector := fields.Selector()
		if selector.ConstraintType() == cue.PatternConstraint {
			patterns = append(patterns, selector.Pattern())
			continue
		}
		label := stepOfSelector(selector)
		if label.label == "#observed" || p.definitions && len(at) == 0 && label.kind != definitionStep {
			continue
		}
		named[label.label] = true
		below := at.child(label)
		if fields.FieldType()&(cue.OptionalConstraint|cue.RequiredConstraint) != 0 {
			p.put(probe{at: below, shown: label, required: fields.FieldType()&cue.RequiredConstraint != 0})
			continue // what it holds is walked once it is there
		}
		p.walk(fields.Value(), below, open)
	}
	for _, q := range probesFor(patterns, named) {
		if v.Allows(cue.Str(q.at[0].label)) {
			q.at = at.child(q.at[0])
			p.put(q)
		}
	}
}

// deepestProbe bounds how deep a state is walked.
const deepestProbe = 24

func (p *probing) walkList(v cue.Value, at location, open [][]ast.Node) {
	elements, err := v.List()
	n := 0
	for ; err == nil && elements.Next(); n++ {
		p.walk(elements.Value(), at.child(element(n)), open)
	}
	if n == 0 && v.LookupPath(cue.MakePath(cue.AnyIndex)).Exists() {
		p.put(probe{at: at.child(element(0)), shown: step{patternStep, everyLabel}})
	}
}

// conflicts are the conflicts at probes and below, each set of conjuncts once, sorted.
func (p *probing) conflicts(told map[string]bool) []protocol.EngineFinding {
	out := []protocol.EngineFinding{}
	if len(p.at) == 0 {
		return out
	}
	for _, c := range p.sortedConflicts() {
		at, examples, probed := p.shownAt(c.at)
		if !probed || c.message == notAllowedMessage || c.message == cycleMessage || forbids(c.conjuncts) || len(c.conjuncts) == 0 {
			continue
		}
		var key strings.Builder
		for _, j := range c.conjuncts {
			key.WriteString(j.Site.File + "\x00" + j.Text + "\x00")
		}
		if told[key.String()] {
			continue
		}
		told[key.String()] = true
		f := c.finding()
		f.Path, f.At = at.labels(), patternedAt(at)
		if len(examples) > 0 {
			f.Message += " (where `" + strings.Join(examples, "`, `") + "` is a label)"
		}
		out = append(out, f)
	}
	return out
}

// sortedConflicts are all conflicts, the shortest paths first.
func (p *probing) sortedConflicts() []*conflict {
	list := p.conflictsNow()
	slices.SortStableFunc(list, func(a, b *conflict) int {
		return cmp.Or(cmp.Compare(len(a.at), len(b.at)), compareLocations(a.at, b.at))
	})
	return list
}

// shownAt is a location with patterns for the labels that were put there.
func (p *probing) shownAt(at location) (out location, examples []string, probed bool) {
	for i, s := range at {
		if q, ok := p.at[location(at[:i+1]).key()]; ok {
			probed = probed || !q.required
			s = q.shown
			if q.example != "" {
				examples = append(examples, q.example)
			}
		}
		out = out.child(s)
	}
	return out, examples, probed
}

// forbids says that somebody wrote that there shall be nothing: `debug?: _|_`.
func forbids(list []protocol.EngineConjunct) bool {
	return slices.ContainsFunc(list, func(j protocol.EngineConjunct) bool {
		return j.Text == "_|_" || strings.HasPrefix(j.Text, "error(")
	})
}
