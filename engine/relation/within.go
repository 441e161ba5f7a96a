package relation

import (
	"errors"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// deepestProof bounds how far alternatives within conjuncts are followed.
const deepestProof = 6

// within proves from what is written that a allows nothing that b refuses: each
// conjunct of b follows from a; each alternative of a is one of b's. Conjuncts and
// alternatives that are plain are compared by all values they can tell apart.
func within(a, b *Constraint, depth int) bool {
	if a.normal == b.normal {
		return true
	}
	if depth > deepestProof {
		return false
	}
	if depth > 0 && b.marks.exact && a.marks.exact || finite(a.expr) {
		return !gains(b, a)
	}
	if kinds, ok := kindsOf(b.expr); ok {
		return a.value.IncompleteKind()&^kinds == 0
	}
	if below, ok := structWithin(a, b, depth); ok {
		return below
	}
	if parts := b.operands(token.AND); len(parts) > 1 {
		return all(parts, func(part *Constraint) bool { return within(a, part, depth+1) })
	}
	if branches := a.operands(token.OR); len(branches) > 0 {
		return all(branches, func(branch *Constraint) bool { return within(branch, b, depth+1) })
	}
	if branches := b.operands(token.OR); len(branches) > 0 && slices.ContainsFunc(branches, func(branch *Constraint) bool { return branch != nil && within(a, branch, depth+1) }) {
		return true
	}
	if parts := a.operands(token.AND); len(parts) > 1 {
		return slices.ContainsFunc(parts, func(part *Constraint) bool { return part != nil && within(part, b, depth+1) })
	}
	return false
}

// finite says that an expression allows some values that it names, and no others.
func finite(x ast.Expr) bool {
	switch x := unwrapped(x).(type) {
	case *ast.BasicLit:
		return true
	case *ast.UnaryExpr:
		_, number := x.X.(*ast.BasicLit)
		return x.Op == token.SUB && number
	case *ast.BinaryExpr:
		switch x.Op {
		case token.AND:
			return finite(x.X) || finite(x.Y)
		case token.OR:
			return finite(x.X) && finite(x.Y)
		}
	}
	return false
}

// kindsOf are the kinds of values that an expression allows, if it allows all of them.
func kindsOf(x ast.Expr) (cue.Kind, bool) {
	switch x := unwrapped(x).(type) {
	case *ast.Ident:
		kind, ok := map[string]cue.Kind{
			"_": cue.TopKind, "string": cue.StringKind, "bool": cue.BoolKind, "int": cue.IntKind, "number": cue.NumberKind,
		}[x.Name]
		return kind, ok
	case *ast.ListLit:
		return cue.ListKind, isOpen(x.Elts)
	case *ast.BinaryExpr:
		a, all := kindsOf(x.X)
		b, too := kindsOf(x.Y)
		return a | b, x.Op == token.OR && all && too
	}
	return cue.BottomKind, false
}

// structWithin compares two struct literals of plain fields, which are open: each
// field that b has a must have, no less demanded and within. It does not tell for any others.
func structWithin(a, b *Constraint, depth int) (below, ok bool) {
	own, okA := plainFields(a.expr)
	wanted, okB := plainFields(b.expr)
	if !okA || !okB {
		return false, false
	}
	for label, f := range wanted {
		have, exists := own[label]
		if !exists || f.Constraint != token.OPTION && have.Constraint == token.OPTION {
			return false, true
		}
		inner, err := newConstraint(a.ctx, a.imports, have.Value)
		if err != nil {
			return false, true
		}
		outer, err := newConstraint(b.ctx, b.imports, f.Value)
		if err != nil || !within(inner, outer, depth+1) {
			return false, true
		}
	}
	return true, true
}

// plainFields are the fields of a struct literal that holds nothing but regular fields.
func plainFields(x ast.Expr) (map[string]*ast.Field, bool) {
	s, ok := unwrapped(x).(*ast.StructLit)
	if !ok {
		return nil, false
	}
	out := map[string]*ast.Field{}
	for _, e := range s.Elts {
		f, ok := e.(*ast.Field)
		if !ok {
			return nil, false
		}
		name, _, err := ast.LabelName(f.Label)
		if _, twice := out[name]; err != nil || twice || strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_") || f.Alias != nil {
			return nil, false
		}
		out[name] = f
	}
	return out, true
}

// operands are the conjuncts or the alternatives of a constraint, if there are several; nil among them is one
// that cannot stand alone. Alternatives that nothing satisfies are left out.
func (c *Constraint) operands(op token.Token) []*Constraint {
	parts := flat(c.expr, op)
	if op == token.OR {
		parts = branchesOf(c.expr)
	}
	if len(parts) < 2 {
		return nil
	}
	out, empty := make([]*Constraint, len(parts)), &Constraint{}
	for i, x := range parts {
		if part, err := newConstraint(c.ctx, c.imports, x); err == nil {
			out[i] = part
		} else if errors.Is(err, errEmpty) && op == token.OR {
			out[i] = empty
		}
	}
	return slices.DeleteFunc(out, func(part *Constraint) bool { return part == empty })
}

func all(list []*Constraint, holds func(*Constraint) bool) bool {
	return !slices.ContainsFunc(list, func(c *Constraint) bool { return c == nil || !holds(c) })
}

// gains says that some value is allowed by head and refused by base.
func gains(base, head *Constraint) bool {
	return slices.ContainsFunc(candidates(base, head), func(text string) bool {
		x := base.ctx.CompileString(text)
		return !Allows(base.value, x) && Allows(head.value, x)
	})
}
