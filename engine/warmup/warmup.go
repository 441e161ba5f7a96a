// Package warmup holds requests that use what ordinary requests use, so that the
// packages, tables and caches behind it are in memory before the first of them.
package warmup

import (
	"encoding/json"
	"fmt"

	"congruent.dev/engine/protocol"
)

// source uses what fragments commonly use.
const source = `package warmup

import (
	"encoding/base64"
	"encoding/json"
	"encoding/yaml"
	"list"
	"math"
	"net"
	"regexp"
	"strconv"
	"strings"
	"struct"
	"time"
)

#observed: _

#Service: {
	name!:    string & strings.MinRunes(1)
	replicas: *1 | int & >=1 & <=10
	image:    =~"^registry/" & !~":latest$" @rule(id="W-1", severity=warning)
	labels: [string]: string
	started?: time.Time
	address?: net.IPv4
	tier?:    "web" | "batch"
	mode:     *"fast" | string
}
services: [Name=string]: #Service & {name: Name}
services: web: {replicas: 3, image: "registry/web:1", labels: struct.MaxFields(3)}
services: worker: image: "registry/worker:1"
ports: list.MaxItems(3) & [80, 443]
source: {kind: "a", size: int} | *{kind: "b", text: string}
if regexp.Match("^a", "abc") {
	names: [for service in services {service.name}]
}
if #observed.services != _|_ {
	seen: len(#observed.services)
}
helpers: {
	floor:  math.Floor(1.5)
	number: strconv.Atoi("3")
	asJSON: json.Marshal({a: 1})
	asYAML: yaml.Marshal({a: 1})
	coded:  base64.Encode(null, "x")
	text:   "\(ports[0]) of \(strings.ToUpper("web"))"
	total:  1.5 * 3
}
`

// state breaks source in the common ways.
const state = `{"services":{"web":{"replicas":99,"image":"other:latest","mode":"slow","more":1.5},"late":{"image":"registry/x:2"}},"ports":[1,2,3,4]}`

// Requests returns requests of every operation, with findings and without.
func Requests() ([][]byte, error) {
	fragments := &protocol.Fragments{
		Files: []protocol.SourceFile{
			{Name: "warmup/warmup.cue", Text: source, Team: "a"},
			{Name: "conflict/conflict.cue", Text: "package conflict\nservices: web: replicas: 4 @rule(id=\"W-2\")\n", Team: "b"},
		},
		Parts: []protocol.Part{
			{Kind: "package", Team: "a", Dir: "warmup"},
			{Kind: "package", Team: "b", Dir: "conflict"},
			{Kind: "data", Team: "c", File: "c.json", JSON: `{"services":{"web":{"labels":{"team":"c"}}}}`},
		},
		Tags:   map[string]string{},
		Limits: []protocol.TeamLimit{{Team: "b", May: []protocol.Pattern{{nil}}}},
	}
	sound := *fragments
	sound.Parts = fragments.Parts[:1]
	observed := &protocol.Observed{
		State:    state,
		Coverage: []protocol.Coverage{{Path: protocol.Pattern{}, Status: "covered"}},
	}
	wants := []string{"cue", "json", "incomplete"}
	var texts [][]byte
	for _, request := range []protocol.Request{
		{Op: "identity"},
		{Op: "unify", Fragments: fragments, Want: wants},
		{Op: "unify", Fragments: &sound, Want: wants},
		{Op: "check", Fragments: &sound, Observed: observed, Drift: true},
		{Op: "explain", Fragments: &sound, Observed: observed, Path: protocol.Path{"services", "web", "replicas"}},
	} {
		text, err := json.Marshal(request)
		if err != nil {
			return nil, fmt.Errorf("writing a warm-up request: %w", err)
		}
		texts = append(texts, text)
	}
	return texts, nil
}
