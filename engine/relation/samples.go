package relation

import (
	"regexp/syntax"
	"slices"
	"strings"

	"cuelang.org/go/cue"
)

// mostRepeats bounds how often a part of a regular expression is written out.
const mostRepeats = 300

// samplesOf are strings that match some of the regular expressions, or nearly so:
// of each alone, and one after another where several are to match at once.
func samplesOf(regexps []string) []string {
	var out []string
	var each [][]string
	for _, text := range regexps {
		parsed, err := syntax.Parse(text, syntax.Perl)
		if err != nil {
			continue
		}
		var own []string
		for k := range 6 {
			own = append(own, sample(parsed, k))
		}
		each = append(each, own)
		out = append(out, own[0])
	}
	for i, a := range each {
		for j, b := range each {
			if i != j {
				out = append(out, a[0]+b[0], a[0]+"a"+b[0], a[1]+b[1])
			}
		}
	}
	for _, own := range each {
		out = append(out, own[1:]...)
		for _, s := range own[:2] {
			out = append(out, "x"+s, s+"x", s+"0", s+"A", s+"-", s+".", s+" ", strings.ToUpper(s), strings.ToLower(s), s+s)
			if len(s) > 1 {
				out = append(out, s[:len(s)-1], s[1:])
			}
		}
	}
	for i := range out {
		out[i] = strings.ToValidUTF8(out[i], "")
	}
	return out
}

// sample is one string that an expression matches; k turns its choices: 0 and 1
// take as little and as much as is usual, 4 and 5 the least and most that is allowed and one beyond.
func sample(r *syntax.Regexp, k int) string {
	switch r.Op {
	case syntax.OpLiteral:
		return string(r.Rune)
	case syntax.OpCharClass:
		return charOf(r.Rune, k)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "a"
	case syntax.OpCapture:
		return sample(r.Sub[0], k)
	case syntax.OpStar:
		return strings.Repeat(sample(r.Sub[0], k), k%3)
	case syntax.OpQuest:
		return strings.Repeat(sample(r.Sub[0], k), k%2)
	case syntax.OpPlus:
		return strings.Repeat(sample(r.Sub[0], k), 1+k%3)
	case syntax.OpRepeat:
		return strings.Repeat(sample(r.Sub[0], k), repeatsOf(r, k))
	case syntax.OpConcat:
		var b strings.Builder
		for i, sub := range r.Sub {
			if i > 0 && k > 1 {
				b.WriteString(sample(sub, k+i))
				continue
			}
			b.WriteString(sample(sub, k))
		}
		return b.String()
	case syntax.OpAlternate:
		return sample(r.Sub[k%len(r.Sub)], k)
	}
	return ""
}

func repeatsOf(r *syntax.Regexp, k int) int {
	most := r.Max
	if most < 0 {
		most = r.Min + 2
	}
	n := r.Min
	switch k {
	case 1, 4:
		n = most
	case 2:
		n = (r.Min + most) / 2
	case 3:
		n = r.Min - 1
	case 5:
		n = most + 1
	}
	return max(0, min(n, mostRepeats))
}

// charOf is a character of a class, preferably one that can be read.
func charOf(ranges []rune, k int) string {
	if len(ranges) < 2 {
		return ""
	}
	for _, c := range "a0A-_./ z9Z:" {
		if k == 0 && inRanges(ranges, c) {
			return string(c)
		}
	}
	i := 2 * (k % (len(ranges) / 2))
	for c := ranges[i]; c <= ranges[i+1] && c < ranges[i]+128; c++ {
		if c > ' ' && c < 0x7f {
			return string(c)
		}
	}
	return string(ranges[i])
}

func inRanges(ranges []rune, c rune) bool {
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i] <= c && c <= ranges[i+1] {
			return true
		}
	}
	return false
}

// Labels are strings that some of the constraints allow, or several of them at once.
func Labels(constraints []cue.Value) []string {
	marks := landmarks{}
	for _, v := range constraints {
		if _, expr := split(v.Syntax()); expr != nil {
			marks = marks.join(landmarksOf(expr))
		}
	}
	out := append([]string{"any"}, marks.texts()...)
	return slices.DeleteFunc(out, func(s string) bool { return s == "" || len(s) > 200 })
}
