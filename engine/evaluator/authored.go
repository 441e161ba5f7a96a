package evaluator

import (
	"fmt"
	"strconv"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// authored conjuncts are what teams wrote about one value, each as a value of
// its own, so that each can be tried alone against what was observed.
type conjunct struct {
	value cue.Value
	at    place
}

// conjunctsOf takes a unified value apart into its authored conjuncts: through
// `&`, and through references to definitions and to hidden helpers.
func conjunctsOf(v cue.Value) []conjunct {
	var out []conjunct
	seen := map[string]bool{}
	takeApart(v, 0, func(c conjunct) {
		if key := c.key(); !seen[key] {
			seen[key] = true
			out = append(out, c)
		}
	})
	return out
}

// key tells conjuncts apart: a loop may yield one text with several values.
func (c conjunct) key() string {
	key := c.at.file + ":" + strconv.Itoa(c.at.offset)
	if c.value.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 {
		key += " " + fmt.Sprint(c.value)
	}
	return key
}

func takeApart(v cue.Value, depth int, found func(conjunct)) {
	if depth > 16 || !v.Exists() {
		return
	}
	op, args := v.Expr()
	if op == cue.AndOp {
		for _, arg := range args {
			takeApart(arg, depth+1, found)
		}
		return
	}
	if target, ok := helper(v); ok {
		op, _ := target.Expr()
		if op == cue.AndOp || target.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 {
			takeApart(target, depth+1, found)
			return
		}
	}
	if at := placeOf(sourcePos(v)); authored(at.file) {
		found(conjunct{value: v, at: at})
	}
}

// helper follows a reference to a definition or a hidden field.
func helper(v cue.Value) (cue.Value, bool) {
	root, path := v.ReferencePath()
	selectors := path.Selectors()
	if !root.Exists() || len(selectors) == 0 {
		return cue.Value{}, false
	}
	if last := selectors[len(selectors)-1].LabelType(); last&(cue.DefinitionLabel|cue.HiddenLabel) == 0 {
		return cue.Value{}, false
	}
	target := root.LookupPath(path)
	return target, target.Exists() && target.Err() == nil
}

// sourcePos is where a conjunct was written: the value itself rather than its field.
func sourcePos(v cue.Value) token.Pos {
	if f, ok := v.Source().(*ast.Field); ok && f.Value != nil {
		return f.Value.Pos()
	}
	return v.Pos()
}
