package evaluator

import (
	"encoding/json"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// removedRule is the id of the rule behind what an earlier apply set and nothing asks for any more.
const removedRule = "congruent:removed"

// Removed finds what an earlier apply set and the desired state no longer says: of
// the objects that it gives itself, by their identity, and only at fields that
// it does not have. Whatever it leaves open as a whole says everything below.
//
// Most of what was applied is asked for by the text itself. Only what is not is evaluated.
func (k *Kept) Removed(req *protocol.Request) *protocol.RemovedAnswer {
	text := gather(req.Fragments)
	answer := &protocol.RemovedAnswer{Digest: text.digest, Findings: []protocol.EngineFinding{}, Notes: text.notes}
	applied, only := text.restrictedTo(text.unstated(req.Applied))
	if len(text.source.problems) > 0 || len(applied) == 0 {
		return answer
	}
	findings, ok := k.removedAmong(applied, newRestriction(only), req)
	if !ok && only != nil {
		findings, _ = k.removedAmong(applied, nil, req)
	}
	answer.Findings = append(answer.Findings, findings...)
	return answer
}

// removedAmong evaluates what is said of some applies; it fails where the fragments
// cannot be evaluated, or a part of them does not tell what the whole would.
func (k *Kept) removedAmong(all []protocol.Applied, only *restriction, req *protocol.Request) ([]protocol.EngineFinding, bool) {
	d, done := k.about(req.Fragments, only)
	defer done()
	if len(d.findings) > 0 || !d.value.Exists() {
		return nil, false
	}
	value, err := d.besideObserved(req.Observed)
	if err != nil {
		return nil, false
	}
	r := &removing{desired: d, blind: newLocationSet(), found: map[string]*removal{}}
	own := d.ownFindings()
	if only.conflicting(own) {
		return nil, false
	}
	for _, f := range own {
		if isConflict(f) {
			r.blind.add(locationOfLabels(f.Path))
		}
	}
	for _, applied := range all {
		at, object := resolve(value, applied.At)
		var fields appliedFields
		if !r.given(object, req.Identity) || json.Unmarshal([]byte(applied.Fields), &fields) != nil {
			continue
		}
		r.walk(object, at, fields, applied.By, 0)
	}
	return r.findings(), true
}

// besideObserved is the desired state where #observed is what was observed, and nothing of the tree is there.
func (d *desired) besideObserved(observed *protocol.Observed) (cue.Value, error) {
	if observed == nil || !d.reads().observed {
		return d.value, nil
	}
	o, err := readObservation("{}")
	if err == nil {
		err = o.addContext(observed.State)
	}
	if err != nil {
		return cue.Value{}, err
	}
	o.withUndecided(&protocol.Observed{Masked: observed.Masked, Contested: observed.Contested})
	return d.with(withSecond(o.builder().plain(&observedNode{kind: mapNode}, nil, false), d.reads().observedExpr(o)))
}

// appliedFields is what an apply set: each member's label after `f:`, and `.` where the place itself came with it.
// A member without members came with it as well.
type appliedFields map[string]appliedFields

// whole says that nobody else set anything at or below a place.
func (f appliedFields) whole() bool {
	_, itself := f["."]
	return itself || len(f) == 0
}

// removing is one search for what was removed.
type removing struct {
	*desired
	blind *locationSet
	found map[string]*removal
}

// removal is a place that was removed, who had set it, and who speaks of what it stood in.
type removal struct {
	at    location
	by    []string
	teams []string
}

// given says that the desired state gives an object itself, rather than constrains one that somebody else gives.
func (r *removing) given(object cue.Value, identity []string) bool {
	if !object.Exists() {
		return false
	}
	for _, label := range identity {
		member := object.LookupPath(cue.MakePath(cue.Str(label)))
		if chosen, ok := member.Default(); ok {
			member = chosen
		}
		if !member.Exists() || member.Err() != nil || !member.IsConcrete() {
			return false
		}
	}
	return true
}

// deepestApplied bounds the walk.
const deepestApplied = 200

// walk goes down what an apply set beside the desired state, as far as that speaks of single members.
func (r *removing) walk(v cue.Value, at location, fields appliedFields, by string, depth int) {
	if chosen, ok := v.Default(); ok {
		v = chosen
	}
	members, ok := membersSaid(v)
	if depth > deepestApplied || r.blind.has(at) || !ok {
		return
	}
	for label, below := range fields {
		name, ok := strings.CutPrefix(label, "f:")
		if !ok {
			continue
		}
		there := at.child(field(name))
		if member, said := members[name]; said {
			if len(below) > 0 {
				r.walk(member, there, below, by, depth+1)
			}
			continue
		}
		r.unsaid(v, there, below, by, depth+1)
	}
}

// membersSaid are the regular and required members of a map by label, also where it, or
// one of them, failed; not ok where a value is no map, or not yet one.
func membersSaid(v cue.Value) (members map[string]cue.Value, ok bool) {
	if kind := v.IncompleteKind(); !v.Exists() || kind != cue.StructKind && kind != cue.BottomKind || isOpenChoice(v) {
		return nil, false
	}
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return nil, false
	}
	members = map[string]cue.Value{}
	for fields.Next() {
		if fields.FieldType()&cue.OptionalConstraint == 0 {
			members[stepOfSelector(fields.Selector()).label] = fields.Value()
		}
	}
	return members, true
}

