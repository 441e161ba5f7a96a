package evaluator

import (
	"reflect"
	"runtime/metrics"
	"slices"

	"congruent.dev/engine/protocol"
)

const (
	// mostKept bounds of how many sets of fragments the desired state is kept.
	mostKept = 8
	// mostLoadedBytes bounds what may be allocated while one is loaded, and with it
	// what it can hold.
	mostLoadedBytes = 32 << 20
	// mostGrownBytes bounds what may be allocated for one afterwards, if that is not
	// less than what loading it took: CUE remembers whatever is evaluated in a context
	// until that is dropped, about half of all that is allocated.
	mostGrownBytes = 8 << 20
	// mostBytes bounds what is allocated for all of them. Two thirds of it may stay in
	// use, which garbage collection lets grow to the fivefold: a worker that holds 256
	// MiB is replaced, and what it kept is lost.
	mostBytes = 40 << 20
)

// Kept is what was loaded for earlier requests, for later ones about the same
// fragments; the zero value holds nothing. It only ever saves work: the answers are
// those of the functions of the same names. It has one caller at a time.
type Kept struct {
	entries []*kept // those used last come first
}

// kept is a desired state, and what has been allocated for it until now.
type kept struct {
	fragments *protocol.Fragments
	desired   *desired
	// loaded and grown are bytes, until it was there and since.
	loaded, grown uint64
}

// worthKeeping says that there is something to keep, and not too much.
func (e *kept) worthKeeping() bool {
	return e.desired.value.Exists() && len(e.desired.findings) == 0 && e.loaded <= mostLoadedBytes && e.grown <= max(mostGrownBytes, e.loaded)
}

// about is the desired state of fragments, with what is not asked about left out.
// The second result must be called when all is done with it.
func (k *Kept) about(fragments *protocol.Fragments, only *restriction) (*desired, func()) {
	i := slices.IndexFunc(k.entries, func(e *kept) bool { return e.serves(fragments, only) })
	before := allocated()
	var e *kept
	if i < 0 {
		e = &kept{fragments: fragments, desired: loadWithout(fragments, noEdits(), only)}
		e.loaded = allocated() - before
		before += e.loaded
	} else {
		e = k.entries[i]
		k.entries = slices.Delete(k.entries, i, i+1)
	}
	return e.desired.askedAbout(only), func() {
		e.grown += allocated() - before
		k.keep(e)
	}
}

// serves says that what was loaded is what would be loaded again.
func (e *kept) serves(fragments *protocol.Fragments, only *restriction) bool {
	return e.desired.source.restriction.leavesTheSame(only) && reflect.DeepEqual(e.fragments, fragments)
}

// keep puts what was just used before all others, if it is worth keeping, and drops
// those that were not used for longest.
func (k *Kept) keep(e *kept) {
	if !e.worthKeeping() {
		return
	}
	k.entries = slices.Insert(k.entries, 0, e)
	bytes := uint64(0)
	for i, e := range k.entries {
		if bytes += e.loaded + e.grown; i == mostKept || bytes > mostBytes {
			clear(k.entries[i:])
			k.entries = k.entries[:i]
			return
		}
	}
}

// allocated is how many bytes of memory were ever asked for.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// askedAbout is the same desired state with another restriction that left out the same.
func (d *desired) askedAbout(only *restriction) *desired {
	if only == nil || d.source.restriction == only {
		return d
	}
	now, source := *d, *d.source
	source.restriction = d.source.restriction.keeping(only.keep)
	now.source = &source
	return &now
}
