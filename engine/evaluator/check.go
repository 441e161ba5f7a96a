package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// Check unifies the fragments and says what an observed state breaks, what it
// lacks, and what cannot be decided: all of it in one run.
func (k *Kept) Check(req *protocol.Request) *protocol.CheckAnswer {
	only := newRestriction(req.Restriction)
	if len(req.Without) > 0 {
		return loadWithout(req.Fragments, blanked(req.Fragments, req.Without), only).checkAll(req)
	}
	d, done := k.about(req.Fragments, only)
	defer done()
	return d.checkAll(req)
}

// checkAll finds what is wrong with the fragments, and what an observed state breaks.
func (d *desired) checkAll(req *protocol.Request) *protocol.CheckAnswer {
	only := d.source.restriction
	answer := &protocol.CheckAnswer{Digest: d.digest, Findings: d.ownFindings(), Notes: d.notes}
	switch {
	case only.conflicting(answer.Findings):
		answer.Findings = onlyTheWhole("fragments conflict where entities are")
	case d.value.Exists() && len(d.findings) == 0:
		answer.Findings = append(answer.Findings, d.check(req, answer.Findings)...)
		sortFindings(answer.Findings)
	}
	return answer
}

// check finds everything but what is wrong with the fragments themselves.
func (d *desired) check(req *protocol.Request, own []protocol.EngineFinding) []protocol.EngineFinding {
	observed := req.Observed
	if observed == nil {
		observed = &protocol.Observed{}
	}
	o, err := readObservation(observed.State)
	if err != nil {
		return []protocol.EngineFinding{unreadableState(err)}
	}
	o.only = d.source.restriction
	if observed.Context != "" {
		if err := o.addContext(observed.Context); err != nil {
			return []protocol.EngineFinding{unreadableState(err)}
		}
	}
	o.withUndecided(observed)
	c := &checking{
		desired:  d,
		observed: o,
		coverage: newCoverage(observed.Coverage),
		contests: map[*observedNode]protocol.Contested{},
		drift:    req.Drift,
		blind:    newLocationSet(),
		found:    newFindings(d.index, o),
		reads:    d.reads(),
		reached:  newLocationSet(),
	}
	for _, contest := range observed.Contested {
		if n := o.place(contest.Path); n != nil {
			c.contests[n] = contest
		}
	}
	for _, f := range own {
		if isConflict(f) {
			c.blind.add(o.locate(f.Path))
		}
	}
	c.undecidedThere = len(observed.Masked)+len(observed.Contested) > 0
	c.drift = c.drift && c.reads.defaults
	c.tryAll = c.reads.counting
	c.run(observed)
	findings := c.found.finish()
	if d.source.restriction.blames(findings) {
		c.doubt("something is found of what holds entities")
	}
	if d.source.restriction != nil && slices.ContainsFunc(findings, c.tellsPosition) {
		c.doubt("a message names a position in a list")
	}
	if c.doubts != "" {
		return onlyTheWhole(c.doubts)
	}
	return findings
}

// run goes through all steps of a check, in an order that matters: what is
// refused or stale first, since it answers for all that lies below.
func (c *checking) run(observed *protocol.Observed) {
	c.reach(observed.Coverage)
	v := c.whole()
	c.settle(v)
	c.walk(v, c.observed.root, v.value, c.coverage.top())
	c.silent()
	for _, d := range c.found.all() {
		if c.taint(d) {
			c.found.drop(d)
		}
	}
	c.found.dropConsequences(c.borders)
	c.found.dropInner()
}

func unreadableState(err error) protocol.EngineFinding {
	return protocol.EngineFinding{
		Kind: "unreadable", Path: protocol.Path{}, Message: err.Error(),
		Rule:      protocol.EngineRule{ID: unreadableRule, Explicit: true},
		Conjuncts: []protocol.EngineConjunct{}, Reads: []protocol.Path{},
	}
}

// locate reads a protocol path: digits are a list position where a list is observed.
func (o *observation) locate(path protocol.Path) location {
	out := location{}
	n := o.root
	for _, label := range path {
		next := stepOf(label)
		switch {
		case label == "[]":
			next = step{patternStep, ""}
		case next.kind != hiddenStep && next.kind != definitionStep:
			next = field(label)
		}
		if n != nil && n.kind == listNode && isDigits(label) {
			next = step{indexStep, label}
		}
		if n != nil {
			n = n.members[next]
		}
		out = append(out, next)
	}
	return out
}

// reads is what the fragments read, and what any text of theirs holds, of what is left out as well.
func (d *desired) reads() *reads {
	if d.learned.reads == nil {
		d.learned.reads = scanReads(d.index.packageFiles())
		if only := d.source.restriction; only != nil {
			d.learned.reads.textTraits = d.learned.reads.and(only.left)
		}
	}
	return d.learned.reads
}

// packageFiles are the parsed files, those of one package together.
func (ix *index) packageFiles() [][]*ast.File {
	var names []string
	byName := map[string][]*ast.File{}
	for _, loaded := range ix.source.syntax {
		if byName[loaded.pkgPath] == nil {
			names = append(names, loaded.pkgPath)
		}
		byName[loaded.pkgPath] = append(byName[loaded.pkgPath], loaded.file)
	}
	slices.Sort(names)
	var out [][]*ast.File
	for _, name := range names {
		out = append(out, byName[name])
	}
	return out
}

// sortFindings sorts by path, kind and rule.
func sortFindings(list []protocol.EngineFinding) {
	slices.SortStableFunc(list, func(a, b protocol.EngineFinding) int {
		for _, order := range []int{slices.Compare(a.Path, b.Path), strings.Compare(a.At, b.At), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Rule.ID, b.Rule.ID)} {
			if order != 0 {
				return order
			}
		}
		return strings.Compare(a.Message, b.Message)
	})
}