// unsaid tells of the highest places that an apply set as a whole, below a value that says nothing of them.
func (r *removing) unsaid(parent cue.Value, at location, fields appliedFields, by string, depth int) {
	if depth > deepestApplied || r.blind.has(at) {
		return
	}
	if !fields.whole() {
		for label, below := range fields {
			if name, ok := strings.CutPrefix(label, "f:"); ok {
				r.unsaid(parent, at.child(field(name)), below, by, depth+1)
			}
		}
		return
	}
	known, ok := r.found[at.key()]
	if !ok {
		known = &removal{at: at, teams: r.teamsOf(parent, at[:len(at)-1])}
		r.found[at.key()] = known
	}
	if !slices.Contains(known.by, by) {
		known.by = append(known.by, by)
	}
}

// teamsOf are the teams that name a value, not those who only say what any such value must be.
func (r *removing) teamsOf(v cue.Value, at location) []string {
	var named, all []string
	for _, c := range r.contributions(v, at) {
		for _, written := range r.index.conjunctOf(c.node, at) {
			all = append(all, written.Team)
			if r.index.roleOf(c.node) != "pattern" {
				named = append(named, written.Team)
			}
		}
	}
	if len(named) == 0 {
		named = all
	}
	slices.Sort(named)
	return slices.Compact(named)
}

// findings tells what was removed once, at its highest place, sorted.
func (r *removing) findings() []protocol.EngineFinding {
	out := []protocol.EngineFinding{}
	for _, removed := range r.found {
		if r.inner(removed.at) {
			continue
		}
		slices.Sort(removed.by)
		out = append(out, protocol.EngineFinding{
			Kind: "unexpected", Path: removed.at.labels(), At: removed.at.at(),
			Message:   "set by an earlier apply (`" + strings.Join(removed.by, "`, `") + "`), and no fragment asks for it any more: take it away, or ask for it again",
			Rule:      protocol.EngineRule{ID: removedRule, Explicit: true, Title: "what is no longer asked for is taken away", Docs: "docs/kubernetes.md#removed-fields"},
			Conjuncts: []protocol.EngineConjunct{}, Reads: []protocol.Path{}, Teams: removed.teams,
		})
	}
	sortFindings(out)
	return out
}

// inner says that a place lies in another one that was removed.
func (r *removing) inner(at location) bool {
	for n := 1; n < len(at); n++ {
		if _, ok := r.found[location(at[:n]).key()]; ok {
			return true
		}
	}
	return false
}
