package main

import (
	"encoding/json"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// judge asks the policy code, whose results name the check that gave them.
type judge struct{ evaluator policy.Evaluator }

func newJudge() (judge, error) {
	checks := policy.DefaultChecks()
	for _, check := range checks {
		for i := range check.Versions {
			check.Versions[i].CheckPod = named(check.ID, check.Versions[i].CheckPod)
		}
	}
	evaluator, err := policy.NewEvaluator(checks, nil)
	return judge{evaluator}, err
}

// named is the check with its id as the reason: upstream's reasons are words that several checks share.
func named(id policy.CheckID, check policy.CheckPodFn) policy.CheckPodFn {
	return func(metadata *metav1.ObjectMeta, spec *corev1.PodSpec) policy.CheckResult {
		return policy.CheckResult{Allowed: check(metadata, spec).Allowed, ForbiddenReason: string(id)}
	}
}

// answer fills in which checks forbid the pod, in the order of the policy code, which is that of their ids.
func (j judge) answer(p *judged) error {
	text, err := json.Marshal(p.Pod)
	if err != nil {
		return err
	}
	var pod corev1.Pod
	if err := json.Unmarshal(text, &pod); err != nil {
		return err
	}
	fillIn(&pod.Spec)
	p.Baseline = j.forbidding(api.LevelBaseline, p.Minor, &pod)
	p.Restricted = j.forbidding(api.LevelRestricted, p.Minor, &pod)
	return nil
}

// fillIn is what an API server does to a pod before it asks the policy code, where that makes a difference to it.
func fillIn(spec *corev1.PodSpec) {
	for i := range spec.Volumes {
		if source := &spec.Volumes[i].VolumeSource; *source == (corev1.VolumeSource{}) {
			source.EmptyDir = &corev1.EmptyDirVolumeSource{}
		}
	}
}

func (j judge) forbidding(level api.Level, minor int, pod *corev1.Pod) []string {
	checks := []string{}
	version := api.LevelVersion{Level: level, Version: api.MajorMinorVersion(1, minor)}
	for _, result := range j.evaluator.EvaluatePod(version, &pod.ObjectMeta, &pod.Spec) {
		if !result.Allowed {
			checks = append(checks, result.ForbiddenReason)
		}
	}
	return checks
}
