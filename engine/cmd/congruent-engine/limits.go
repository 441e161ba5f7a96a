package main

import "runtime/debug"

const (
	// maxStackBytes ends a runaway recursion well before memory is full.
	maxStackBytes = 256 << 20
	// softMemoryBytes is where garbage is collected ever more often, to stay below
	// maxMemoryBytes.
	softMemoryBytes = 1536 << 20
	// maxMemoryBytes is where the program ends instead of taking the machine's memory.
	maxMemoryBytes = 2 << 30
	// gcPercent lets garbage grow to several times what is in use before it is
	// collected: a quarter less work for a large request, measured.
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
