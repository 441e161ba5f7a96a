package main

import "runtime/debug"

const (
	// maxStackBytes ends a runaway recursion well before memory is full.
	maxStackBytes = 256 << 20
	// softMemoryBytes is where garbage is collected ever more often, to stay below
	// maxMemoryBytes.
	softMemoryBytes = 2 << 30
	// maxMemoryBytes is where the program ends instead of taking the machine's memory:
	// enough for 10,000 services in one check, which takes 1.7 GiB.
	maxMemoryBytes = 3 << 30
	// gcPercent lets garbage grow to several times what is in use before it is
	// collected. A large request keeps most of what it makes: a fifth less work, and
	// hardly more memory at its peak than with Go's 100.
	gcPercent = 400
)

// setLimits bounds what one request can take: a request that reaches a bound ends
// the program, and with it itself only.
func setLimits() error {
	debug.SetMaxStack(maxStackBytes)
	debug.SetMemoryLimit(softMemoryBytes)
	debug.SetGCPercent(gcPercent)
	return limitData(maxMemoryBytes)
}
