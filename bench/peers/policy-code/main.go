// Command policy-code judges pods with the policy code that Kubernetes' own admission runs, and nothing else.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// object is any kind that holds a pod, or a namespace.
type object struct {
	Kind     string            `json:"kind"`
	Metadata metav1.ObjectMeta `json:"metadata"`
	Spec     json.RawMessage   `json:"spec"`
}

// run is what one list took: milliseconds, and megabytes of the process.
type run struct {
	Wall   float64 `json:"wall"`
	CPU    float64 `json:"cpu"`
	Memory float64 `json:"memory"`
	Found  int     `json:"found"`
}

func main() {
	if len(os.Args) != 3 || (os.Args[1] != "whole" && os.Args[1] != "each") {
		fmt.Fprintln(os.Stderr, "usage: policy-code whole|each LISTS.json\n"+
			"Each line is a list of namespaces and objects; writes what is forbidden or, with each, what each line took.")
		os.Exit(2)
	}
	if err := judge(os.Args[2], os.Args[1] == "each"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func judge(file string, timed bool) error {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		return err
	}
	lists, err := os.Open(file)
	if err != nil {
		return err
	}
	defer lists.Close()
	var runs []run
	lines := bufio.NewScanner(lists)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		start, cpu := time.Now(), used().CPU
		found, err := forbidden(evaluator, lines.Bytes())
		if err != nil {
			return err
		}
		r := used()
		r.Wall, r.CPU, r.Found = float64(time.Since(start).Nanoseconds())/1e6, r.CPU-cpu, len(found)
		runs = append(runs, r)
		if !timed {
			for _, path := range found {
				fmt.Println(path)
			}
		}
	}
	if timed {
		return json.NewEncoder(os.Stdout).Encode(runs)
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

// forbidden tells namespace, kind and name of the objects of a list that their namespace does not allow.
func forbidden(evaluator policy.Evaluator, text []byte) ([]string, error) {
	var list []object
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	levels := map[string]api.Level{}
	for _, o := range list {
		if o.Kind == "Namespace" {
			levels[o.Metadata.Name] = api.Level(o.Metadata.Labels[api.EnforceLevelLabel])
		}
	}
	var found []string
	for _, o := range list {
		if o.Kind == "Namespace" {
			continue
		}
		kind, pod, err := podOf(o)
		if err != nil {
			return nil, err
		}
		fillIn(&pod.Spec)
		level := api.LevelVersion{Level: levels[o.Metadata.Namespace], Version: api.LatestVersion()}
		if !policy.AggregateCheckResults(evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec)).Allowed {
			found = append(found, fmt.Sprintf("%s/%s/%s", o.Metadata.Namespace, kind, o.Metadata.Name))
		}
	}
	return found, nil
}

// fillIn is what an API server does to a pod before the policy code sees it, where that makes a difference to it.
func fillIn(spec *corev1.PodSpec) {
	for i := range spec.Volumes {
		if source := &spec.Volumes[i].VolumeSource; *source == (corev1.VolumeSource{}) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}

// podOf is the pod that an object holds, and the object's kind as our tree names it.
func podOf(o object) (string, corev1.PodTemplateSpec, error) {
	switch o.Kind {
	case "Deployment":
		var spec struct{ Template corev1.PodTemplateSpec }
		err := json.Unmarshal(o.Spec, &spec)
		return "Deployment.apps", spec.Template, err
	case "CronJob":
		var spec struct {
			JobTemplate struct {
				Spec struct{ Template corev1.PodTemplateSpec }
			}
		}
		err := json.Unmarshal(o.Spec, &spec)
		return "CronJob.batch", spec.JobTemplate.Spec.Template, err
	}
	pod := corev1.PodTemplateSpec{ObjectMeta: o.Metadata}
	return o.Kind, pod, json.Unmarshal(o.Spec, &pod.Spec)
}
