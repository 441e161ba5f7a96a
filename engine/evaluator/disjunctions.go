package evaluator

import (
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// branch is one alternative of a failed disjunction, with what is wrong in it.
type branch struct {
	conjunct conjunct
	errors   []cueError
	// foreign: it fails on the atom that tells the alternatives apart.
	foreign bool
}

// branchesOf are the alternatives of a disjunction, nested ones in a row.
func branchesOf(v cue.Value, depth int) []conjunct {
	if depth > 8 {
		return nil
	}
	op, args := v.Expr()
	if op != cue.OrOp {
		if target, ok := helper(v); ok {
			if op, _ := target.Expr(); op == cue.OrOp {
				return branchesOf(target, depth+1)
			}
		}
		return []conjunct{{value: v, at: placeOf(sourcePos(v))}}
	}
	var out []conjunct
	for _, arg := range args {
		out = append(out, branchesOf(arg, depth+1)...)
	}
	return out
}

// mostAlternatives bounds the alternatives that a finding lists.
const mostAlternatives = 20

// alternatives are the branches of a conjunct that failed as a disjunction, the
// best first: those that fail on something else than what tells them apart, then those with fewer errors.
func (c *checking) alternatives(at location, j conjunct) []protocol.EngineAlternative {
	if !j.value.Exists() {
		return nil
	}
	n := c.observed.find(at)
	if n == nil {
		return nil
	}
	branches := branchesOf(j.value, 0)
	if isMade(j.at.file) {
		branches = c.alternativesOf(n, j)
	}
	if len(branches) < 2 {
		return nil
	}
	tried := c.tryBranches(n, branches)
	var out []protocol.EngineAlternative
	for _, b := range tried {
		if len(out) == mostAlternatives || len(b.errors) == 0 {
			break
		}
		first := b.errors[0]
		below := append(append(location{}, at...), first.at...)
		sites := c.conjunctsAt(first.places)
		if len(sites) == 0 && authored(b.conjunct.at.file) {
			sites = []conjunct{b.conjunct}
		}
		out = append(out, protocol.EngineAlternative{Message: first.message, Path: below.labels(), Conjuncts: c.found.sites(sites, at)})
	}
	return out
}

func (c *checking) tryBranches(n *observedNode, branches []conjunct) []branch {
	return rankBranches(branches, c.trial(n).data)
}

// rankBranches tries every alternative against a value, the one that comes nearest first.
func rankBranches(branches []conjunct, data func() cue.Value) []branch {
	telling := discriminators(branches)
	var out []branch
	for _, j := range branches {
		if j.value.Err() != nil {
			continue // error("…") only words the failure of the others
		}
		b := branch{conjunct: j, errors: withoutHeaders(flatten(data().Unify(j.value).Validate()))}
		slices.SortStableFunc(b.errors, func(x, y cueError) int {
			return boolOrder(telling[discriminatorOf(x)], telling[discriminatorOf(y)])
		})
		for _, e := range b.errors {
			b.foreign = b.foreign || telling[discriminatorOf(e)]
		}
		out = append(out, b)
	}
	if !slices.ContainsFunc(out, func(b branch) bool { return !b.foreign }) { // then what tells them apart is what is wrong
		for _, b := range out {
			slices.SortStableFunc(b.errors, func(x, y cueError) int {
				return boolOrder(!telling[discriminatorOf(x)], !telling[discriminatorOf(y)])
			})
		}
	}
	slices.SortStableFunc(out, func(a, b branch) int {
		if d := boolOrder(a.foreign, b.foreign); d != 0 {
			return d
		}
		if d := len(a.errors) - len(b.errors); d != 0 {
			return d
		}
		return comparePlaces(a.conjunct.at, b.conjunct.at)
	})
	return out
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func discriminatorOf(e cueError) step {
	if len(e.at) == 1 {
		return e.at[0]
	}
	return step{patternStep, ""}
}

// discriminators are fields that every alternative fixes to an atom.
func discriminators(branches []conjunct) map[step]bool {
	counts := map[step]int{}
	for _, b := range branches {
		fields, err := b.value.Fields()
		if err != nil {
			return nil
		}
		for fields.Next() {
			if isConcreteScalar(fields.Value()) {
				counts[stepOfSelector(fields.Selector())]++
			}
		}
	}
	out := map[step]bool{}
	for label, n := range counts {
		out[label] = n == len(branches)
	}
	return out
}

// unionMessage says in one line that no alternative fits, where CUE only counts
// its errors; an error("…") among the alternatives has its own words.
func (c *checking) unionMessage(conjuncts []conjunct, n *observedNode, whole []cueError) (string, bool) {
	if len(conjuncts) != 1 || !conjuncts[0].value.Exists() {
		return "", false
	}
	branches := branchesOf(conjuncts[0].value, 0)
	if len(branches) < 2 {
		return c.withoutDefault(conjuncts[0], n)
	}
	found := "the value"
	if n != nil && n.kind == scalarNode {
		found = "`" + shorten(n.text) + "`"
	}
	var atoms []string
	for _, b := range branches {
		if err := b.value.Err(); err != nil {
			return c.ownWords(conjuncts[0], n, whole, messageOf(flatten(err))), true
		}
		if isConcreteScalar(b.value) {
			atoms = append(atoms, fmt.Sprint(b.value))
		}
	}
	if len(atoms) < len(branches) {
		return fmt.Sprintf("%s fits none of %d alternatives", found, len(branches)), true
	}
	return fmt.Sprintf("%s is none of `%s`", found, shorten(strings.Join(atoms, " | "))), true
}

// ownWords is what an error("…") of a conjunct says of the observed value: among
// the errors of the whole it is the one that lies in the conjunct and begins
// alike; tried alone it cannot fill in what it quotes.
func (c *checking) ownWords(j conjunct, n *observedNode, errs []cueError, otherwise string) string {
	if n == nil {
		return otherwise
	}
	node := c.found.index.nodeOf(j, n.location())
	if node == nil {
		return otherwise
	}
	from, to := placeOf(node.Pos()), node.End().Offset()
	for _, e := range errs {
		inside := slices.ContainsFunc(e.places, func(p place) bool {
			return p.file == from.file && p.offset >= from.offset && p.offset < to
		})
		if inside && beginAlike(e.message, otherwise) {
			return e.message
		}
	}
	return otherwise
}

// beginAlike says that two texts may come from one template, filled in differently.
func beginAlike(a, b string) bool {
	const enough = 4
	shorter := min(len(a), len(b), enough)
	return shorter > 0 && a[:shorter] == b[:shorter]
}

func withoutHeaders(errs []cueError) []cueError {
	return slices.DeleteFunc(errs, cueError.unionHeader)
}

// withoutDefault is what a value breaks of `*3 | int`: not the default, but what is wanted beside it.
func (c *checking) withoutDefault(j conjunct, n *observedNode) (string, bool) {
	op, args := j.value.Expr()
	if op != cue.NoOp || len(args) != 1 || n == nil || !hasDefault(c.found.index.nodeOf(j, n.location())) {
		return "", false
	}
	errs := flatten(c.trial(n).data().Unify(args[0]).Validate())
	return messageOf(errs), len(errs) > 0
}
