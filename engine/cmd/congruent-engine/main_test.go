package main

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestServeAnswersEveryLine(t *testing.T) {
	long := `{"op":"` + strings.Repeat("x", 3*pieceBytes) + `"}`
	in := "{\"op\":\"identity\"}\n\n  \nnonsense\n" + long + "\n{\"op\":\"identity\"}"
	var out, words strings.Builder
	if status := run(nil, strings.NewReader(in), &out, &words); status != statusEnded || words.Len() > 0 {
		t.Fatalf("status %d, %s", status, words.String())
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 4 || lines[0] != lines[3] {
		t.Fatalf("answers are\n%s", out.String())
	}
	for i, start := range []string{`{"protocol":`, `{"refusal":"not a request: `, "{\"refusal\":\"unknown operation `xxx"} {
		if !strings.HasPrefix(lines[i], start) {
			t.Errorf("answer %d does not begin with %s: %.80s", i, start, lines[i])
		}
	}
}

func TestServeTellsOfItsEnd(t *testing.T) {
	ended := 0
	s := server{answer: func(request []byte) []byte { return request }, ended: func() { ended++ }}
	in, out := io.Pipe()
	var answers strings.Builder
	served := make(chan error)
	go func() { served <- s.serve(in, &answers) }()
	for _, line := range []string{"a\n", "b\n"} {
		if _, err := out.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-served; err != nil || ended != 1 || answers.String() != "a\nb\n" {
		t.Errorf("ended %d times with %v after %q", ended, err, answers.String())
	}
}

func TestServeFailsWhereItCannotReadOrWrite(t *testing.T) {
	s := server{answer: func(request []byte) []byte { return request }, ended: func() {}}
	if err := s.serve(iotest.ErrReader(io.ErrNoProgress), io.Discard); err == nil || !strings.HasPrefix(err.Error(), "reading a request: ") {
		t.Errorf("reading fails with %v", err)
	}
	closed, out := io.Pipe()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.serve(strings.NewReader("a\n"), out); err == nil || !strings.HasPrefix(err.Error(), "writing an answer: ") {
		t.Errorf("writing fails with %v", err)
	}
}

func TestRunSaysWhatItIs(t *testing.T) {
	for _, c := range []struct {
		argument, out, words string
		status               int
	}{
		{"--help", "usage: congruent-engine", "", statusEnded},
		{"-h", "usage: congruent-engine", "", statusEnded},
		{"--version", "congruent-engine: CUE v", "", statusEnded},
		{"--color", "", "congruent-engine: flag provided but not defined: -color; see ", statusUsage},
		{"file.json", "", "congruent-engine: `file.json` is no flag: ", statusUsage},
	} {
		var out, words strings.Builder
		status := run([]string{c.argument}, strings.NewReader(""), &out, &words)
		if status != c.status || !strings.HasPrefix(out.String(), c.out) || !strings.HasPrefix(words.String(), c.words) {
			t.Errorf("%s: status %d, %q, %q", c.argument, status, out.String(), words.String())
		}
	}
}
