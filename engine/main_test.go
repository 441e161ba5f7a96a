//go:build !wasip1

package main

import (
	"strings"
	"testing"
)

func TestServeAnswersEveryLine(t *testing.T) {
	var out strings.Builder
	in := "{\"op\":\"identity\"}\n\n  \nnonsense\n{\"op\":\"identity\"}"
	if err := serve(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3 || lines[0] != lines[2] || !strings.HasPrefix(lines[1], `{"refusal":"not a request: `) {
		t.Errorf("answers are\n%s", out.String())
	}
}
