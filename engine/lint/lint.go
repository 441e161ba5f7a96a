// Package lint finds what goes wrong silently in fragments: constraints that hold
// for everything, conditions that a wrong value switches off, defaults that cancel
// each other out.
//
// It knows the text and what names in it mean, and evaluates nothing, so that its
// cost grows with the text alone. What the text does not tell is passed over.
// docs/lint.md has a section for each lint: why, and the better form.
package lint

import (
	"cmp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/syntax"
)

// Input is what is linted.
type Input struct {
	Program *syntax.Program
	// Text is a piece of syntax as its author wrote it, on one line.
	Text func(ast.Node) string
	// IsData says that a file holds plain data, in which nothing is to be linted.
	IsData func(file string) bool
}

// Finding is one thing that goes wrong silently.
type Finding struct {
	Lint Lint
	// Nodes are the places that it is about, by file and offset; the finding is at the first one.
	Nodes   []ast.Node
	Message string
}

// linter is one run over a program.
type linter struct {
	Input
	files []*syntax.File
	tree  *tree
	// origins are what names stand for that were asked for before.
	origins map[binding]origin
	busy    map[binding]bool
	// given says which definitions and hidden fields hold values of the tree.
	given map[*place]bool
	// depth is through how many of them a value is followed at the moment.
	depth int
	// current is the file that is looked at.
	current *syntax.File
	found   []Finding
}

// Result is what was found, sorted by place, and of which label paths the roots
// speak, sorted: null where a pattern, an element or a computed label is on the way.
type Result struct {
	Findings []Finding
	Paths    []protocol.StatedPath
}

// Fragments finds what goes wrong silently in the files of a program. Files of
// cue.mod are passed over: they are somebody else's.
func Fragments(in Input) Result {
	l := &linter{Input: in, tree: newTree(), origins: map[binding]origin{}, busy: map[binding]bool{}, given: map[*place]bool{}}
	for _, f := range in.Program.Files() {
		name := f.Syntax.Filename
		if !in.IsData(name) && !strings.HasPrefix(name, "cue.mod/") {
			l.files = append(l.files, f)
		}
	}
	// What is found may hang on what was asked for first.
	slices.SortStableFunc(l.files, func(a, b *syntax.File) int {
		return cmp.Or(strings.Compare(a.Syntax.Filename, b.Syntax.Filename), strings.Compare(a.Package, b.Package))
	})
	for _, f := range l.files {
		l.tree.grow(f, in.Program.IsRoot(f.Package))
	}
	for _, f := range l.files {
		l.file(f)
	}
	l.sharedDefinitions()
	l.unused()
	l.meetings()
	slices.SortStableFunc(l.found, func(a, b Finding) int {
		return cmp.Or(comparePlaces(a.Nodes[0], b.Nodes[0]), strings.Compare(string(a.Lint), string(b.Lint)), strings.Compare(a.Message, b.Message))
	})
	return Result{Findings: l.found, Paths: l.tree.paths()}
}

func (l *linter) add(lint Lint, message string, nodes ...ast.Node) {
	l.found = append(l.found, New(lint, message, nodes...))
}

// mostNodes bounds of how many places a finding tells.
const mostNodes = 32

// New is a finding, its places in a stated order and each of them once.
func New(lint Lint, message string, nodes ...ast.Node) Finding {
	slices.SortStableFunc(nodes, comparePlaces)
	nodes = slices.Compact(nodes)
	return Finding{Lint: lint, Nodes: nodes[:min(len(nodes), mostNodes)], Message: message}
}

func comparePlaces(a, b ast.Node) int {
	return cmp.Or(strings.Compare(a.Pos().Filename(), b.Pos().Filename()), cmp.Compare(a.Pos().Offset(), b.Pos().Offset()))
}

// quoted is a piece of syntax as messages quote it.
func (l *linter) quoted(n ast.Node) string { return "`" + l.text(n) + "`" }

// text is a piece of syntax, shortened.
func (l *linter) text(n ast.Node) string {
	text := []rune(l.Text(n))
	if len(text) > longestQuote {
		return string(text[:longestQuote]) + "…"
	}
	return string(text)
}

// longestQuote is how many characters of a piece of syntax a message quotes.
const longestQuote = 60

// List writes names as messages do: `a`, `b` and `c`.
func List(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return "`" + strings.Join(names, "") + "`"
	}
	return "`" + strings.Join(names[:last], "`, `") + "` and `" + names[last] + "`"
}
