package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
)

// mostPairs bounds of how many conjuncts every pair is tried.
const mostPairs = 48

// contradiction is what is in conflict at one place, in words.
type contradiction struct {
	conjuncts    []conjunct
	message      string
	alternatives []protocol.EngineAlternative
	pairs        [][2]conjunct // every two that cannot stand together
}

// inConflict finds the conjuncts that break: those that fail alone, else every
// pair that fails, else a smallest set. Conjuncts that are satisfied are not named.
func (d *desired) inConflict(f family) contradiction {
	all := d.byText(conjunctsOf(lookupFrom(d.value, f.at)), f.at)
	t := &trial{data: func() cue.Value { return d.ctx.CompileString("_") }}
	alone, rest := t.each(all)
	if len(alone) > 0 {
		m := contradiction{message: messageOf(f.all())}
		underPattern := false
		for _, b := range alone {
			m.conjuncts = append(m.conjuncts, b.conjuncts...)
			underPattern = underPattern || d.index.isPatternConjunct(b.conjuncts[0], f.at)
		}
		for _, j := range rest { // who wrote the label that the pattern refuses
			if underPattern && !d.index.isPatternConjunct(j, f.at) {
				m.conjuncts = append(m.conjuncts, j)
			}
		}
		m.add(d.speakingPlaces(f.all()))
		return m
	}
	if m, ok := d.pairs(t, rest, f); ok {
		return m
	}
	if set := t.smallest(rest); len(set) > 0 {
		return contradiction{conjuncts: set, message: d.tellSet(t, set, f.at)}
	}
	m := contradiction{message: messageOf(f.all())}
	m.add(d.speakingPlaces(f.all()))
	if len(m.conjuncts) == 0 {
		m.conjuncts = all
	}
	return m
}

// tellSet puts into words what more than two conjuncts cannot be together.
func (d *desired) tellSet(t *trial, set []conjunct, at location) string {
	var texts []string
	unions := false
	for _, j := range set {
		n := d.index.nodeOf(j, at)
		unions = unions || isDisjunction(n)
		texts = append(texts, "`"+shorten(d.textOf(j, at))+"`")
	}
	if !unions {
		return messageOf(t.together(set))
	}
	return strings.Join(texts, ", ") + " have no value in common"
}

// pairs tries every two conjuncts. The message tells of as many pairs as it takes to name every conjunct.
func (d *desired) pairs(t *trial, all []conjunct, f family) (m contradiction, ok bool) {
	if len(all) > mostPairs {
		return m, false
	}
	named := map[place]bool{}
	var messages []string
	for i, a := range all {
		for _, b := range all[i+1:] {
			errs := t.together([]conjunct{a, b})
			if len(errs) == 0 {
				continue
			}
			m.pairs = append(m.pairs, [2]conjunct{a, b})
			if named[a.at] && named[b.at] {
				continue
			}
			for _, j := range []conjunct{a, b} {
				if !named[j.at] {
					named[j.at] = true
					m.conjuncts = append(m.conjuncts, j)
				}
			}
			message, alternatives := d.tell(errs, a, b, f.at)
			if !slices.Contains(messages, message) {
				messages = append(messages, message)
			}
			if m.alternatives == nil {
				m.alternatives = alternatives
			}
		}
	}
	m.message = strings.Join(messages, "; ")
	return m, len(messages) > 0
}

// tell puts the failure of two conjuncts into words. A disjunction of which no
// branch fits is one failure with alternatives; a branch error("…") gives the words.
func (d *desired) tell(errs []cueError, a, b conjunct, at location) (string, []protocol.EngineAlternative) {
	for _, pair := range [][2]conjunct{{a, b}, {b, a}} {
		branches := branchesOf(pair[0].value, 0)
		if len(branches) < 2 && !isDisjunction(d.index.nodeOf(pair[0], at)) {
			continue
		}
		words := slices.IndexFunc(branches, isErrorCall)
		plain := slices.DeleteFunc(slices.Clone(branches), isErrorCall)
		alternatives := d.alternativesOf(plain, pair[1], at)
		if words >= 0 {
			return messageOf(flatten(branches[words].value.Validate())), alternatives
		}
		return "`" + shorten(d.textOf(pair[1], at)) + "` fits none of `" + shorten(d.textOf(pair[0], at)) + "`", alternatives
	}
	return messageOf(errs), nil
}

