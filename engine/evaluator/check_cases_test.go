package evaluator

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// checkCase is one desired state, one observation, and what must be found: kind and place, in any order.
type checkCase struct {
	name     string
	desired  string
	observed string
	covers   []string // dotted patterns; none: everything
	want     []string

	contested []protocol.Contested
	masked    []string
}

func TestCheckCases(t *testing.T) {
	for _, c := range checkCases {
		t.Run(c.name, func(t *testing.T) {
			answer := Check(caseRequest(c))
			var got []string
			for _, f := range answer.Findings {
				got = append(got, f.Kind+" "+f.At)
			}
			want := slices.Clone(c.want)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				text, _ := json.MarshalIndent(answer.Findings, "", " ")
				t.Errorf("\n got %q\nwant %q\n%s", got, want, text)
			}
		})
	}
}

func caseRequest(c checkCase) *protocol.Request {
	observed := &protocol.Observed{State: c.observed}
	if c.covers == nil {
		observed.Coverage = []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}}
	}
	for _, pattern := range c.covers {
		status, path, found := strings.Cut(pattern, ":")
		if !found {
			status, path = "covered", pattern
		}
		observed.Coverage = append(observed.Coverage, protocol.Coverage{Path: dotted(path), Status: status})
	}
	observed.Contested = c.contested
	for _, path := range c.masked {
		observed.Masked = append(observed.Masked, strings.Split(path, "."))
	}
	return &protocol.Request{Op: "check", Fragments: oneFragment(c.desired), Observed: observed, Drift: true}
}

func oneFragment(text string) *protocol.Fragments {
	if !strings.HasPrefix(text, "package") {
		text = "package d\n" + text
	}
	return &protocol.Fragments{
		Files: []protocol.SourceFile{{Name: "d/d.cue", Text: text, Team: "t"}},
		Parts: []protocol.Part{{Kind: "package", Team: "t", Dir: "d", Package: "d"}},
		Tags:  map[string]string{},
	}
}

func dotted(path string) protocol.Pattern {
	out := protocol.Pattern{}
	if path == "" {
		return out
	}
	for _, label := range strings.Split(path, ".") {
		if label == "*" {
			out = append(out, nil)
			continue
		}
		out = append(out, &label)
	}
	return out
}
