package evaluator

import (
	"cmp"
	"slices"
	"strings"

	"congruent.dev/engine/protocol"
)

// unreadable says of every problem of loading where it is and whose the file is.
func (d *desired) unreadable() []protocol.EngineFinding {
	problems := slices.Clone(d.source.problems)
	slices.SortFunc(problems, func(a, b problem) int {
		return cmp.Or(comparePlaces(a.at, b.at), strings.Compare(a.message, b.message))
	})
	out := []protocol.EngineFinding{}
	for _, p := range problems {
		finding := protocol.EngineFinding{
			Kind:      "unreadable",
			Path:      protocol.Path{},
			Message:   p.message,
			Rule:      protocol.EngineRule{ID: unreadableRule, Explicit: true},
			Conjuncts: []protocol.EngineConjunct{},
			Reads:     []protocol.Path{},
		}
		if p.at.file != "" {
			finding.Conjuncts = d.whose(p)
		}
		out = append(out, finding)
	}
	return out
}

// whose names place and teams of a problem. Its file may not have been parsed,
// so that the teams come from the request where nothing else tells them.
func (d *desired) whose(p problem) []protocol.EngineConjunct {
	at := p.at
	text, known := d.source.files[at.file]
	if known {
		d.index.texts.text[at.file] = text.Text
	}
	out := []protocol.EngineConjunct{}
	for _, team := range d.teamsOfProblem(p, text.Team) {
		c := protocol.EngineConjunct{Team: team, Site: protocol.Site{File: at.file}, Rule: unreadableRule}
		if rank, isData := rankOfData(at.file); isData {
			c.Site.File = d.source.fragments.Parts[d.source.order[rank]].File
		} else if made := d.source.made[at.file]; made != nil {
			c.Site = d.source.siteOfMade(made, at)
		} else if known {
			c.Site = d.index.siteOf(at, nil)
		}
		out = append(out, c)
	}
	return out
}

func (d *desired) teamsOfProblem(p problem, own string) []string {
	if own != "" {
		return []string{own}
	}
	if rank, isData := rankOfData(p.at.file); isData {
		return []string{d.source.fragments.Parts[d.source.order[rank]].Team}
	}
	if made := d.source.made[p.at.file]; made != nil {
		return []string{d.source.fragments.Parts[made.part].Team}
	}
	if len(p.teams) == 0 {
		return []string{""}
	}
	return slices.Sorted(slices.Values(p.teams))
}
