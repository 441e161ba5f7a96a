// Command pod-security says what Kubernetes' own policy code answers for pods: random ones, and those that the policy
// code is itself tested with. Congruent's rules are compared with these answers.
//
// The version of the policy code is the one that go.mod pins; go.sum proves the content.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
)

const usage = `Writes pods and what k8s.io/pod-security-admission forbids of each, one JSON object a line:

  {"name", "minor", "pod", "baseline": [check…], "restricted": [check…]}

and of upstream's own pods also "level" and "expect". "minor" is the policy's version: 37 is v1.37.

  cd scripts/kubernetes/pod-security && go run . --seed 7 --count 5000
  cd scripts/kubernetes/pod-security && go run . --upstream

`

// judged is one line of the output.
type judged struct {
	Name       string   `json:"name"`
	Level      string   `json:"level,omitempty"`
	Expect     string   `json:"expect,omitempty"`
	Minor      int      `json:"minor"`
	Pod        object   `json:"pod"`
	Baseline   []string `json:"baseline"`
	Restricted []string `json:"restricted"`
}

func main() {
	seed := flag.Uint64("seed", 1, "of the random pods: the same seed gives the same pods")
	count := flag.Int("count", 100, "how many random pods")
	upstream := flag.Bool("upstream", false, "the pods of every version that the policy code is tested with, instead of random ones")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	pods := randomPods(*seed, *count)
	var err error
	if *upstream {
		pods, err = upstreamPods()
	}
	if err == nil {
		err = write(os.Stdout, pods)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "pod-security:", err)
		os.Exit(1)
	}
}

// write judges pods and writes them, a line each.
func write(w io.Writer, pods []judged) error {
	judge, err := newJudge()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	for _, pod := range pods {
		if err := judge.answer(&pod); err != nil {
			return fmt.Errorf("%s: %w", pod.Name, err)
		}
		if err := encoder.Encode(pod); err != nil {
			return err
		}
	}
	return nil
}
