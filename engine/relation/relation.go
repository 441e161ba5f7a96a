// Package relation says how what one constraint allows lies to what another one
// allows: the same, less, more, or both less and more. It claims nothing that it
// cannot prove, by trying every kind of value that the two could tell apart, by
// what both are written as, or by values that one allows and the other refuses.
//
// Constraints are CUE expressions that need nothing around them.
package relation

import (
	"errors"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// Order is how what head allows lies to what base allows.
type Order int

// Orders. Tighter and Looser are proven both ways: nothing is gained (lost), and
// what is written differs; where an example was found, something is lost (gained).
const (
	Same      Order = iota
	Tighter         // head allows nothing that base refuses
	Looser          // base allows nothing that head refuses
	Changed         // each allows what the other refuses
	Unordered       // not decided
)

// Result is an order with examples, as JSON text; empty where none was found.
type Result struct {
	Order Order
	// Lost is allowed by base and refused by head.
	Lost string
	// Gained is refused by base and allowed by head.
	Gained string
}

// Constraint is an expression that can be compared with others of its context.
type Constraint struct {
	ctx     *cue.Context
	imports []ast.Decl
	expr    ast.Expr
	value   cue.Value
	normal  string
	marks   landmarks
}

// New reads a constraint from a whole expression, or from a file that imports
// what its one embedded expression needs. Marks of defaults have no meaning for
// what is allowed. It fails where the expression needs more than it says.
func New(ctx *cue.Context, n ast.Node) (*Constraint, error) {
	imports, expr := split(n)
	return newConstraint(ctx, imports, bare(expr))
}

// errEmpty says that nothing satisfies an expression.
var errEmpty = errors.New("nothing satisfies it")

func newConstraint(ctx *cue.Context, imports []ast.Decl, expr ast.Expr) (*Constraint, error) {
	c := &Constraint{ctx: ctx, imports: imports, expr: expr, normal: Normal(expr)}
	text, err := written(imports, expr)
	if err != nil {
		return nil, err
	}
	c.value = ctx.CompileString(text)
	if err := c.value.Err(); err != nil {
		if c.value.Validate() != nil {
			return nil, errEmpty
		}
		return nil, err
	}
	c.marks = landmarksOf(expr)
	return c, nil
}

// Kinds are the kinds of values that may satisfy a constraint.
func (c *Constraint) Kinds() cue.Kind { return c.value.IncompleteKind() }

// Compare says how head lies to base.
func Compare(base, head *Constraint) Result {
	if base.normal == head.normal {
		return Result{Order: Same}
	}
	var r Result
	for _, candidate := range candidates(base, head) {
		if r.Lost != "" && r.Gained != "" {
			break
		}
		x := base.ctx.CompileString(candidate)
		before, after := Allows(base.value, x), Allows(head.value, x)
		switch {
		case before && !after && r.Lost == "":
			r.Lost = jsonOf(x)
		case !before && after && r.Gained == "":
			r.Gained = jsonOf(x)
		}
	}
	r.Order = order(base, head, r)
	return r
}

func order(base, head *Constraint, r Result) Order {
	lost, gained := r.Lost != "", r.Gained != ""
	if lost && gained {
		return Changed
	}
	exact := base.marks.exact && head.marks.exact
	less := !gained && (exact || finite(head.expr) || within(head, base, 0))
	more := !lost && (exact || finite(base.expr) || within(base, head, 0))
	switch {
	case less && more:
		return Same
	case less:
		return Tighter
	case more:
		return Looser
	}
	return Unordered
}

func jsonOf(x cue.Value) string {
	text, err := x.MarshalJSON()
	if err != nil {
		return ""
	}
	return string(text)
}
