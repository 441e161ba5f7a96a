// Command engine is the evaluator behind Congruent's engine protocol as a
// WebAssembly reactor, which a host calls: one JSON request in, one JSON answer
// out. cmd/congruent-engine is the same as a program.
package main

import (
	"runtime"
	"runtime/debug"
	"unsafe"

	"congruent.dev/engine/dispatch"
	"congruent.dev/engine/warmup"
)

// maxStackBytes ends a runaway recursion well before the module's memory is full.
const maxStackBytes = 256 << 20

// softMemoryBytes is where garbage is collected ever more often, to stay below
// the module's hard limit.
const softMemoryBytes = 768 << 20

// gcPercent lets garbage grow to several times what is in use before it is
// collected: most engines live for one check, of which it is an eighth of the time.
const gcPercent = 400

// The two texts that the host and this module share. A wasip1 reactor has one
// caller and no threads: there is nothing to guard them against.
var (
	requestText []byte // written by the host; only grows
	answerText  []byte // read by the host; kept until the next call
)

// program answers requests under the name of this reactor; its manifest says what
// it was built from.
var program = newProgram()

func newProgram() *dispatch.Program { return &dispatch.Program{Name: "cue-go"} }

// alloc returns where the host may write a request of so many bytes.
//
//go:wasmexport alloc
func alloc(length int32) unsafe.Pointer {
	if int(length) > len(requestText) || len(requestText) == 0 {
		requestText = make([]byte, max(int(length), 1<<12))
	}
	return unsafe.Pointer(&requestText[0])
}

// call answers the request in the first bytes of alloc's memory. The result
// holds the answer's address in its upper and its length in its lower half.
//
//go:wasmexport call
func call(length int32) int64 {
	answerText = program.Answer(requestText[:length])
	// A call returns to the host without running Go's scheduler. Left like that, a
	// garbage collection under way would never end, and no other would begin.
	runtime.Gosched()
	return int64(uintptr(unsafe.Pointer(&answerText[0])))<<32 | int64(len(answerText))
}

// warmUp brings the module into the state that the built file starts from.
//
//go:wasmexport warmup
func warmUp() {
	debug.SetMaxStack(maxStackBytes)
	debug.SetMemoryLimit(softMemoryBytes)
	requests, err := warmup.Requests()
	if err != nil {
		panic(err)
	}
	// What is garbage in memory now would be bytes of the built file.
	debug.SetGCPercent(10)
	for _, request := range requests {
		// Nothing of it is kept for the requests to come.
		newProgram().Answer(request)
		runtime.GC()
	}
	debug.SetGCPercent(gcPercent)
	runtime.GC()
}

// main is never called: a reactor has no beginning of its own.
func main() {}
