package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
)

// longestText is how many bytes of a conjunct's text an answer holds.
const longestText = 400

// conjunctsAt says whose the text at each place is, once for each team.
func (ix *index) conjunctsAt(places []place, where location) []protocol.EngineConjunct {
	out := []protocol.EngineConjunct{}
	for _, p := range places {
		out = append(out, ix.conjunctAt(p, where)...)
	}
	return sortConjuncts(out)
}

// branchConjuncts is the same for branches of a disjunction: the first begins where the whole does.
func (ix *index) branchConjuncts(places []place, where location) []protocol.EngineConjunct {
	out := []protocol.EngineConjunct{}
	for _, p := range places {
		n := ix.at(p, where)
		for isDisjunction(n) {
			switch x := n.(type) {
			case *ast.ParenExpr:
				n = x.X
			case *ast.BinaryExpr:
				n = x.X
			}
		}
		if n == nil {
			out = append(out, ix.conjunctAt(p, where)...)
			continue
		}
		out = append(out, ix.conjunctOf(n, where)...)
	}
	return sortConjuncts(out)
}

// conjunctAt is the contribution that begins at a place, once for each team whose it is.
func (ix *index) conjunctAt(p place, where location) []protocol.EngineConjunct {
	if !authored(p.file) {
		return nil
	}
	if n := ix.at(p, where); n != nil {
		return ix.conjunctOf(n, where)
	}
	var out []protocol.EngineConjunct
	for _, team := range ix.teamsOf(p.file, where) {
		out = append(out, protocol.EngineConjunct{Team: team, Site: ix.siteOf(p, nil)})
	}
	return out
}

// conjunctOf is the contribution that a node makes, once for each team whose it is.
func (ix *index) conjunctOf(n ast.Node, where location) []protocol.EngineConjunct {
	p := placeOf(n.Pos())
	ix.prepare(p.file)
	var out []protocol.EngineConjunct
	for _, team := range ix.teamsOf(p.file, where) {
		out = append(out, protocol.EngineConjunct{
			Team: team,
			Site: ix.siteOf(p, n),
			Text: ix.textOf(n),
			Rule: ix.ruleOf(n, team).ID,
		})
	}
	return out
}

// siteOf is where a place is for the host.
func (ix *index) siteOf(p place, n ast.Node) protocol.Site {
	if rank, isData := rankOfData(p.file); isData {
		part := ix.source.order[rank]
		data := &protocol.DataSite{Part: part, Path: protocol.Path{}}
		if n != nil {
			data.Path, data.Label = ix.dataPath(n)
		}
		return protocol.Site{File: ix.source.fragments.Parts[part].File, Data: data}
	}
	if made := ix.source.made[p.file]; made != nil {
		return ix.source.siteOfMade(made, p)
	}
	line, column := ix.texts.lineColumn(p)
	return protocol.Site{File: p.file, Line: line, Column: column}
}

// textOf is what an author wrote, on one line and without comments.
func (ix *index) textOf(n ast.Node) string {
	if ix.source.injected[n] {
		if lit, ok := n.(*ast.BasicLit); ok {
			return lit.Value
		}
		return ""
	}
	if _, ok := n.(*ast.BottomLit); ok {
		return "_|_"
	}
	if f, ok := n.(*ast.Field); ok {
		if _, isData := rankOfData(n.Pos().Filename()); isData {
			return pathLabel(f.Label) + ": " + ix.textOf(f.Value)
		}
	}
	if ix.isEmbeddedData(n) {
		if f, ok := n.(*ast.Field); ok {
			n = f.Value
		}
		return cut(oneLineCUE(formatted(n)))
	}
	from, to := n.Pos(), n.End()
	text := ix.textBetween(from, to)
	var b strings.Builder
	last := 0
	for _, c := range commentsIn(n) {
		start, end := c.Pos().Offset()-from.Offset(), c.End().Offset()-from.Offset()
		if start >= last && end <= len(text) {
			b.WriteString(text[last:start])
			last = end
		}
	}
	b.WriteString(text[last:])
	return cut(oneLineCUE(b.String()))
}

func cut(text string) string {
	if len(text) > longestText {
		return strings.ToValidUTF8(text[:longestText], "") + " …"
	}
	return text
}

// isEmbeddedData says that a node stands in a data file which @embed brought in.
func (ix *index) isEmbeddedData(n ast.Node) bool {
	return len(ix.source.embeddedIn[n.Pos().Filename()]) > 0
}

func (ix *index) textBetween(from, to token.Pos) string {
	file := from.Filename()
	text, ok := ix.texts.text[file]
	if rank, isData := rankOfData(file); isData {
		text, ok = ix.source.fragments.Parts[ix.source.order[rank]].JSON, true
	}
	if !ok || from.Offset() < 0 || to.Offset() > len(text) || from.Offset() > to.Offset() || to.Filename() != file {
		return ""
	}
	out := text[from.Offset():to.Offset()]
	if strings.HasSuffix(out, "_") && strings.HasPrefix(text[to.Offset():], "|_") {
		out += "|_" // of _|_ CUE counts the first character only
	}
	return out
}

func commentsIn(n ast.Node) []*ast.Comment {
	var out []*ast.Comment
	ast.Walk(n, func(n ast.Node) bool {
		for _, group := range ast.Comments(n) {
			out = append(out, group.List...)
		}
		return true
	}, nil)
	slices.SortFunc(out, func(a, b *ast.Comment) int { return comparePositions(a.Pos(), b.Pos()) })
	return out
}

// sortConjuncts sorts by file, line, column, path and team, and keeps equal ones once.
func sortConjuncts(list []protocol.EngineConjunct) []protocol.EngineConjunct {
	slices.SortStableFunc(list, compareConjuncts)
	return slices.CompactFunc(list, func(a, b protocol.EngineConjunct) bool { return compareConjuncts(a, b) == 0 })
}

func compareConjuncts(a, b protocol.EngineConjunct) int {
	return cmp.Or(compareSites(a.Site, b.Site), strings.Compare(a.Team, b.Team), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Text, b.Text), comparePart(a.Site, b.Site))
}

func compareSites(a, b protocol.Site) int {
	if c := cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)); c != 0 {
		return c
	}
	switch {
	case a.Data == nil && b.Data == nil:
		return 0
	case a.Data == nil:
		return -1
	case b.Data == nil:
		return 1
	}
	return slices.Compare(a.Data.Path, b.Data.Path)
}

// comparePart comes last: the index of a part follows the order of the request.
func comparePart(a, b protocol.Site) int {
	if a.Data == nil || b.Data == nil {
		return 0
	}
	return cmp.Compare(a.Data.Part, b.Data.Part)
}
