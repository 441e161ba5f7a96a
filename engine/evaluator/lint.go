package evaluator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/lint"
	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// lintRule begins the ids of lints.
const lintRule = "congruent:lint/"

// Lint finds what goes wrong silently in the fragments, and lists the rules and
// paths of which they speak. All of that is told by their text: nothing is compiled
// or evaluated. Where anything cannot be loaded only that is said.
func Lint(req *protocol.Request) *protocol.LintAnswer {
	d := gather(req.Fragments)
	answer := &protocol.LintAnswer{
		Digest: d.digest, Findings: []protocol.EngineFinding{}, Notes: d.notes,
		Rules: []protocol.RuleName{}, Paths: []protocol.StatedPath{},
	}
	d.index.textFiles()
	in := d.lintInput()
	d.reportUnresolved(in.Program)
	if len(d.source.problems) > 0 {
		answer.Findings = d.unreadable()
		return answer
	}
	result := lint.Fragments(in)
	stated := d.statedRules()
	answer.Paths, answer.Rules = result.Paths, names(stated)
	d.addLints(answer, append(result.Findings, d.sharedRules(stated)...))
	return answer
}

// mostLints bounds how many findings of one lint are told.
const mostLints = 500

// addLints tells what was found, sorted by place, rule and message, and of how much nothing is told.
func (d *desired) addLints(answer *protocol.LintAnswer, found []lint.Finding) {
	told := map[lint.Lint]int{}
	for _, f := range found {
		if told[f.Lint]++; told[f.Lint] <= mostLints {
			answer.Findings = append(answer.Findings, d.lintFinding(f))
		}
	}
	slices.SortStableFunc(answer.Findings, func(a, b protocol.EngineFinding) int {
		return cmp.Or(compareConjuncts(a.Conjuncts[0], b.Conjuncts[0]), strings.Compare(a.Rule.ID, b.Rule.ID), strings.Compare(a.Message, b.Message))
	})
	for _, l := range slices.Sorted(maps.Keys(told)) {
		if told[l] > mostLints {
			answer.Notes = append(answer.Notes, protocol.EngineNote{
				Code: "lint", Message: fmt.Sprintf("`%s%s` is found %d times, of which the first %d are told", lintRule, l, told[l], mostLints),
			})
		}
	}
}

func (d *desired) lintInput() lint.Input {
	return lint.Input{
		Program: d.scanInput().Program,
		Text:    d.index.textOf,
		IsData: func(file string) bool {
			_, isData := rankOfData(file)
			return isData || isMade(file)
		},
	}
}

// reportUnresolved tells of names that nothing declares, as CUE does when it compiles.
func (d *desired) reportUnresolved(program *syntax.Program) {
	for _, loaded := range d.source.syntax {
		for _, id := range loaded.file.Unresolved {
			if !isPackageName(loaded.file, id) && id.Name != "self" && id.Name != "__self" && program.Meaning(id).Kind == syntax.Unknown {
				d.source.reportPos(id.Pos(), "reference \""+id.Name+"\" not found")
			}
		}
	}
}

// isPackageName says that a name is the one of the package clause.
func isPackageName(file *ast.File, id *ast.Ident) bool {
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
		clause, ok := d.(*ast.Package)
		return ok && clause.Name == id
	})
}

func (d *desired) lintFinding(f lint.Finding) protocol.EngineFinding {
	at := d.index.labels(f.Nodes[0])
	out := protocol.EngineFinding{
		Kind: "lint", Path: at, At: strings.Join(quotedLabels(at), "."), Message: f.Message,
		Rule: protocol.EngineRule{
			ID: lintRule + string(f.Lint), Explicit: true, Severity: f.Lint.Severity(),
			Title: f.Lint.Title(), Docs: "docs/lint.md#" + string(f.Lint),
		},
		Conjuncts: []protocol.EngineConjunct{}, Reads: []protocol.Path{},
	}
	for _, n := range f.Nodes {
		at := placeOf(n.Pos())
		for _, team := range d.index.teamsOf(at.file, nil) {
			out.Conjuncts = append(out.Conjuncts, protocol.EngineConjunct{Team: team, Site: d.index.siteOf(at, n), Text: d.index.textOf(n)})
		}
	}
	out.Conjuncts = sortConjuncts(out.Conjuncts)
	return out
}

// textFiles are the files that people wrote as CUE, prepared to be looked at.
func (ix *index) textFiles() []*ast.File {
	var out []*ast.File
	for _, loaded := range ix.source.syntax {
		ix.prepare(loaded.file.Filename)
		if _, isData := rankOfData(loaded.file.Filename); !isData && !isMade(loaded.file.Filename) {
			out = append(out, loaded.file)
		}
	}
	return out
}

// labels are those of the fields around a node, itself included: [] for patterns, () where a label is computed.
func (ix *index) labels(n ast.Node) protocol.Path {
	out := protocol.Path{}
	for _, around := range ix.around(n) {
		if f, ok := around.(*ast.Field); ok {
			if name, static := syntax.StaticLabel(f); static {
				out = append(out, name)
			} else {
				out = append(out, pathLabel(f.Label))
			}
		}
	}
	slices.Reverse(out)
	return out
}

func quotedLabels(path protocol.Path) []string {
	out := make([]string, 0, len(path))
	for _, label := range path {
		switch {
		case label == "[]", label == "()", strings.HasPrefix(label, "#"), strings.HasPrefix(label, "_"):
			out = append(out, label)
		default:
			out = append(out, field(label).text())
		}
	}
	return out
}
