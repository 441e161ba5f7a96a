// Command evaluate checks a tree against a policy with CUE's own Go API and nothing else: the policy is built once, the
// tree is unified with it and stands in #observed, too, and every error is told. It is what evaluating costs at least.
package main

import (
	"bufio"
	stdjson "encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"
	"cuelang.org/go/encoding/json"
)

// run is what one tree took: milliseconds, and megabytes of the process.
type run struct {
	Wall   float64 `json:"wall"`
	CPU    float64 `json:"cpu"`
	Memory float64 `json:"memory"`
	Found  int     `json:"found"`
}

func main() {
	if len(os.Args) != 4 || (os.Args[1] != "whole" && os.Args[1] != "each") {
		fmt.Fprintln(os.Stderr, "usage: evaluate whole|each POLICY-FOLDER TREES.json\n"+
			"Each line is a tree; writes the path of each error or, with each, what each line took.")
		os.Exit(2)
	}
	if err := evaluate(os.Args[1] == "each", os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, errors.Details(err, nil))
		os.Exit(2)
	}
}

// evaluate writes what is wrong with the trees of a file, or how long it took to find that.
func evaluate(timed bool, policyFolder, file string) error {
	ctx := cuecontext.New()
	instance := load.Instances([]string{"."}, &load.Config{Dir: policyFolder})[0]
	policy := ctx.BuildInstance(instance)
	if err := policy.Err(); err != nil {
		return err
	}
	trees, err := os.Open(file)
	if err != nil {
		return err
	}
	defer trees.Close()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	runs := []run{}
	lines := bufio.NewScanner(trees)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		start, cpu := time.Now(), used().CPU
		expr, err := json.Extract(file, lines.Bytes())
		if err != nil {
			return err
		}
		tree := ctx.BuildExpr(expr)
		whole := policy.FillPath(cue.ParsePath("#observed"), tree).Unify(tree)
		found := errors.Errors(whole.Validate(cue.Concrete(true), cue.All()))
		r := used()
		r.Wall, r.CPU, r.Found = float64(time.Since(start).Nanoseconds())/1e6, r.CPU-cpu, len(found)
		runs = append(runs, r)
		if !timed {
			for _, err := range found {
				fmt.Fprintln(out, strings.Join(err.Path(), "/"))
			}
		}
	}
	if timed {
		return stdjson.NewEncoder(out).Encode(runs)
	}
	return lines.Err()
}

// used is what the process has used until now.
func used() run {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	nanoseconds := usage.Utime.Nano() + usage.Stime.Nano()
	return run{CPU: float64(nanoseconds) / 1e6, Memory: float64(usage.Maxrss) * 1024 / 1e6}
}
