package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"
)

const (
	// pieceBytes is how much is read at a time; requests may have any length.
	pieceBytes = 1 << 18
	// restAfter is how long nothing is asked before memory is given back.
	restAfter = time.Second
)

// server answers requests that come as lines.
type server struct {
	answer func(request []byte) []byte
	// ended is called as soon as the input has ended or cannot be read, while an
	// answer may still be in work.
	ended func()
}

// input is one line, or why there are no more.
type input struct {
	request []byte
	err     error
}

// serve answers every line of in that is not blank with one line of out, one at a
// time. The next line is read meanwhile.
func (s server) serve(in io.Reader, out io.Writer) error {
	inputs := make(chan input)
	go s.read(in, inputs)
	for {
		next := awaitRequest(inputs)
		if errors.Is(next.err, io.EOF) {
			return nil
		}
		if next.err != nil {
			return fmt.Errorf("reading a request: %w", next.err)
		}
		if _, err := out.Write(append(s.answer(next.request), '\n')); err != nil {
			return fmt.Errorf("writing an answer: %w", err)
		}
	}
}

// read sends every line that is not blank, and last of all why there are no more.
func (s server) read(in io.Reader, inputs chan<- input) {
	lines := bufio.NewReaderSize(in, pieceBytes)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			s.ended()
		}
		if request := bytes.TrimSpace(line); len(request) > 0 {
			inputs <- input{request: request}
		}
		if err != nil {
			inputs <- input{err: err}
			return
		}
	}
}

// awaitRequest waits for what comes next; where that takes long, it gives memory
// back to the system meanwhile.
func awaitRequest(inputs <-chan input) input {
	rest := time.NewTimer(restAfter)
	defer rest.Stop()
	select {
	case next := <-inputs:
		return next
	case <-rest.C:
		debug.FreeOSMemory()
		return <-inputs
	}
}
