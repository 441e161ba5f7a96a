// Command tables reads the Go sources of k8s.io/api and writes what Congruent has to know of Kubernetes' own types:
// which lists are kept by key, which fields are quantities or maps, which kinds belong to the cluster, and which versions
// of the API end when.
//
// Only facts are taken (names of types and fields, markers, struct tags); nothing is compiled and no text is copied.
// The version is the one that go.mod pins; go.sum proves the content.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const usage = `Writes the tables of Kubernetes' types: src/kubernetes/tables/*.ts, and api-versions.cue of the pack good-practice

  cd scripts/kubernetes/tables && go run . [--out DIR] [--pack DIR]

Downloads the modules k8s.io/api and k8s.io/apimachinery of the version in go.mod if they are not there.

`

func main() {
	out := flag.String("out", "../../../src/kubernetes/tables", "folder to write to")
	pack := flag.String("pack", "../../../policies/kubernetes/good-practice", "folder of the pack to write to")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(*out, *pack); err != nil {
		fmt.Fprintln(os.Stderr, "tables:", err)
		os.Exit(1)
	}
}

// run reads both modules and writes the generated files into the folders out and pack.
func run(out, pack string) error {
	api, err := download("k8s.io/api")
	if err != nil {
		return err
	}
	machinery, err := download("k8s.io/apimachinery")
	if err != nil {
		return err
	}
	s := newSource()
	if err := s.readTree(api.Dir); err != nil {
		return err
	}
	if err := s.readPackage(filepath.Join(machinery.Dir, "pkg/apis/meta/v1"), "meta/v1"); err != nil {
		return err
	}
	lives, err := readLifecycles(api.Dir)
	if err != nil {
		return err
	}
	t := buildTable(s)
	for name, text := range map[string]string{
		filepath.Join(out, "api-types.ts"):      typesFile(t, api.Version),
		filepath.Join(out, "cluster-scoped.ts"): scopeFile(t, api.Version),
		filepath.Join(pack, "api-versions.cue"): apiVersionsFile(t, lives, api.Version),
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "%d kinds, %d types, %d lists by key (%d with several keys), %d quantities, %d cluster-scoped kinds\n",
		len(t.kinds), len(t.types), t.count(isKeyed), t.count(isComposite), t.count(isQuantity), len(t.clusterScoped))
	return nil
}

type module struct{ Dir, Version, Error string }

// download asks the go command for the module at the version that go.mod pins.
func download(path string) (module, error) {
	var m module
	var stderr bytes.Buffer
	cmd := exec.Command("go", "mod", "download", "-json", path)
	cmd.Stderr = &stderr
	text, err := cmd.Output()
	if json.Unmarshal(text, &m) != nil || err != nil {
		return m, fmt.Errorf("module %s cannot be had: %s%s", path, m.Error, stderr.String())
	}
	return m, nil
}
