package evaluator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// TestVectors runs every vector of testdata/vectors, compares whole answers, and
// runs each again with files and parts in other orders, which must change nothing.
// With CONGRUENT_UPDATE=1 the answers are written anew.
func TestVectors(t *testing.T) {
	names, err := filepath.Glob("../testdata/vectors/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), "../testdata/vectors/"), ".txtar"), func(t *testing.T) {
			v := readVector(t, name)
			got := answerText(t, v.request)
			if os.Getenv("CONGRUENT_UPDATE") == "1" {
				v.write(t, name, got)
			} else if got != v.answer {
				t.Errorf("answer differs:\n%s", difference(v.answer, got))
			}
			for turn, order := range ordersOf(len(v.request.Fragments.Parts)) {
				shuffled := answerText(t, reordered(v.request, order, turn))
				if want, got := renumbered(t, got, nil), renumbered(t, shuffled, order); want != got {
					t.Errorf("order %v of parts changes the answer:\n%s", order, difference(want, got))
				}
			}
		})
	}
}

// vector is one case: a comment that says what is at stake, the request, the answer.
type vector struct {
	comment, requestText, answer string
	files                        []archived
	request                      *protocol.Request
}

type archived struct{ name, text string }

func readVector(t *testing.T, name string) vector {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	comment, all := readArchive(string(content))
	v := vector{comment: comment, request: &protocol.Request{}}
	for _, f := range all {
		switch f.name {
		case "request.json":
			v.requestText = f.text
		case "answer.json":
			v.answer = f.text
		default:
			v.files = append(v.files, f)
		}
	}
	decoder := json.NewDecoder(strings.NewReader(v.requestText))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v.request); err != nil {
		t.Fatalf("request.json: %v", err)
	}
	if v.request.Base == nil {
		fill(v.request.Fragments, v.files, "")
	} else {
		fill(v.request.Base, v.files, "base/")
		fill(v.request.Fragments, v.files, "head/")
	}
	return v
}

// fill gives fragments their files: those of the page below a folder.
func fill(fragments *protocol.Fragments, files []archived, folder string) {
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.name, folder); ok {
			fragments.Files = append(fragments.Files, protocol.SourceFile{Name: name, Text: f.text, Team: teamOfFile(fragments.Parts, name)})
		}
	}
}

// readArchive reads the txtar form: a comment, then files under `-- name --` lines.
func readArchive(text string) (comment string, files []archived) {
	current := &comment
	for _, line := range strings.SplitAfter(text, "\n") {
		if name, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- "); ok && strings.HasSuffix(name, " --") {
			files = append(files, archived{name: strings.TrimSuffix(name, " --")})
			current = &files[len(files)-1].text
			continue
		}
		*current += line
	}
	return comment, files
}

func (v vector) write(t *testing.T, name, answer string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(v.comment)
	for _, f := range append(slices.Clone(v.files), archived{"request.json", v.requestText}, archived{"answer.json", answer}) {
		fmt.Fprintf(&b, "-- %s --\n%s", f.name, f.text)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// teamOfFile is the team of the part whose folder or file is the longest prefix of a name.
func teamOfFile(parts []protocol.Part, name string) string {
	team, longest := "", -1
	for _, p := range parts {
		prefix := p.Dir + "/"
		if p.Kind == "data" {
			prefix = p.File
		}
		if p.Dir == "." {
			prefix = ""
		}
		if strings.HasPrefix(name, prefix) && len(prefix) > longest && !strings.HasPrefix(name, "cue.mod/") {
			team, longest = p.Team, len(prefix)
		}
	}
	return team
}

func answerText(t *testing.T, req *protocol.Request) string {
	t.Helper()
	return answerOf(t, new(Kept), req)
}

// answerOf is the text of an answer given by what may have answered others before.
func answerOf(t *testing.T, k *Kept, req *protocol.Request) string {
	t.Helper()
	var answer any
	switch req.Op {
	case "unify":
		answer = k.Unify(req)
	case "check":
		answer = k.Check(req)
	case "explain":
		answer = k.Explain(req)
	case "removed":
		answer = k.Removed(req)
	case "outline":
		answer = k.Outline(req)
	case "supply":
		answer = k.Supply(req)
	case "plan":
		answer = Plan(req)
	case "rules":
		answer = k.Rules(req)
	case "exercised":
		answer = k.Exercised(req)
	case "mutants":
		answer = k.Mutants(req)
	case "diff":
		answer = Diff(req)
	case "latent":
		answer = Latent(req)
	case "lint":
		answer = Lint(req)
	default:
		t.Fatalf("unknown op %q", req.Op)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(answer); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// ordersOf are two other orders of n parts: backwards, and turned by half.
func ordersOf(n int) [][]int {
	backwards, turned := make([]int, n), make([]int, n)
	for i := range n {
		backwards[i], turned[i] = n-1-i, (i+n/2)%n
	}
	return [][]int{backwards, turned}
}

// reordered is the same question with parts and files in another order.
func reordered(req *protocol.Request, order []int, turn int) *protocol.Request {
	again, fragments := *req, *req.Fragments
	if req.Base != nil { // its parts keep their indices
		base := *req.Base
		base.Files = slices.Clone(base.Files)
		slices.Reverse(base.Files)
		again.Base = &base
	}
	fragments.Files = slices.Clone(fragments.Files)
	slices.Reverse(fragments.Files)
	if n := len(fragments.Files); turn > 0 && n > 1 {
		fragments.Files = append(fragments.Files[n/2:], fragments.Files[:n/2]...)
	}
	fragments.Parts = nil
	for _, i := range order {
		fragments.Parts = append(fragments.Parts, req.Fragments.Parts[i])
	}
	fragments.Limits = slices.Clone(fragments.Limits)
	slices.Reverse(fragments.Limits)
	again.Fragments = &fragments
	return &again
}

// renumbered gives indices of parts their meaning in the order of the vector's own request.
func renumbered(t *testing.T, answer string, order []int) string {
	t.Helper()
	var content any
	if err := json.Unmarshal([]byte(answer), &content); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			if part, ok := x["part"].(float64); ok && order != nil {
				x["part"] = order[int(part)]
			}
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(content)
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// difference shows the lines around the first that differs.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-3)
	return fmt.Sprintf("want, from line %d:\n%s\ngot:\n%s", from+1, strings.Join(a[from:min(len(a), i+12)], "\n"), strings.Join(b[from:min(len(b), i+12)], "\n"))
}
