package evaluator

import (
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// Ids of rules of our own.
const (
	unreadableRule = "congruent:unreadable"
	breachRule     = "congruent:breach/"
)

// ruleOf is the rule that a node belongs to: the innermost @rule on a field or
// struct around it or on its file; without an id there, one of team and label path.
func (ix *index) ruleOf(n ast.Node, team string) protocol.EngineRule {
	rule := protocol.EngineRule{}
	for _, around := range ix.around(n) {
		a := ruleAttribute(around)
		if a == nil {
			continue
		}
		args := argumentsOf(ix.source.ctx, a)
		rule.Title, _ = args.value("title")
		rule.ID, rule.Explicit = args.value("id")
		if strings.HasPrefix(rule.ID, "congruent:") {
			rule.ID = ""
		}
		rule.Severity, _ = args.value("severity")
		if !slices.Contains([]string{"error", "warning", "info", "off"}, rule.Severity) {
			rule.Severity = ""
		}
		rule.Docs, _ = args.value("docs")
		break
	}
	if rule.Title == "" {
		rule.Title = ix.docAround(n)
	}
	if rule.ID == "" {
		rule.ID, rule.Explicit = team+":"+ix.labelPath(n), false
	}
	return rule
}

// docAround is the comment above the field whose value, or part of whose value, a
// node is. On a line such as services: [string]: replicas: >=2 the comment above
// is about the innermost field; above a block it is not about the fields inside.
func (ix *index) docAround(n ast.Node) string {
	for i, around := range ix.around(n) {
		switch x := around.(type) {
		case *ast.Field:
			if doc := docOf(x); doc != "" {
				return doc
			}
		case *ast.StructLit:
			if i > 0 && x.Lbrace.IsValid() {
				return ""
			}
		case *ast.Comprehension, *ast.File:
			return ""
		}
	}
	return ""
}

// withoutDoc takes back a title that is only a comment: what is written above a
// definition tells what it holds, not that it refuses all else.
func (ix *index) withoutDoc(rule protocol.EngineRule, nodes []ast.Node) protocol.EngineRule {
	titled := slices.ContainsFunc(nodes, func(n ast.Node) bool { return ix.docAround(n) == rule.Title })
	if titled && rule.Title != "" {
		rule.Title = ""
	}
	return rule
}

func ruleAttribute(n ast.Node) *ast.Attribute {
	var found *ast.Attribute
	take := func(a *ast.Attribute) {
		if found == nil && a.Name() == "rule" {
			found = a
		}
	}
	fromDecls := func(decls []ast.Decl) {
		for _, d := range decls {
			if a, ok := d.(*ast.Attribute); ok {
				take(a)
			}
		}
	}
	switch n := n.(type) {
	case *ast.Field:
		for _, a := range n.Attrs {
			take(a)
		}
	case *ast.StructLit:
		fromDecls(n.Elts)
	case *ast.File:
		fromDecls(n.Decls)
	}
	return found
}

// docOf is the first paragraph of the comment above a field, on one line.
func docOf(f *ast.Field) string {
	for _, group := range ast.Comments(f) {
		if group.Doc {
			first, _, _ := strings.Cut(strings.TrimSpace(group.Text()), "\n\n")
			return oneLine(first)
		}
	}
	return ""
}

// leadingID is the id at the beginning of a text of CUE's error("[ID] …").
func leadingID(message string) string {
	m := regexp.MustCompile(`^\[([A-Za-z][A-Za-z0-9_.:/-]*)\]`).FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	return m[1]
}

// ruleFor chooses among the rules of the nodes behind a finding: the id that the
// message itself begins with, else an explicit one before a derived one, else
// the smallest. Conditions count only if there is nothing else.
func (ix *index) ruleFor(message string, nodes []ast.Node, where location) protocol.EngineRule {
	var best protocol.EngineRule
	have, bestGuard := false, false
	for _, n := range nodes {
		_, guard := n.(ast.Clause)
		for _, team := range ix.teamsOf(n.Pos().Filename(), where) {
			rule := ix.ruleOf(n, team)
			if !have || goesBefore(rule, guard, best, bestGuard) {
				best, bestGuard, have = rule, guard, true
			}
		}
	}
	if id := leadingID(message); id != "" && id != best.ID {
		if best.Explicit {
			return protocol.EngineRule{ID: id, Explicit: true}
		}
		best.ID, best.Explicit = id, true
	}
	return best
}

func goesBefore(a protocol.EngineRule, aGuard bool, b protocol.EngineRule, bGuard bool) bool {
	if aGuard != bGuard {
		return bGuard
	}
	if a.Explicit != b.Explicit {
		return a.Explicit
	}
	return a.ID < b.ID
}
