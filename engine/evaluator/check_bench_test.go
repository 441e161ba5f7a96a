package evaluator

import (
	"fmt"
	"strings"
	"testing"

	"congruent.dev/engine/protocol"
)

// benchRequest is n services of about seven leaves by three rule fragments and ten teams, with planted violations.
func benchRequest(n, planted int, drift bool) *protocol.Request {
	f := &protocol.Fragments{Tags: map[string]string{}}
	add := func(team, text string) {
		f.Files = append(f.Files, protocol.SourceFile{Name: team + "/" + team + ".cue", Text: "package " + team + "\n" + text, Team: team})
		f.Parts = append(f.Parts, protocol.Part{Kind: "package", Team: team, Dir: team, Package: team})
	}
	add("platform", `#Svc: {name: string, replicas: int, image: string, port: >0 & <65536, tier: "gold" | "silver" | *"bronze", env: [string]: string, hosts: [...string]}
services: [N=string]: #Svc & {name: *N | string}
`)
	add("sre", "services: [string]: {replicas: >=2, tier: string, if tier == \"gold\" {replicas: >=3}}\n")
	add("security", "services: [string]: image: =~\"^reg.test/\"\n")
	for t := range 10 {
		var b strings.Builder
		for i := t; i < n; i += 10 {
			fmt.Fprintf(&b, "services: s%04d: {port: %d, replicas: <=10}\n", i, 1000+i)
		}
		add(fmt.Sprintf("team%d", t), b.String())
	}
	var b strings.Builder
	b.WriteString(`{"services": {`)
	for i := range n {
		if i > 0 {
			b.WriteString(",\n")
		}
		replicas := 3
		if planted > 0 && i%(n/planted) == 0 {
			replicas = 1
		}
		fmt.Fprintf(&b, `"s%04d": {"name": "s%04d", "replicas": %d, "image": "reg.test/s%04d:1", "port": %d, "tier": "%s", "env": {"A": "x", "B": "y"}, "hosts": ["a%d.test"]}`, i, i, replicas, i, 1000+i, []string{"gold", "silver"}[i%2], i)
	}
	b.WriteString("}}")
	return &protocol.Request{Op: "check", Fragments: f, Drift: drift, Observed: &protocol.Observed{
		State: b.String(), Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
	}}
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{1000, 3000} {
		for _, planted := range []int{0, 5, 300} {
			for _, drift := range []bool{false, true} {
				b.Run(fmt.Sprintf("services=%d/planted=%d/drift=%v", n, planted, drift), func(b *testing.B) {
					for b.Loop() {
						answer := Check(benchRequest(n, planted, drift))
						if len(answer.Findings) < planted {
							b.Fatal(len(answer.Findings))
						}
					}
				})
			}
		}
	}
}
