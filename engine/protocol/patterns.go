package protocol

import (
	"slices"
	"strings"
)

// ComparePatterns sorts by labels; any label goes first.
func ComparePatterns(a, b Pattern) int {
	return slices.CompareFunc(a, b, func(x, y *string) int {
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return -1
		case y == nil:
			return 1
		}
		return strings.Compare(*x, *y)
	})
}
