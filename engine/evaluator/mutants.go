package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// What a mutant does to a rule.
const (
	mutantRemoved = "removed"
	mutantRefuses = "refuses everything"
)

// Mutants lists what could be changed about each rule, one change at a time: the
// rule says nothing, it is loosened in one place, or it refuses everything.
func (k *Kept) Mutants(req *protocol.Request) *protocol.MutantsAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.MutantsAnswer{Digest: d.digest, Notes: d.notes, Mutants: []protocol.Mutant{}}
	if len(d.findings) == 0 {
		m := mutator{index: d.index, ctx: d.ctx, constraints: map[protocol.RuleName][]ast.Expr{}}
		answer.Mutants = m.all()
	}
	return answer
}

// mutator changes the texts of rules.
type mutator struct {
	index       *index
	ctx         *cue.Context
	constraints map[protocol.RuleName][]ast.Expr
}

// all is every mutant, sorted by place, change and rule; equal edits once.
func (m *mutator) all() []protocol.Mutant {
	for _, loaded := range m.index.source.syntax {
		m.index.prepare(loaded.file.Filename)
		if _, isData := rankOfData(loaded.file.Filename); isData || isMade(loaded.file.Filename) {
			continue
		}
		eachConstraint(loaded.file, func(value ast.Expr) {
			if m.isTag(value) || m.index.isEmbeddedData(value) {
				return
			}
			for _, team := range m.index.teamsOf(value.Pos().Filename(), nil) {
				name := protocol.RuleName{ID: m.index.ruleOf(value, team).ID, Team: team}
				m.constraints[name] = append(m.constraints[name], value)
			}
		})
	}
	out := []protocol.Mutant{}
	for name, values := range m.constraints {
		out = append(out, m.of(name, values)...)
	}
	slices.SortFunc(out, func(a, b protocol.Mutant) int {
		return cmp.Or(compareSites(a.Site, b.Site), cmp.Compare(a.Edits[0].Start, b.Edits[0].Start),
			strings.Compare(a.Change, b.Change), strings.Compare(a.After, b.After),
			strings.Compare(a.Rule, b.Rule), strings.Compare(a.Team, b.Team))
	})
	return out
}

// of is the mutants of one rule; values are all that state it.
func (m *mutator) of(name protocol.RuleName, values []ast.Expr) []protocol.Mutant {
	slices.SortFunc(values, func(a, b ast.Expr) int {
		return cmp.Or(strings.Compare(a.Pos().Filename(), b.Pos().Filename()), cmp.Compare(a.Pos().Offset(), b.Pos().Offset()))
	})
	outer := outermost(values)
	first := outer[0]
	whole := func(change, text string) protocol.Mutant {
		mutant := m.mutant(name, first, change, text)
		for _, value := range outer[1:] {
			mutant.Edits = append(mutant.Edits, m.edit(value, text))
		}
		return mutant
	}
	removed := whole(mutantRemoved, "_")
	out := []protocol.Mutant{removed, whole(mutantRefuses, "_|_")}
	for _, value := range values {
		for _, l := range m.loosenings(value) {
			mutant := protocol.Mutant{
				Rule: name.ID, Team: name.Team, Site: m.index.siteOf(l.at, nil), Change: l.change,
				Before: l.before, After: l.after, Edits: []protocol.TextEdit{m.replace(l.at.file, l.at.offset, l.end, l.after)},
			}
			if len(removed.Edits) > 1 || removed.Edits[0] != mutant.Edits[0] {
				out = append(out, mutant)
			}
		}
	}
	return out
}

func (m *mutator) mutant(name protocol.RuleName, value ast.Expr, change, text string) protocol.Mutant {
	return protocol.Mutant{
		Rule: name.ID, Team: name.Team, Site: m.index.siteOf(placeOf(value.Pos()), value), Change: change,
		Before: m.index.textOf(value), After: text, Edits: []protocol.TextEdit{m.edit(value, text)},
	}
}

// isTag says that a value is where an environment puts one of its tags.
func (m *mutator) isTag(value ast.Expr) bool {
	f, ok := m.index.parent[value].(*ast.Field)
	return ok && slices.ContainsFunc(f.Attrs, func(a *ast.Attribute) bool { return a.Name() == "tag" })
}

// edit replaces what an author wrote as one value.
func (m *mutator) edit(value ast.Expr, text string) protocol.TextEdit {
	return m.replace(value.Pos().Filename(), value.Pos().Offset(), m.endOf(value), m.keepingNames(value, text))
}

// keepingNames is a text in whose place another stood, such that what that one named is still in
// use: CUE refuses files with imports, aliases and let clauses that nothing uses.
func (m *mutator) keepingNames(value ast.Expr, text string) string {
	names := false
	ast.Walk(value, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch target := id.Node.(type) {
			case nil:
			case *ast.Field:
				_, alias := target.Label.(*ast.Alias)
				names = names || alias
			default:
				names = true
			}
		}
		return !names
	}, nil)
	if !names {
		return text
	}
	return "[" + text + ", " + m.text(value) + "][0]"
}

// endOf is where a value ends; of _|_ CUE counts the first character only.
func (m *mutator) endOf(value ast.Expr) int {
	end := value.End().Offset()
	text := m.index.texts.text[value.Pos().Filename()]
	if end <= len(text) && strings.HasSuffix(text[:end], "_") && strings.HasPrefix(text[end:], "|_") {
		end += 2
	}
	return end
}

func (m *mutator) replace(file string, start, end int, text string) protocol.TextEdit {
	whole := m.index.texts.text[file]
	return protocol.TextEdit{File: file, Start: utf16Length(whole[:start]), End: utf16Length(whole[:end]), Text: text}
}

// outermost leaves out values that stand inside others, in their order.
func outermost(values []ast.Expr) []ast.Expr {
	var out []ast.Expr
	for _, value := range values {
		if len(out) > 0 {
			last := out[len(out)-1]
			if last.Pos().Filename() == value.Pos().Filename() && value.Pos().Offset() < last.End().Offset() {
				continue
			}
		}
		out = append(out, value)
	}
	return out
}
