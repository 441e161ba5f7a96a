// Command congruent-engine is the evaluator behind Congruent's engine protocol as
// a program: one JSON request a line on standard input, one answer a line on
// standard output.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"congruent.dev/engine/dispatch"
)

// builtFrom is the SHA-256 of the engine's sources, which the linker sets; nothing
// writes it afterwards.
var builtFrom string

const usage = `usage: congruent-engine [--hosted]
       congruent-engine --version | --help

The evaluator of Congruent as a program. It reads one request a line (JSON) from
standard input and writes one answer a line to standard output, in the order of
the requests, until its input ends. Congruent starts it for
` + "`--engine cue-native=PATH`" + `; to see what it says by hand:

    echo '{"op":"identity"}' | congruent-engine

  --hosted   end as soon as the input ends, even in the middle of an answer:
             whoever wanted it is gone
  --version  say which CUE, Go and sources it was built from
  --help     say this

Status: 0 the input has ended; 1 it cannot be read, or an answer cannot be
written; 2 usage, or the evaluator gave up.
`

const (
	statusEnded  = 0
	statusFailed = 1
	statusUsage  = 2
)

func main() {
	if err := setLimits(); err != nil {
		fmt.Fprintln(os.Stderr, "congruent-engine: setting limits:", err)
		os.Exit(statusFailed)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run does what the arguments say and answers the exit status.
func run(arguments []string, in io.Reader, out, words io.Writer) int {
	program := &dispatch.Program{Name: "cue-native", BuiltFrom: builtFrom}
	flags := flag.NewFlagSet("congruent-engine", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	hosted := flags.Bool("hosted", false, "")
	version := flags.Bool("version", false, "")
	switch err := flags.Parse(arguments); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return statusEnded
	case err != nil:
		fmt.Fprintf(words, "congruent-engine: %v; see `congruent-engine --help`\n", err)
		return statusUsage
	case flags.NArg() > 0:
		fmt.Fprintf(words, "congruent-engine: `%s` is no flag: requests come on standard input; see `congruent-engine --help`\n", flags.Arg(0))
		return statusUsage
	case *version:
		fmt.Fprintln(out, versionOf(program))
		return statusEnded
	}
	server := server{answer: program.Answer, ended: func() {}}
	if *hosted {
		// Ctrl-C is for the host: it decides what becomes of a request in work.
		signal.Ignore(os.Interrupt)
		server.ended = func() { os.Exit(statusEnded) }
	}
	if err := server.serve(in, out); err != nil {
		fmt.Fprintln(words, "congruent-engine:", err)
		return statusFailed
	}
	return statusEnded
}

// versionOf says in one line what the program is.
func versionOf(program *dispatch.Program) string {
	is := program.Identity()
	from := "sources that were not recorded"
	if is.BuiltFrom != "" {
		from = "sources " + is.BuiltFrom
	}
	return fmt.Sprintf("congruent-engine: CUE %s, %s, protocol %d, built from %s", is.Cue, is.Go, is.Protocol, from)
}
