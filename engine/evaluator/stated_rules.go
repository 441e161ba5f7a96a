package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/lint"
	"congruent.dev/engine/protocol"
)

// statedRule is a rule that a finding can have, at one place that states it.
type statedRule struct {
	protocol.RuleName
	// explicit is false for an id of team and label path.
	explicit bool
	node     ast.Node
}

// surroundings are what the rule of a node hangs on: the labels around it, and the
// id that the innermost @rule gives.
type surroundings struct {
	labels string
	id     string
}

// statedRules lists all rules that a finding can have: those of every field, as a
// closed struct has one, too, and those that only the words of an error("[ID] …")
// name. Sorted by id, team and place.
func (d *desired) statedRules() []statedRule {
	var out []statedRule
	for _, file := range d.index.textFiles() {
		teams := d.index.teamsOf(file.Filename, nil)
		add := func(n ast.Node, s surroundings) {
			for _, team := range teams {
				if s.id != "" {
					out = append(out, statedRule{protocol.RuleName{ID: s.id, Team: team}, true, n})
				} else {
					out = append(out, statedRule{protocol.RuleName{ID: team + ":" + s.labels, Team: team}, false, n})
				}
			}
		}
		stack := []surroundings{{}}
		ast.Walk(file, func(n ast.Node) bool {
			s := d.surroundingsOf(n, stack[len(stack)-1])
			stack = append(stack, s)
			switch x := n.(type) {
			case *ast.Field, *ast.LetClause:
				add(n, s)
			case *ast.CallExpr:
				if id := idOfError(x); id != "" {
					add(n, surroundings{id: id})
				}
			}
			return true
		}, func(ast.Node) { stack = stack[:len(stack)-1] })
	}
	slices.SortStableFunc(out, func(a, b statedRule) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Team, b.Team))
	})
	return out
}

// surroundingsOf are those of what a node holds.
func (d *desired) surroundingsOf(n ast.Node, s surroundings) surroundings {
	label := ""
	switch x := n.(type) {
	case *ast.Field:
		label = pathLabel(x.Label)
	case *ast.LetClause:
		label = "let " + x.Ident.Name
	case *ast.ListLit:
		label = "[]"
	}
	if label != "" && s.labels != "" {
		label = "." + label
	}
	s.labels += label
	if a := ruleAttribute(n); a != nil {
		s.id, _ = argumentsOf(d.ctx, a).value("id")
		if strings.HasPrefix(s.id, "congruent:") {
			s.id = ""
		}
	}
	return s
}

// names are the ids of rules and whose they are, each once.
func names(stated []statedRule) []protocol.RuleName {
	out := make([]protocol.RuleName, 0, len(stated))
	for _, rule := range stated {
		out = append(out, rule.RuleName)
	}
	return slices.Compact(out)
}

// idOfError is the id that the words of an error("[ID] …") begin with.
func idOfError(call *ast.CallExpr) string {
	name, ok := call.Fun.(*ast.Ident)
	if !ok || name.Name != "error" || len(call.Args) != 1 {
		return ""
	}
	return leadingID(beginningOf(call.Args[0]))
}

// beginningOf is the text that a literal or interpolation begins with.
func beginningOf(x ast.Expr) string {
	if whole, ok := x.(*ast.Interpolation); ok && len(whole.Elts) > 0 {
		if first, isLiteral := whole.Elts[0].(*ast.BasicLit); isLiteral {
			return strings.TrimLeft(first.Value, `#"`)
		}
	}
	lit, ok := x.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, err := literal.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return text
}

// sharedRules finds ids that several teams give to rules of their own: what is said
// of one, a severity or an exemption, holds for the others as well. A file of
// several teams is one place.
func (d *desired) sharedRules(stated []statedRule) (out []lint.Finding) {
	for from := 0; from < len(stated); {
		to := from + 1
		for to < len(stated) && stated[to].ID == stated[from].ID {
			to++
		}
		var teams []string
		var nodes []ast.Node
		for _, rule := range stated[from:to] {
			if rule.explicit && len(d.index.teams.of(rule.node.Pos().Filename())) == 1 {
				teams, nodes = append(teams, rule.Team), append(nodes, rule.node)
			}
		}
		if teams = slices.Compact(teams); len(teams) > 1 {
			out = append(out, lint.New(lint.SharedRule,
				lint.List(teams)+" each have a rule `"+stated[from].ID+"`: a severity or an exemption for one holds for all; give each an id of its own", nodes...))
		}
		from = to
	}
	return out
}
