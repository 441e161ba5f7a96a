package acceptance

import (
	"slices"
)

// held is what hidden members hold of an entity as it was observed, and what is
// read of them: #raw: #observed.pods[N] beside a #raw.spec.hostUsers elsewhere. A name
// says nothing about which of several members by this name it stands for, so all are
// taken together.
type held struct {
	// parts are the steps from the entity to what members by a name hold.
	parts map[string][][]string
	// uses are the steps that are read of a name.
	uses map[string][][]string
	// constrains are places whose value must be what a name stands for.
	constrains map[string][]*sight
	// blurred are names of members that say something else, too.
	blurred map[string]bool
}

func newHeld() *held {
	return &held{
		parts: map[string][][]string{}, uses: map[string][][]string{},
		constrains: map[string][]*sight{}, blurred: map[string]bool{},
	}
}

func (h *held) hold(name string, part []string) {
	if !slices.ContainsFunc(h.parts[name], func(p []string) bool { return slices.Equal(p, part) }) {
		h.parts[name] = append(h.parts[name], part)
	}
}

func (h *held) use(name string, steps []string) { h.uses[name] = append(h.uses[name], steps) }

func (h *held) constrain(name string, at *sight) {
	h.constrains[name] = append(h.constrains[name], at)
}

func (h *held) blur(name string) { h.blurred[name] = true }

// show adds to the sight of an entity what is read of it by way of hidden members.
func (h *held) show(entity *sight) {
	for name, parts := range h.parts {
		for _, at := range h.constrains[name] {
			at.whole = true
		}
		uses := h.uses[name]
		if h.blurred[name] || len(parts) > 1 || len(h.constrains[name]) > 0 {
			uses = [][]string{nil} // that they agree hangs on all of them
		}
		for _, part := range parts {
			for _, use := range uses {
				entity.below(part).below(use).whole = true
			}
		}
	}
}
