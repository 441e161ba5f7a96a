package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// Explain says what the desired state has at a path and who contributes to it,
// and what is found there, above and below.
func (k *Kept) Explain(req *protocol.Request) *protocol.ExplainAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.ExplainAnswer{
		Digest: d.digest, At: locationOfLabels(req.Path).at(), Notes: d.notes, Findings: d.findings,
		Conjuncts: []protocol.ExplainedConjunct{}, ClosedBy: []protocol.EngineConjunct{},
	}
	if !d.value.Exists() {
		return answer
	}
	at, v := resolve(d.value, req.Path)
	if !v.Exists() { // only patterns may speak of it
		if with, err := d.with(skeleton(at)); err == nil {
			at, v = resolve(with, req.Path)
		}
	}
	answer.At = at.at()
	answer.Conjuncts = d.explained(v, at)
	answer.Exists = v.Exists() && (len(at) == 0 || len(answer.Conjuncts) > 0)
	if answer.Exists {
		answer.Value = textOfDesired(v)
		answer.Kind = v.IncompleteKind().String()
		if chosen, ok := v.Default(); ok && chosen.IsConcrete() && !v.IsConcrete() {
			answer.Default = cueText(chosen)
		}
		answer.ClosedBy = d.whatCloses(v, at)
	}
	findings := d.ownFindings()
	if req.Observed != nil {
		conflicts := slices.DeleteFunc(slices.Clone(findings), func(f protocol.EngineFinding) bool { return !isConflict(f) })
		findings = append(findings, d.check(req, conflicts)...)
		sortFindings(findings)
	}
	answer.Findings = concerning(findings, at.labels())
	return answer
}

// textOfDesired is a desired value as CUE; what fails in it is bottom, with the reason beside it.
func textOfDesired(v cue.Value) string {
	if v.Validate() != nil {
		return cueText(v)
	}
	return valueText(v)
}

// locationOfLabels is what a path means where no value tells more.
func locationOfLabels(path protocol.Path) location {
	at, _ := resolve(cue.Value{}, path)
	return at
}

// concerning keeps findings at a path and below, and above, where they blind it.
func concerning(list []protocol.EngineFinding, path protocol.Path) []protocol.EngineFinding {
	out := []protocol.EngineFinding{}
	for _, f := range list {
		n := min(len(f.Path), len(path))
		if slices.Equal(f.Path[:n], path[:n]) {
			out = append(out, f)
		}
	}
	return out
}

// whatCloses is what refuses labels that nobody named, at a struct.
func (d *desired) whatCloses(v cue.Value, at location) []protocol.EngineConjunct {
	if v.IncompleteKind() != cue.StructKind {
		return []protocol.EngineConjunct{}
	}
	var closing []place
	d.closers(v, cue.Str("congruent:any"), 0, func(p place) {
		if authored(p.file) && !slices.Contains(closing, p) {
			closing = append(closing, p)
		}
	})
	return d.index.conjunctsAt(closing, at)
}

// explained lists every contribution to a value with its role, sorted by where it stands.
func (d *desired) explained(v cue.Value, at location) []protocol.ExplainedConjunct {
	out := []protocol.ExplainedConjunct{}
	for _, c := range d.contributions(v, at) {
		for _, written := range d.index.conjunctOf(c.node, at) {
			out = append(out, protocol.ExplainedConjunct{
				EngineConjunct: written, Role: d.index.roleOf(c.node), Label: d.index.labelPath(c.node), Via: c.via,
			})
		}
	}
	slices.SortStableFunc(out, func(a, b protocol.ExplainedConjunct) int {
		return cmp.Or(compareConjuncts(a.EngineConjunct, b.EngineConjunct), strings.Compare(a.Via, b.Via))
	})
	return slices.CompactFunc(out, func(a, b protocol.ExplainedConjunct) bool {
		return compareConjuncts(a.EngineConjunct, b.EngineConjunct) == 0 && a.Role == b.Role
	})
}
