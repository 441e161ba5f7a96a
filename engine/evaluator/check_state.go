package evaluator

import (
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// checking is one check in progress.
//
// It goes in rounds: the desired state is unified with the observed tree, what
// fails is reported and taken out of the tree (peel_observed.go), until nothing
// new fails; so no finding hides another. Then one walk of the unified value
// beside the tree (walk.go) finds what is missing, undecided or drifted.
type checking struct {
	desired  *desired
	observed *observation
	coverage *coverage
	contests map[*observedNode]protocol.Contested
	drift    bool
	// blind are places where the fragments conflict among themselves: nothing is said there and below.
	blind *locationSet
	found *findings
	reads *reads
	// reached are places whose refused or stale coverage was reported.
	reached *locationSet
	// tryAll: the fragments hold validators of which CUE may lose one, so that each is tried at every observed value.
	tryAll bool
	// undecidedThere says that masked or contested leaves are observed.
	undecidedThere bool
	// blocked says that something failed and was taken out.
	blocked bool
	// asUnknown writes them as values that say nothing, rather than undecided.
	asUnknown bool
	// doubts says why a restricted check cannot tell what the whole would; "" while it can.
	doubts string
	// undisputed is the unified state without leaves whose presence is disputed, once it was needed.
	undisputed cue.Value
}

// view is a part of the desired state unified with a part of the observed tree:
// the whole of both, or what else stands where some conjuncts failed.
type view struct {
	base  *observedNode
	at    location
	value cue.Value
	// unify builds the value again from the tree as it is marked now.
	unify func() cue.Value
}

// errorsOf lists the errors of a value, their locations counted from the root.
func (v *view) errorsOf(err error) []cueError {
	list := flatten(err)
	for i := range list {
		list[i].at = append(append(location{}, v.at...), list[i].at...)
	}
	return list
}

// lookup is the value at a location counted from the root.
func (v *view) lookup(at location) cue.Value {
	return lookupFrom(v.value, at[len(v.at):])
}

func lookupFrom(value cue.Value, at location) cue.Value {
	for _, s := range at {
		if !value.Exists() {
			return value
		}
		switch s.kind {
		case hiddenStep, definitionStep:
			value = hiddenMember(value, s)
		default:
			value = value.LookupPath(cue.MakePath(s.selector()))
		}
	}
	return value
}

// hiddenMember finds a hidden field or definition by name: hidden fields belong
// to packages, and the path of an error does not say which.
func hiddenMember(v cue.Value, s step) cue.Value {
	fields, err := v.Fields(cue.Hidden(true), cue.Definitions(true))
	if err != nil {
		return cue.Value{}
	}
	var found cue.Value
	for fields.Next() {
		if fields.Selector().String() != s.label {
			continue
		}
		if !found.Exists() || fields.Value().Err() != nil {
			found = fields.Value()
		}
	}
	return found
}

// whole is the view of everything.
func (c *checking) whole() *view {
	b := c.builder()
	return &view{base: c.observed.root, at: location{}, unify: func() cue.Value {
		second := c.reads.observedExpr(c.observed)
		// in one go with the fragments: unified with their value afterwards, an
		// observed field may slip through a struct that is closed and open by pattern
		value, err := c.desired.with(withSecond(b.tree(c.observed.root), second))
		if err != nil {
			return c.desired.value.Unify(c.desired.ctx.BuildExpr(withSecond(b.tree(c.observed.root), second)))
		}
		return value
	}}
}

// beside is the view of what else stands at a node than the conjuncts that failed there.
func (c *checking) beside(n *observedNode, rest []conjunct) *view {
	b := c.builder()
	at := n.location()
	whole := c.closedAgain(rest, at)
	return &view{base: n, at: at, unify: func() cue.Value {
		value := c.desired.ctx.BuildExpr(b.plain(n, b.tree, true))
		for _, w := range whole {
			value = value.Unify(w)
		}
		return value
	}}
}

// closedAgain is the values of conjuncts; those that stand inside a definition
// are put into one again, since taken out of it they are no longer closed.
func (c *checking) closedAgain(conjuncts []conjunct, at location) []cue.Value {
	var out []cue.Value
	groups := map[string]cue.Value{}
	var names []string
	for _, j := range conjuncts {
		name := definitionAround(c.desired.index.stackOf(j, at))
		switch group, ok := groups[name]; {
		case name == "":
			out = append(out, j.value)
		case ok:
			groups[name] = group.Unify(j.value)
		default:
			groups[name] = j.value
			names = append(names, name)
		}
	}
	for _, name := range names {
		scope := c.desired.ctx.CompileString("#definition: _, instance: #definition")
		scope = scope.FillPath(cue.ParsePath("#definition"), groups[name])
		out = append(out, scope.LookupPath(cue.ParsePath("instance")))
	}
	return out
}

// definitionAround is the name of the innermost definition around a conjunct; "" if there is none.
func definitionAround(stack []ast.Node) string {
	for i := len(stack) - 1; i >= 0; i-- {
		if f, ok := stack[i].(*ast.Field); ok {
			if name := fieldLabel(f.Label); strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_#") {
				return name
			}
		}
	}
	return ""
}

// builder writes the observed tree as the check now sees it.
func (c *checking) builder() builder {
	b := c.observed.builder()
	b.asUnknown = &c.asUnknown
	return b
}
