package evaluator

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// serviceRequest is the shape of a system of three teams: so many services, each
// named by its owners with all that is wanted of it, of which some are asked about.
func serviceRequest(n, asked int) *protocol.Request {
	f := &protocol.Fragments{Tags: map[string]string{}}
	add := func(team, text string) {
		f.Files = append(f.Files, protocol.SourceFile{Name: team + "/" + team + ".cue", Text: "package services\n" + text, Team: team})
		f.Parts = append(f.Parts, protocol.Part{Kind: "package", Team: team, Dir: team, Package: "services"})
	}
	add("platform", `#Service: {
	name: string & =~"^[a-z0-9-]{1,63}$"
	replicas: int & >=1 & <=20
	image: string
	port: int & >=1024 & <=65535
	labels: {team: string, tier: "web" | "worker" | "batch", [string]: string}
	resources: {cpuMilli: int & >=50 & <=8000, memoryMiB: int & >=64 & <=32768}
	probe: path: string | *"/healthz"
	...
}
services: [N=string]: #Service & {name: N}
`)
	add("security", "services: [string]: {image: =~\"^registry.example/[a-z0-9/-]+:[0-9]+[.][0-9]+$\", replicas: >=2, securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: bool | *true}}\n")
	var b strings.Builder
	state := map[string]any{}
	restriction := &protocol.Restriction{}
	services := "services"
	restriction.Patterns = []protocol.Pattern{{&services, nil}}
	for i := range n {
		name := fmt.Sprintf("svc-%05d", i)
		fmt.Fprintf(&b, "services: %q: {\n\treplicas: %d\n\timage:    \"registry.example/team/svc-%d:1.3\"\n\tport:     %d\n\tlabels: team: \"search\"\n\tlabels: tier: \"web\"\n\tresources: {cpuMilli: %d, memoryMiB: 512}\n}\n", name, 2+i%5, i, 8000+i, 100+i%20)
		if i < asked {
			restriction.Keep = append(restriction.Keep, protocol.Path{"services", name})
			state[name] = map[string]any{"name": name, "replicas": 3 + i%5, "image": fmt.Sprintf("registry.example/team/svc-%d:1.3", i), "port": 8000 + i,
				"labels": map[string]any{"team": "search", "tier": "web"}, "resources": map[string]any{"cpuMilli": 100 + i%20, "memoryMiB": 512},
				"probe": map[string]any{"path": "/healthz"}, "securityContext": map[string]any{"runAsNonRoot": true, "readOnlyRootFilesystem": true}}
		}
	}
	add("owners", b.String())
	text, err := json.Marshal(map[string]any{"services": state})
	if err != nil {
		return nil
	}
	return &protocol.Request{Op: "check", Fragments: f, Restriction: restriction, Drift: true, Observed: &protocol.Observed{
		State: string(text), Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
	}}
}

func BenchmarkPlan(b *testing.B) {
	for _, n := range []int{3000, 10000} {
		req := serviceRequest(n, 5)
		b.Run(fmt.Sprintf("services=%d", n), func(b *testing.B) {
			for b.Loop() {
				if len(Plan(req).Separable) != 1 {
					b.Fatal("not separable")
				}
			}
		})
		b.Run(fmt.Sprintf("services=%d/parsing", n), func(b *testing.B) {
			for b.Loop() {
				gather(req.Fragments)
			}
		})
	}
}

func BenchmarkCheckInPart(b *testing.B) {
	for _, n := range []int{3000, 10000} {
		for _, asked := range []int{1, 5} {
			req := serviceRequest(n, asked)
			b.Run(fmt.Sprintf("services=%d/asked=%d", n, asked), func(b *testing.B) {
				for b.Loop() {
					if got := len(Check(req).Findings); got != asked {
						b.Fatal(got)
					}
				}
			})
		}
	}
}
