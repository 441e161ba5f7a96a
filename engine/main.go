//go:build !wasip1

// Command engine answers requests of the engine protocol, one JSON text a line,
// from standard input to standard output. Tests and benchmarks use it; what
// ships is the same program built for wasip1 (main_wasip1.go).
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "engine:", err)
		os.Exit(1)
	}
}

// serve answers every line of in that is not blank with one line of out.
func serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading a request: %w", err)
		}
		if request := bytes.TrimSpace(line); len(request) > 0 {
			if _, err := out.Write(append(answer(request), '\n')); err != nil {
				return fmt.Errorf("writing an answer: %w", err)
			}
		}
		if err != nil {
			return nil
		}
	}
}
