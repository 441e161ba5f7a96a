package evaluator

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/separable"
)

// changedEntities leaves entities of which both sides say the same by name out of
// both: those of separable patterns read nothing but themselves, so that whatever
// changes about them is said by a pattern, and told there. It is nil where nothing
// can be left out.
func changedEntities(base, head *desired) *protocol.Restriction {
	if len(base.source.problems)+len(head.source.problems) > 0 {
		return nil
	}
	before, after := base.entitiesByName(), head.entitiesByName()
	only := &protocol.Restriction{}
	for key, was := range before {
		is, both := after[key]
		if !both {
			continue
		}
		only.Patterns = append(only.Patterns, was.path)
		for entity, text := range was.texts {
			if text == "" || is.texts[entity] != text {
				only.Keep = append(only.Keep, was.paths[entity])
			}
		}
		for entity := range is.texts {
			if _, both := was.texts[entity]; !both {
				only.Keep = append(only.Keep, is.paths[entity])
			}
		}
	}
	if len(only.Patterns) == 0 {
		return nil
	}
	return only
}

// namedEntities are what fragments say by name of the entities of one pattern.
type namedEntities struct {
	path  protocol.Pattern
	paths map[string]protocol.Path
	// texts are normal; empty where only an evaluation tells what is said.
	texts map[string]string
}

func (d *desired) entitiesByName() map[string]namedEntities {
	out := map[string]namedEntities{}
	in := d.scanInput()
	patterns, _ := separable.Scan(in)
	normal := newNormalText(d)
	for _, p := range patterns {
		if len(p.Reasons) > 0 || p.List {
			continue
		}
		named := namedEntities{path: p.Path, paths: map[string]protocol.Path{}, texts: map[string]string{}}
		for _, n := range p.Named {
			key := pathKey(n.Path)
			named.paths[key], named.texts[key] = n.Path, ""
			if n.Undecidable == nil {
				named.texts[key] = normal.all(n.Values)
			}
		}
		out[patternKey(p.Path)] = named
	}
	return out
}

// all is the normal text of values that are unified.
func (t *normalText) all(values []ast.Expr) string {
	var texts []string
	for _, x := range values {
		texts = append(texts, t.of(x))
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), " & ")
}

func patternKey(path protocol.Pattern) string {
	var labels protocol.Path
	for _, label := range path {
		if label == nil {
			labels = append(labels, "*")
		} else {
			labels = append(labels, "="+*label)
		}
	}
	return pathKey(labels)
}
