package evaluator

import (
	"sort"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue/token"
)

// place is a position that can be compared and sorted. The file may be one of
// the workspace, a data part (dataPrefix) or a pseudo-file of ours (pseudoPrefix).
type place struct {
	file   string
	offset int
}

// Names of files that no workspace has: data parts, and what stands for undecided values.
const (
	pseudoPrefix = "congruent:"
	dataPrefix   = "congruent:data/"
	// CUE that was made of another text, and that text where it is no file.
	madePrefix   = "congruent:made/"
	sourcePrefix = "congruent:source/"
	maskedFile   = "congruent:masked"
	unifyFile    = "congruent:unify"
)

func placeOf(p token.Pos) place {
	return place{p.Filename(), p.Offset()}
}

// authored says that a file was written by a team and is not one of our pseudo-files.
func authored(file string) bool {
	return file != "" && (!strings.HasPrefix(file, pseudoPrefix) || strings.HasPrefix(file, dataPrefix) || isMade(file))
}

// texts turns byte positions of the workspace's files into lines and columns.
type texts struct {
	text  map[string]string
	lines map[string][]int // offsets at which lines begin
}

func newTexts() *texts {
	return &texts{text: map[string]string{}, lines: map[string][]int{}}
}

// lineColumn counts from 1; columns in UTF-16 units.
func (t *texts) lineColumn(p place) (line, column int) {
	text, known := t.text[p.file]
	if !known {
		return 0, 0
	}
	starts, done := t.lines[p.file]
	if !done {
		starts = []int{0}
		for i := 0; i < len(text); i++ {
			if text[i] == '\n' {
				starts = append(starts, i+1)
			}
		}
		t.lines[p.file] = starts
	}
	offset := max(0, min(p.offset, len(text)))
	line = sort.SearchInts(starts, offset+1)
	return line, 1 + utf16Length(text[starts[line-1]:offset])
}

// utf16Length is the number of UTF-16 units of a text; a byte that is no UTF-8 counts as one.
func utf16Length(s string) (n int) {
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		n++
		if r > 0xFFFF {
			n++
		}
		s = s[size:]
	}
	return n
}

func comparePlaces(a, b place) int {
	if c := strings.Compare(a.file, b.file); c != 0 {
		return c
	}
	return a.offset - b.offset
}

func comparePositions(a, b token.Pos) int {
	return comparePlaces(placeOf(a), placeOf(b))
}
