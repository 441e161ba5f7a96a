package evaluator

import (
	"slices"
	"strconv"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
)

// teamsOf lists the teams whose text a file is, as seen from a location. Shared
// text that several teams import counts there for those whose reference brings
// it to that very place; for all of them where that cannot be told.
func (ix *index) teamsOf(file string, where location) []string {
	all := ix.teams.of(file)
	if len(all) < 2 || len(where) == 0 || !ix.value.Exists() {
		return all
	}
	key := file + "\x00" + where.key()
	if known, ok := ix.narrowed[key]; ok {
		return known
	}
	var out []string
	for i := len(where); i >= 0; i-- {
		for _, team := range ix.referring(file, where[:i]) {
			if slices.Contains(all, team) && !slices.Contains(out, team) {
				out = append(out, team)
			}
		}
	}
	if len(out) == 0 {
		out = all
	}
	slices.Sort(out)
	ix.narrowed[key] = out
	return out
}

// referring lists the teams with a conjunct at a location that refers to the package of a file.
func (ix *index) referring(file string, at location) (out []string) {
	for _, v := range valuesAt(ix.value, at) {
		if v.Core().V == nil {
			continue
		}
		for conjunct := range v.Core().V.LeafConjuncts() {
			n := valueOf(conjunct.Source())
			if n == nil || !ix.knows(n) {
				continue
			}
			team := ix.teams.own[n.Pos().Filename()]
			if team != "" && ix.refersTo(n, file) {
				out = append(out, team)
			}
		}
	}
	return out
}

// valuesAt is what the desired state says of a place: the value there, or where
// it names none those of the patterns that its label matches.
func valuesAt(v cue.Value, at location) []cue.Value {
	values := []cue.Value{v}
	for _, s := range at {
		var next []cue.Value
		for _, v := range values {
			if member := lookupFrom(v, location{s}); member.Exists() {
				next = append(next, member)
				continue
			}
			next = append(next, patternsFor(v, s)...)
		}
		values = next
	}
	return values
}

// patternsFor are the values of a map's patterns that match a label.
func patternsFor(v cue.Value, s step) []cue.Value {
	fields, err := v.Fields(cue.Patterns(true))
	if err != nil || s.kind != fieldStep {
		return nil
	}
	label := v.Context().Encode(s.label)
	var out []cue.Value
	for fields.Next() {
		selector := fields.Selector()
		if selector.ConstraintType() == cue.PatternConstraint && selector.Pattern().Unify(label).Err() == nil {
			out = append(out, fields.Value())
		}
	}
	return out
}

// refersTo says that a value itself, not what lies below it, refers to a package that holds a file or imports it.
func (ix *index) refersTo(n ast.Node, file string) bool {
	found := false
	holder := ix.source.instances[ix.packages[ix.fileOf(n)]]
	ast.Walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field, *ast.Comprehension:
			return false
		case *ast.Ident:
			spec, ok := n.Node.(*ast.ImportSpec)
			if !ok || holder == nil {
				return true
			}
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				found = found || holds(holder.LookupImport(path), file, map[*build.Instance]bool{})
			}
		}
		return !found
	}, nil)
	return found
}

// holds says that a package, or one that it imports, is made of a file.
func holds(i *build.Instance, file string, seen map[*build.Instance]bool) bool {
	if i == nil || seen[i] {
		return false
	}
	seen[i] = true
	return slices.ContainsFunc(i.Files, func(f *ast.File) bool { return f.Filename == file }) ||
		slices.ContainsFunc(i.Imports, func(imported *build.Instance) bool { return holds(imported, file, seen) })
}
