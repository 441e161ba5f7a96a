package evaluator

import (
	"fmt"
	"strings"

	"congruent.dev/engine/protocol"
)

// fragmentsOf writes each team's text.
func fragmentsOf(root *spec) *protocol.Fragments {
	f := &protocol.Fragments{Tags: map[string]string{}}
	for _, team := range oracleTeams {
		w := &writer{team: team}
		body := w.body(root, "\t")
		var head strings.Builder
		head.WriteString("package " + team + "\n")
		for _, lib := range []string{"list", "strings"} {
			if strings.Contains(body+w.definitions.String(), lib+".") {
				fmt.Fprintf(&head, "import %q\n", lib)
			}
		}
		f.Files = append(f.Files, protocol.SourceFile{Name: team + "/f.cue", Text: head.String() + body + w.definitions.String(), Team: team})
		f.Parts = append(f.Parts, protocol.Part{Kind: "package", Team: team, Dir: team, Package: team})
	}
	return f
}

type writer struct {
	team        string
	definitions strings.Builder
	serial      int
}

// body writes the members of a map as one team sees them.
func (w *writer) body(s *spec, indent string) string {
	var b strings.Builder
	for _, label := range sortedKeys(s.members) {
		w.field(&b, fmt.Sprintf("%q", label), s.members[label], indent, true)
	}
	for _, p := range s.patterns {
		if p.team == w.team {
			label := "[string]"
			if p.regexp != "" {
				label = fmt.Sprintf("[=~%q]", p.regexp)
			}
			w.field(&b, label, p.element, indent, false)
		}
	}
	return b.String()
}

func (w *writer) field(b *strings.Builder, label string, s *spec, indent string, marked bool) {
	for _, a := range s.atoms {
		if a.team != w.team {
			continue
		}
		mark := a.mark
		if !marked {
			mark = ""
		}
		fmt.Fprintf(b, "%s%s%s: %s", indent[1:], label, mark, a.text)
		fmt.Fprintf(b, " @rule(id=%s)\n", a.rule)
	}
	said := s.says[w.team]
	if said == nil {
		return
	}
	mark := said.mark
	if !marked {
		mark = ""
	}
	switch {
	case s.kind == "list":
		fmt.Fprintf(b, "%s%s%s: [...%s] @rule(id=%s)\n", indent[1:], label, mark, w.inline(s.element, indent), said.rule)
	case s.closed == w.team:
		w.serial++
		name := fmt.Sprintf("#%s%d", w.team, w.serial)
		fmt.Fprintf(b, "%s%s%s: %s @rule(id=%s)\n", indent[1:], label, mark, name, said.rule)
		inner := &writer{team: w.team, serial: w.serial * 100}
		fmt.Fprintf(&w.definitions, "%s: {\n%s}\n", name, inner.body(s, "\t\t"))
		w.definitions.WriteString(inner.definitions.String())
	default:
		fmt.Fprintf(b, "%s%s%s: {\n%s%s} @rule(id=%s)\n", indent[1:], label, mark, w.body(s, indent+"\t"), indent[1:], said.rule)
	}
}

// inline writes what one team says about list elements.
func (w *writer) inline(s *spec, indent string) string {
	var parts []string
	for _, a := range s.atoms {
		parts = append(parts, "("+a.text+")")
	}
	if s.kind == "map" {
		parts = append(parts, "{\n"+w.body(s, indent+"\t")+indent[1:]+"}")
	}
	if s.kind == "list" {
		parts = append(parts, "[..."+w.inline(s.element, indent)+"]")
	}
	return strings.Join(parts, " & ")
}
