package acceptance

import (
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode"
)

// longest is how many characters of a text a pattern may see, by how often it
// repeats without bound: a matcher that goes back tries about that power of the
// length. Longer texts are for the evaluator.
var longest = [...]int{0: 1 << 20, 1: 1 << 16, 2: 4096, 3: 1024, 4: 256}

// pattern is a regular expression that means the same in RE2 and in JavaScript
// with the u flag, and is quick there.
type pattern struct {
	text string
	// longest is how long a text may be; 0 is any length.
	longest int
}

// translate writes a regular expression of RE2 so that JavaScript means the same
// by it. It fails for what JavaScript cannot say, and for what may take it long.
func translate(text string) (pattern, bool) {
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return pattern{}, false
	}
	w := &patternWriter{ways: 1}
	if !w.write(parsed) || w.ways > mostWays || w.out.Len() > 2000 {
		return pattern{}, false
	}
	if w.unbounded > 0 && !strings.HasPrefix(w.out.String(), "^") {
		w.unbounded++ // it is tried from every character
	}
	if w.unbounded >= len(longest) {
		return pattern{}, false
	}
	p := pattern{text: w.out.String()}
	if w.unbounded > 0 {
		p.longest = longest[w.unbounded]
	}
	return p, true
}

// schema is satisfied by texts that match.
func (p pattern) schema() schema {
	k := keywords{"type": "string", "pattern": p.text}
	if p.longest > 0 {
		k["maxLength"] = p.longest
	}
	return schema{keywords: k}
}

// schemaOfOthers is satisfied by texts that do not match.
func (p pattern) schemaOfOthers() schema {
	k := keywords{"type": "string", "not": keywords{"pattern": p.text}}
	if p.longest > 0 {
		k["maxLength"] = p.longest
	}
	return schema{keywords: k}
}

// mostWays bounds in how many ways choices and bounded repetitions may combine.
const mostWays = 10000

type patternWriter struct {
	out strings.Builder
	// unbounded is how many repetitions have no bound.
	unbounded int
	// ways is in how many ways everything else may match.
	ways int
}

func (w *patternWriter) write(r *syntax.Regexp) bool {
	switch r.Op {
	case syntax.OpEmptyMatch:
		w.out.WriteString("(?:)")
	case syntax.OpLiteral:
		for _, c := range r.Rune {
			if !w.literal(c, r.Flags&syntax.FoldCase != 0) {
				return false
			}
		}
	case syntax.OpCharClass:
		return w.class(r.Rune)
	case syntax.OpAnyCharNotNL:
		w.out.WriteString(`[^\n]`)
	case syntax.OpAnyChar:
		w.out.WriteString(`[\s\S]`)
	case syntax.OpBeginText:
		w.out.WriteString("^")
	case syntax.OpEndText:
		w.out.WriteString("$")
	case syntax.OpCapture:
		return w.group(r.Sub[0])
	case syntax.OpConcat:
		for _, sub := range r.Sub {
			if !w.write(sub) {
				return false
			}
		}
	case syntax.OpAlternate:
		return w.alternatives(r.Sub)
	case syntax.OpQuest:
		w.ways = min(w.ways*2, mostWays+1)
		return w.group(r.Sub[0]) && w.suffix("?")
	case syntax.OpStar:
		return w.repeat(r.Sub[0], "*", 0, -1)
	case syntax.OpPlus:
		return w.repeat(r.Sub[0], "+", 1, -1)
	case syntax.OpRepeat:
		return w.repeat(r.Sub[0], repetition(r.Min, r.Max), r.Min, r.Max)
	default:
		return false
	}
	return true
}

func repetition(least, most int) string {
	switch most {
	case -1:
		return fmt.Sprintf("{%d,}", least)
	case least:
		return fmt.Sprintf("{%d}", least)
	}
	return fmt.Sprintf("{%d,%d}", least, most)
}

func (w *patternWriter) suffix(s string) bool {
	w.out.WriteString(s)
	return true
}

func (w *patternWriter) group(r *syntax.Regexp) bool {
	w.out.WriteString("(?:")
	return w.write(r) && w.suffix(")")
}

func (w *patternWriter) alternatives(list []*syntax.Regexp) bool {
	w.ways = min(w.ways*len(list), mostWays+1)
	w.out.WriteString("(?:")
	for i, r := range list {
		if i > 0 {
			w.out.WriteByte('|')
		}
		if !w.write(r) {
			return false
		}
	}
	return w.suffix(")")
}

// repeat writes a repetition of characters in a row; of anything that itself
// repeats or chooses there may be too many ways to match.
func (w *patternWriter) repeat(r *syntax.Regexp, suffix string, least, most int) bool {
	if !isPlain(r) {
		return false
	}
	if most < 0 {
		w.unbounded++
	} else {
		w.ways = min(w.ways*(most-least+1), mostWays+1)
	}
	return w.group(r) && w.suffix(suffix)
}

// isPlain says that an expression matches exactly one row of characters at a time.
func isPlain(r *syntax.Regexp) bool {
	switch r.Op {
	case syntax.OpLiteral, syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpCapture:
		return isPlain(r.Sub[0])
	case syntax.OpConcat:
		for _, sub := range r.Sub {
			if !isPlain(sub) {
				return false
			}
		}
		return len(r.Sub) > 0
	}
	return false
}

func (w *patternWriter) literal(c rune, fold bool) bool {
	if !fold {
		return w.character(c, `^$\.*+?()[]{}|/`)
	}
	ranges := []rune{c, c}
	for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
		ranges = append(ranges, f, f)
	}
	return w.class(ranges)
}

// class writes ranges of characters. A lone surrogate is U+FFFD for Go, so a class
// must hold both or neither.
func (w *patternWriter) class(ranges []rune) bool {
	replacement, surrogates := false, 0
	w.out.WriteByte('[')
	for i := 0; i+1 < len(ranges); i += 2 {
		lo, hi := ranges[i], ranges[i+1]
		replacement = replacement || lo <= unicode.ReplacementChar && unicode.ReplacementChar <= hi
		surrogates += int(max(0, min(hi, 0xdfff)-max(lo, 0xd800)+1))
		if !w.character(lo, `^$\.*+?()[]{}|/-`) {
			return false
		}
		if hi > lo {
			w.out.WriteByte('-')
			if !w.character(hi, `^$\.*+?()[]{}|/-`) {
				return false
			}
		}
	}
	w.out.WriteByte(']')
	whole := 0xdfff - 0xd800 + 1
	return len(ranges) > 0 && (replacement && surrogates == whole || !replacement && surrogates == 0)
}

// character writes one character, escaped where it must be: as \xNN below U+0080,
// in a form that both dialects read alike.
func (w *patternWriter) character(c rune, special string) bool {
	switch {
	case c == unicode.ReplacementChar || c >= 0xd800 && c <= 0xdfff:
		return false
	case strings.ContainsRune(special, c):
		w.out.WriteByte('\\')
		w.out.WriteRune(c)
	case c < ' ' || c == 0x7f:
		fmt.Fprintf(&w.out, `\x%02x`, c)
	default:
		w.out.WriteRune(c)
	}
	return true
}
