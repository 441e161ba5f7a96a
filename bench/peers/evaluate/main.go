// Command evaluate checks a tree against a policy with CUE's own Go API and nothing else: the policy is built once, the
// tree is unified with it and stands in #observed, too, and every error is told. It is what evaluating costs at least.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/load"
	"cuelang.org/go/encoding/json"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: evaluate POLICY-FOLDER TREE.json; writes the path of each error")
		os.Exit(2)
	}
	found, err := evaluate(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, errors.Details(err, nil))
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	for _, err := range found {
		fmt.Fprintln(out, strings.Join(err.Path(), "/"))
	}
	out.Flush()
	if len(found) > 0 {
		os.Exit(1)
	}
}

// evaluate tells what is wrong with the tree, or why that cannot be told.
func evaluate(policyFolder, treeFile string) ([]errors.Error, error) {
	ctx := cuecontext.New()
	instance := load.Instances([]string{"."}, &load.Config{Dir: policyFolder})[0]
	policy := ctx.BuildInstance(instance)
	if err := policy.Err(); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(treeFile)
	if err != nil {
		return nil, err
	}
	expr, err := json.Extract(treeFile, text)
	if err != nil {
		return nil, err
	}
	tree := ctx.BuildExpr(expr)
	whole := policy.FillPath(cue.ParsePath("#observed"), tree).Unify(tree)
	return errors.Errors(whole.Validate(cue.Concrete(true), cue.All())), nil
}
