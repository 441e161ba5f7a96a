package evaluator

import (
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// breaches finds where teams with limits speak of paths that are not theirs, by
// where a conjunct lands, through definitions as well; and who gives #observed a meaning.
func (d *desired) breaches() []protocol.EngineFinding {
	j := &judge{desired: d, may: map[string][]protocol.Pattern{}, found: map[string]*protocol.EngineFinding{}}
	for _, limit := range d.source.fragments.Limits {
		j.may[limit.Team] = append(j.may[limit.Team], limit.May...)
	}
	if len(j.may) > 0 {
		j.walk(d.value, location{}, 0)
	}
	j.observedDeclarations()
	out := []protocol.EngineFinding{}
	for _, key := range slices.Sorted(maps.Keys(j.found)) {
		out = append(out, *j.found[key])
	}
	return out
}

type judge struct {
	desired *desired
	may     map[string][]protocol.Pattern
	found   map[string]*protocol.EngineFinding
}

// walk judges every regular field, optional field, pattern and list element.
func (j *judge) walk(v cue.Value, at location, depth int) {
	if depth > 256 {
		return
	}
	switch {
	case v.IncompleteKind() == cue.ListKind:
		if elements, err := v.List(); err == nil {
			for i := 0; elements.Next(); i++ {
				j.visit(elements.Value(), at.child(element(i)), depth)
			}
		}
	default:
		fields, err := v.Fields(cue.Optional(true), cue.Patterns(true))
		if err != nil {
			return
		}
		for fields.Next() {
			j.visit(fields.Value(), at.child(stepOfSelector(fields.Selector())), depth)
		}
	}
}

func (j *judge) visit(v cue.Value, at location, depth int) {
	if j.allowed(at) {
		return
	}
	contributions := j.desired.contributions(v, at)
	for _, c := range contributions {
		if !j.speaks(c.node, at, contributions) {
			continue
		}
		for _, team := range j.desired.index.teamsOf(c.node.Pos().Filename(), at) {
			if may, limited := j.may[team]; limited && !coveredBy(may, at) {
				j.add(team, at, c.node)
			}
		}
	}
	j.walk(v, at, depth+1)
}

// allowed says that every limited team may speak here and below.
func (j *judge) allowed(at location) bool {
	for _, may := range j.may {
		if !coveredBy(may, at) {
			return false
		}
	}
	return true
}

// speaks says that a conjunct states something at the location where it lands.
// Structs on the way state nothing, `_` neither. What a pattern brings is judged
// at the pattern, and what a reference to data brings where that data stands.
func (j *judge) speaks(n ast.Node, at location, all []contribution) bool {
	ix := j.desired.index
	switch x := n.(type) {
	case *ast.Ident:
		if x.Name == "_" {
			return false
		}
	case *ast.StructLit:
		if !bare(x) || j.emptied(x) || at[len(at)-1].kind == patternStep || j.othersName(n, at, all) {
			return false
		}
	}
	inDefinition, inPattern := false, false
	for _, around := range ix.around(n) {
		switch x := around.(type) {
		case *ast.Field:
			label := pathLabel(x.Label)
			inDefinition = inDefinition || strings.HasPrefix(label, "#") || strings.HasPrefix(label, "_")
			inPattern = inPattern || label == "[]"
		case *ast.LetClause:
			inDefinition = true
		}
	}
	if inPattern && !slices.ContainsFunc(at, func(s step) bool { return s.kind == patternStep }) {
		return false
	}
	if inDefinition || !ix.isRoot(n) {
		return true
	}
	return matches(ix.labelPath(n), at)
}

// emptied says that a struct literal only lost what it held, as nobody asks about that.
func (j *judge) emptied(s *ast.StructLit) bool {
	only := j.desired.source.restriction
	return only != nil && only.emptied[s]
}

// bare says that a struct literal holds no fields.
func bare(s *ast.StructLit) bool {
	for _, e := range s.Elts {
		if _, ok := e.(*ast.Ellipsis); !ok {
			return false
		}
	}
	return true
}

// othersName says that somebody else names the same field, so that an empty struct adds nothing.
func (j *judge) othersName(n ast.Node, at location, all []contribution) bool {
	ix := j.desired.index
	own := ix.teamsOf(n.Pos().Filename(), at)
	return slices.ContainsFunc(all, func(c contribution) bool {
		return !slices.Equal(ix.teamsOf(c.node.Pos().Filename(), at), own) && !ix.isPattern(placeOf(c.node.Pos()), at)
	})
}

// isRoot says that a node stands in a package or data that is unified itself, not only imported.
func (ix *index) isRoot(n ast.Node) bool {
	path := ix.packages[ix.fileOf(n)]
	return slices.ContainsFunc(ix.parts, func(p loadedPart) bool { return p.instance.ImportPath == path })
}

// matches says that a label path leads to a location.
func matches(labels string, at location) bool {
	var want []string
	for _, s := range at {
		if s.kind == indexStep || s.kind == patternStep {
			want = append(want, "[]")
		} else {
			want = append(want, s.text())
		}
	}
	if labels == strings.Join(want, ".") {
		return true
	}
	// computed labels may be any
	parts := strings.Split(labels, ".")
	if len(parts) != len(want) {
		return false
	}
	for i, p := range parts {
		if p != want[i] && p != "()" {
			return false
		}
	}
	return true
}

// coveredBy says that a pattern reaches a location: it stands for it or for something above.
func coveredBy(may []protocol.Pattern, at location) bool {
	return slices.ContainsFunc(may, func(p protocol.Pattern) bool {
		if len(p) > len(at) {
			return false
		}
		for i, label := range p {
			if label != nil && (at[i].kind == patternStep || at[i].label != *label) {
				return false
			}
		}
		return true
	})
}

// add keeps one finding for each team and location; what lies above says enough of what lies below.
func (j *judge) add(team string, at location, n ast.Node) {
	for i := 1; i < len(at); i++ {
		if _, told := j.found[at[:i].key()+"\x00"+team]; told {
			return
		}
	}
	key := at.key() + "\x00" + team
	f, ok := j.found[key]
	if !ok {
		f = &protocol.EngineFinding{
			Kind: "breach", Path: at.labels(), At: at.at(),
			Message:   "team `" + team + "` says something at `" + at.at() + "`, which is not among its paths",
			Rule:      protocol.EngineRule{ID: breachRule + team, Explicit: true},
			Conjuncts: []protocol.EngineConjunct{}, Reads: []protocol.Path{}, Teams: []string{team},
		}
		j.found[key] = f
	}
	for _, c := range j.desired.index.conjunctOf(n, at) {
		if c.Team == team {
			f.Conjuncts = sortConjuncts(append(f.Conjuncts, c))
		}
	}
}

// observedDeclarations finds fragments that say what #observed is: it is filled
// with what observers report, and with nothing else.
func (j *judge) observedDeclarations() {
	at := location{step{definitionStep, "#observed"}}
	ix := j.desired.index
	for _, loaded := range j.desired.source.syntax {
		ix.prepare(loaded.file.Filename)
		for _, decl := range loaded.file.Decls {
			f, ok := decl.(*ast.Field)
			if !ok || pathLabel(f.Label) != "#observed" {
				continue
			}
			if name, ok := f.Value.(*ast.Ident); ok && name.Name == "_" {
				continue
			}
			for _, team := range ix.teamsOf(loaded.file.Filename, at) {
				j.add(team, at, f.Value)
				j.found[at.key()+"\x00"+team].Message = "`#observed` is what observers report: declare it as `#observed: _` and constrain the tree itself"
			}
		}
	}
}
