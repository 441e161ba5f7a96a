package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// upstreamPods reads the pods that the policy code is tested with: testdata/LEVEL/v1.MINOR/(pass|fail)/NAME.yaml.
func upstreamPods() ([]judged, error) {
	var stderr strings.Builder
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/pod-security-admission")
	cmd.Stderr = &stderr
	dir, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("the module's folder cannot be found: %w: %s", err, stderr.String())
	}
	root := filepath.Join(strings.TrimSpace(string(dir)), "test", "testdata")
	files, err := filepath.Glob(filepath.Join(root, "*", "v1.*", "*", "*.yaml"))
	if err != nil {
		return nil, err
	}
	var pods []judged
	for _, file := range files {
		pod, err := readPod(root, file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		pods = append(pods, pod)
	}
	return pods, nil
}

func readPod(root, file string) (judged, error) {
	name, err := filepath.Rel(root, file)
	if err != nil {
		return judged{}, err
	}
	parts := strings.Split(filepath.ToSlash(name), "/")
	p := judged{Name: filepath.ToSlash(name), Level: parts[0], Expect: parts[2]}
	if _, err := fmt.Sscanf(parts[1], "v1.%d", &p.Minor); err != nil {
		return p, err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return p, err
	}
	return p, yaml.Unmarshal(text, &p.Pod)
}
