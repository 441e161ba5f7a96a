package evaluator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"congruent.dev/engine/protocol"
)

// digestOf is the SHA-256 of what was unified: parts, the files that took part,
// tags. The order of the request and files that nothing used do not enter.
func digestOf(l *loader) string {
	type file struct{ Name, Text, Team string }
	type tag struct{ Name, Value string }
	content := struct {
		Protocol int
		Parts    []protocol.Part
		Files    []file
		Tags     []tag
	}{Protocol: protocol.Version}
	for _, n := range l.order {
		part := l.fragments.Parts[n]
		part.Masked = slices.SortedFunc(slices.Values(part.Masked), func(a, b protocol.Path) int { return slices.Compare(a, b) })
		content.Parts = append(content.Parts, part)
	}
	for _, name := range slices.Sorted(maps.Keys(l.used)) {
		content.Files = append(content.Files, file{name, l.files[name].Text, l.files[name].Team})
	}
	for _, name := range slices.Sorted(maps.Keys(l.tags)) {
		content.Tags = append(content.Tags, tag{name, l.tags[name]})
	}
	text, err := json.Marshal(content)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
