package evaluator

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/relation"
)

// mostLabels bounds how many labels stand for the patterns of one struct.
const mostLabels = 24

// probesFor are labels that stand for patterns: one for each set of patterns that meet on some
// label. Labels that are named already show what they meet by themselves.
func probesFor(patterns []cue.Value, named map[string]bool) []probe {
	var out []probe
	met := map[string]bool{}
	for _, label := range candidateLabels(patterns) {
		if named[label] || len(out) == mostLabels {
			continue
		}
		var texts []string
		var which strings.Builder
		for i, pattern := range patterns {
			if pattern.Unify(pattern.Context().Encode(label)).Err() == nil {
				which.WriteString(strconv.Itoa(i) + " ")
				if text := patternText(pattern); text != everyLabel && !slices.Contains(texts, text) {
					texts = append(texts, text)
				}
			}
		}
		if which.Len() == 0 || met[which.String()] {
			continue
		}
		met[which.String()] = true
		slices.Sort(texts)
		q := probe{at: location{field(label)}, shown: step{patternStep, everyLabel}}
		if len(texts) > 0 {
			q.shown.label, q.example = strings.Join(texts, " & "), label
		}
		out = append(out, q)
	}
	return out
}

// candidateLabels are labels that one or several of the patterns may match, those that match most first.
func candidateLabels(patterns []cue.Value) []string {
	if len(patterns) == 0 {
		return nil
	}
	out := relation.Labels(patterns)
	counts := map[string]int{}
	for _, label := range out {
		for _, pattern := range patterns {
			if pattern.Unify(pattern.Context().Encode(label)).Err() == nil {
				counts[label]++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return counts[b] - counts[a] })
	return out
}