// isDisjunction says that a value is written as alternatives.
func isDisjunction(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.ParenExpr:
		return isDisjunction(x.X)
	case *ast.BinaryExpr:
		return x.Op == token.OR
	}
	return false
}

// withOrigins adds to conjuncts that only refer to a scalar what gives that its value.
func (d *desired) withOrigins(list []conjunct) []conjunct {
	out := slices.Clone(list)
	for _, j := range list {
		root, path := j.value.ReferencePath()
		if !root.Exists() || len(path.Selectors()) == 0 {
			continue
		}
		for _, origin := range conjunctsOf(root.LookupPath(path)) {
			if isConcreteScalar(origin.value) && !slices.ContainsFunc(out, func(k conjunct) bool { return k.at == origin.at }) {
				out = append(out, origin)
			}
		}
	}
	return out
}

// isErrorCall says that a conjunct is CUE's error("…").
func isErrorCall(j conjunct) bool {
	call, ok := j.value.Source().(*ast.CallExpr)
	if !ok {
		return false
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && name.Name == "error"
}

// alternativesOf says of every branch why it does not fit, the nearest first.
func (d *desired) alternativesOf(branches []conjunct, other conjunct, at location) []protocol.EngineAlternative {
	var out []protocol.EngineAlternative
	ranked := rankBranches(branches, func() cue.Value { return d.ctx.CompileString("_").Unify(other.value) })
	for _, b := range ranked {
		errs := slices.DeleteFunc(b.errors, cueError.unionHeader)
		if len(ranked) > 1 {
			errs = errs[:min(1, len(errs))]
		}
		for _, e := range errs {
			if len(out) == mostAlternatives {
				return out
			}
			below := append(append(location{}, at...), e.at...)
			places := e.places
			if len(places) == 0 || e.notAllowed() {
				places = append(slices.Clone(places), b.conjunct.at)
			}
			out = append(out, protocol.EngineAlternative{Message: e.message, Path: below.labels(), Conjuncts: d.index.branchConjuncts(places, below)})
		}
	}
	return out
}

// add names conjuncts by place where they are not named yet.
func (m *contradiction) add(places []place) {
	for _, p := range places {
		if !slices.ContainsFunc(m.conjuncts, func(j conjunct) bool { return j.at == p }) {
			m.conjuncts = append(m.conjuncts, conjunct{at: p})
		}
	}
}

// speakingPlaces are the places of errors but those of conditions and loops, unless there is nothing else.
func (d *desired) speakingPlaces(list []cueError) []place {
	all := placesOf(list)
	var out []place
	for _, p := range all {
		if !d.index.isGuard(p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}

// isGuard says that a place lies in the condition or the loop of a comprehension.
func (ix *index) isGuard(p place) bool {
	n := ix.at(p, nil)
	for _, around := range ix.around(n) {
		if _, ok := around.(ast.Clause); ok {
			_, isLet := around.(*ast.LetClause)
			return !isLet
		}
		if _, ok := around.(*ast.StructLit); ok {
			return false
		}
	}
	return false
}

// byText sorts conjuncts by what is written, so that nothing hangs on where they stand.
func (d *desired) byText(list []conjunct, at location) []conjunct {
	texts := map[place]string{}
	for _, j := range list {
		texts[j.at] = d.textOf(j, at)
	}
	slices.SortStableFunc(list, func(a, b conjunct) int {
		return cmp.Or(strings.Compare(texts[a.at], texts[b.at]), comparePlaces(a.at, b.at))
	})
	return list
}

func (d *desired) textOf(j conjunct, at location) string {
	if n := d.index.nodeOf(j, at); n != nil {
		return d.index.textOf(n)
	}
	return ""
}

// nodeOf is the syntax of a conjunct: CUE hands our own nodes back where it can.
func (ix *index) nodeOf(j conjunct, where location) ast.Node {
	if j.value.Exists() {
		n := j.value.Source()
		if f, ok := n.(*ast.Field); ok {
			n = f.Value
		}
		if n != nil && ix.knows(n) && placeOf(n.Pos()) == j.at {
			return n
		}
	}
	return ix.at(j.at, where)
}
