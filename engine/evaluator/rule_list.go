package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// Rules lists the rules that the fragments state: of every constraint the rule it
// belongs to, with all places that state it.
func (k *Kept) Rules(req *protocol.Request) *protocol.RulesAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.RulesAnswer{Digest: d.digest, Notes: d.notes, Rules: []protocol.ListedRule{}}
	if len(d.findings) == 0 {
		answer.Rules = d.index.rules()
	}
	return answer
}

// rules lists the rules of every file, sorted by id and team.
func (ix *index) rules() []protocol.ListedRule {
	byKey := map[string]*protocol.ListedRule{}
	for _, loaded := range ix.source.syntax {
		ix.prepare(loaded.file.Filename)
		if _, isData := rankOfData(loaded.file.Filename); isData || isMade(loaded.file.Filename) {
			continue
		}
		eachConstraint(loaded.file, func(value ast.Expr) {
			p := placeOf(value.Pos())
			for _, team := range ix.teamsOf(p.file, nil) {
				rule := ix.ruleOf(value, team)
				key := rule.ID + "\x00" + team
				if byKey[key] == nil {
					byKey[key] = &protocol.ListedRule{Rule: rule, Team: team}
				}
				byKey[key].Sites = append(byKey[key].Sites, ix.siteOf(p, value))
			}
		})
	}
	out := make([]protocol.ListedRule, 0, len(byKey))
	for _, rule := range byKey {
		slices.SortFunc(rule.Sites, compareSites)
		out = append(out, *rule)
	}
	slices.SortFunc(out, func(a, b protocol.ListedRule) int {
		if c := strings.Compare(a.Rule.ID, b.Rule.ID); c != 0 {
			return c
		}
		return strings.Compare(a.Team, b.Team)
	})
	return out
}

// eachConstraint calls with the value of every field that says something itself:
// a struct of further fields only leads to them.
func eachConstraint(file *ast.File, call func(ast.Expr)) {
	ast.Walk(file, func(n ast.Node) bool {
		f, ok := n.(*ast.Field)
		if !ok || f.Value == nil {
			return true
		}
		if s, isStruct := f.Value.(*ast.StructLit); isStruct && !bare(s) {
			return true
		}
		if name, isName := f.Value.(*ast.Ident); isName && name.Name == "_" {
			return true
		}
		call(f.Value)
		return true
	}, nil)
}

// blanked is what to take out of the files so that constraints at some sites say nothing.
func blanked(fragments *protocol.Fragments, sites []protocol.Site) edits {
	taken := noEdits()
	if fragments == nil || len(sites) == 0 {
		return taken
	}
	for _, file := range fragments.Files {
		for _, site := range sites {
			if site.File == file.Name && site.Data == nil {
				taken.blank[place{file: site.File, offset: offsetAt(file.Text, site.Line, site.Column)}] = true
			}
		}
	}
	return taken
}

// offsetAt is the offset of a line and column; both count from 1, columns in UTF-16 units.
func offsetAt(text string, line, column int) int {
	offset := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(text[offset:], '\n')
		if next < 0 {
			return len(text)
		}
		offset += next + 1
	}
	for left := column - 1; left > 0 && offset < len(text); {
		size := 1
		for offset+size < len(text) && text[offset+size]&0xC0 == 0x80 {
			size++
		}
		left -= utf16Length(text[offset : offset+size])
		offset += size
	}
	return offset
}
