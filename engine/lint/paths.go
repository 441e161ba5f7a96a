package lint

import (
	"maps"
	"slices"
	"strings"

	"congruent.dev/engine/protocol"
)

// paths are the label paths of data at which the roots say something.
func (t *tree) paths() []protocol.Pattern {
	out := []protocol.Pattern{}
	t.root.speaksAt(protocol.Pattern{}, &out)
	slices.SortFunc(out, protocol.ComparePatterns)
	return slices.CompactFunc(out, func(a, b protocol.Pattern) bool { return protocol.ComparePatterns(a, b) == 0 })
}

func (p *place) speaksAt(at protocol.Pattern, out *[]protocol.Pattern) {
	if len(p.said) > 0 || len(p.members) == 0 {
		*out = append(*out, slices.Clone(at))
	}
	if len(at) == deepestPlace {
		return
	}
	for _, label := range slices.Sorted(maps.Keys(p.members)) {
		switch {
		case isData(label):
			p.members[label].speaksAt(append(at, &label), out)
		case isHelperLabel(label):
			continue
		default:
			p.members[label].speaksAt(append(at, nil), out)
		}
	}
}

// isHelperLabel says that a label is that of a definition or hidden field.
func isHelperLabel(label string) bool {
	return strings.HasPrefix(label, special+"_") || strings.HasPrefix(label, special+"#")
}
