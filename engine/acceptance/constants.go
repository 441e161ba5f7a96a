package acceptance

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// constants collects the values that fragments fix for one entity: maps of
// constants, merged.
type constants struct {
	members map[string]any
	isMap   bool
}

func newConstants() *constants { return &constants{members: map[string]any{}} }

// text is what was collected as JSON text; "" if nothing was.
func (c *constants) text() string {
	if !c.isMap {
		return ""
	}
	return jsonText(c.members)
}

// take collects the constants of a value and marks their fields as taken, so that
// no schema repeats them. It fails if two values differ.
func (c *constants) take(e *emitter, x ast.Expr) bool {
	s, ok := x.(*ast.StructLit)
	if !ok {
		return true // a schema says all of it
	}
	c.isMap = true
	return c.takeStruct(e, c.members, s)
}

func (c *constants) takeStruct(e *emitter, into map[string]any, s *ast.StructLit) bool {
	for _, decl := range s.Elts {
		f, ok := decl.(*ast.Field)
		if !ok || f.Constraint == token.OPTION || isHiddenName(f) {
			continue
		}
		name, static := syntax.StaticLabel(f)
		if !static || isUnsafeName(name) {
			continue
		}
		value := syntax.Value(f)
		if inner, ok := value.(*ast.StructLit); ok {
			if !c.takeMap(e, into, name, inner) {
				return false
			}
			if isPlain := e.isAllTaken(inner); isPlain {
				e.taken[f] = true
			}
			continue
		}
		constant, ok := e.fixed(value)
		if !ok {
			continue
		}
		if old, twice := into[name]; twice && jsonText(old) != jsonText(constant) {
			return false
		}
		into[name] = constant
		e.taken[f] = true
	}
	return true
}

func (c *constants) takeMap(e *emitter, into map[string]any, name string, s *ast.StructLit) bool {
	old, twice := into[name]
	if !twice {
		old = map[string]any{}
		into[name] = old
	}
	members, isMap := old.(map[string]any)
	return isMap && c.takeStruct(e, members, s)
}

// fixed is a constant, or a list of constants, that stands in the text itself.
func (e *emitter) fixed(x ast.Expr) (any, bool) {
	if c, ok := e.constantOf(x); ok {
		return c.value, c.comparable()
	}
	return e.constantList(x)
}

// isAllTaken says that a struct holds nothing but what was taken.
func (e *emitter) isAllTaken(s *ast.StructLit) bool {
	for _, decl := range s.Elts {
		f, ok := decl.(*ast.Field)
		if !ok || !e.taken[f] {
			return false
		}
	}
	return true
}
