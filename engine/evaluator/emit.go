package evaluator

import (
	"slices"

	"congruent.dev/engine/protocol"
)

// all lists the drafts in order of places, kinds and rules.
func (f *findings) all() []*draft {
	keys := make([]string, 0, len(f.byKey))
	for key := range f.byKey {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	out := make([]*draft, 0, len(keys))
	for _, key := range keys {
		out = append(out, f.byKey[key])
	}
	slices.SortStableFunc(out, func(a, b *draft) int { return compareLocations(a.at, b.at) })
	return out
}

// dropInner drops what lies inside an unexpected field: CUE refuses each member of it as well.
func (f *findings) dropInner() {
	unexpected := newLocationSet()
	for _, d := range f.byKey {
		if d.kind == "unexpected" {
			unexpected.add(d.at)
		}
	}
	for key, d := range f.byKey {
		if d.kind == "unexpected" && unexpected.covers(d.at[:len(d.at)-1]) {
			delete(f.byKey, key)
		}
	}
}

func (f *findings) drop(d *draft) {
	for key, other := range f.byKey {
		if other == d {
			delete(f.byKey, key)
		}
	}
}

// dropConsequences drops incomplete findings that hang on nothing but fields
// that are already reported as absent, or on guards that failed: those of the
// same entity, since entities read nothing of each other.
func (f *findings) dropConsequences(bordersOf func() borders) {
	hindrances := slices.Clone(f.failed)
	for _, d := range f.byKey {
		if d.kind == "missing" || d.kind == "unobserved" || d.kind == "stale" || d.kind == "refused" {
			for _, p := range d.causes {
				hindrances = append(hindrances, hindrance{d.at, p})
			}
		}
	}
	absent := map[place]bool{}
	for _, h := range hindrances {
		absent[h.text] = true
	}
	within := map[string]map[place]bool{}
	for key, d := range f.byKey {
		if d.kind != "incomplete" || len(d.causes) == 0 || !allOf(absent, d.causes) {
			continue
		}
		if len(within) == 0 {
			for _, h := range hindrances {
				entity := bordersOf().key(h.at)
				if within[entity] == nil {
					within[entity] = map[place]bool{}
				}
				within[entity][h.text] = true
			}
		}
		if allOf(within[bordersOf().key(d.at)], d.causes) {
			delete(f.byKey, key)
		}
	}
}

func allOf(set map[place]bool, places []place) bool {
	return !slices.ContainsFunc(places, func(p place) bool { return !set[p] })
}

// finish writes all drafts as the protocol has them.
func (f *findings) finish() []protocol.EngineFinding {
	out := []protocol.EngineFinding{}
	joined := map[string]int{}
	for _, d := range f.all() {
		e := f.emit(d)
		key := e.Kind + "\x00" + d.at.key() + "\x00" + e.Rule.ID
		if i, ok := joined[key]; ok {
			out[i].Conjuncts = sortConjuncts(append(out[i].Conjuncts, e.Conjuncts...))
			out[i].Reads = joinPaths(out[i].Reads, e.Reads)
			continue
		}
		joined[key] = len(out)
		out = append(out, e)
	}
	return out
}

func (f *findings) emit(d *draft) protocol.EngineFinding {
	e := protocol.EngineFinding{
		Kind: d.kind, Path: d.at.labels(), At: d.at.at(), Message: d.message, Rule: d.rule,
		Conjuncts: f.sites(d.conjuncts, d.at), Reads: []protocol.Path{}, Alternatives: d.alternatives,
	}
	for _, at := range d.reads {
		e.Reads = append(e.Reads, at.labels())
	}
	e.Reads = joinPaths(e.Reads, nil)
	return e
}

// joinPaths sorts paths and keeps equal ones once.
func joinPaths(a, b []protocol.Path) []protocol.Path {
	out := append(append([]protocol.Path{}, a...), b...)
	slices.SortFunc(out, func(x, y protocol.Path) int { return slices.Compare(x, y) })
	return slices.CompactFunc(out, func(x, y protocol.Path) bool { return slices.Equal(x, y) })
}
