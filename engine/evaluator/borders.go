package evaluator

import (
	"slices"

	"congruent.dev/engine/protocol"
)

// borders are the patterns whose members are entities that read nothing of each
// other: what is found in one is no consequence of what is found in another.
type borders []protocol.Pattern

// entity is the path of the entity that a path lies in.
func (b borders) entity(path protocol.Path) (protocol.Path, bool) {
	for _, pattern := range b {
		if len(path) >= len(pattern) && fits(pattern, path[:len(pattern)]) {
			return path[:len(pattern)], true
		}
	}
	return nil, false
}

// above says that a path is on the way to entities.
func (b borders) above(path protocol.Path) bool {
	return slices.ContainsFunc(b, func(pattern protocol.Pattern) bool {
		return len(path) < len(pattern) && fits(pattern[:len(path)], path)
	})
}

// meets says that a path lies on the way to entities, or in one; [] stands for any label.
func (b borders) meets(path protocol.Path) bool {
	return slices.ContainsFunc(b, func(pattern protocol.Pattern) bool {
		n := min(len(path), len(pattern))
		for i, label := range pattern[:n] {
			if label != nil && *label != path[i] && path[i] != "[]" {
				return false
			}
		}
		return true
	})
}

func fits(pattern protocol.Pattern, path protocol.Path) bool {
	for i, label := range pattern {
		if label != nil && *label != path[i] {
			return false
		}
	}
	return true
}
