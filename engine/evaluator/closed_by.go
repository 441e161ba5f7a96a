package evaluator

import (
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
)

// closedBy lists what refuses a field, by position: the definitions, and calls of
// close(), that the struct around it is made of and that do not allow its label.
func (d *desired) closedBy(at location) []place {
	if len(at) == 0 {
		return nil
	}
	parent, label := at[:len(at)-1], at[len(at)-1]
	selector := label.selector()
	found := map[place]bool{}
	var out []place
	add := func(p place) {
		if authored(p.file) && !found[p] {
			found[p] = true
			out = append(out, p)
		}
	}
	d.closers(d.instantiate(parent), selector, 0, add)
	return out
}

// closers follows a struct's conjuncts to what closes it against a label. A
// definition as a whole may allow a label that a part of it refuses.
func (d *desired) closers(v cue.Value, label cue.Selector, depth int, add func(place)) {
	found := false
	note := func(p place) { found = true; add(p) }
	d.closersBelow(v, label, false, depth, note)
	if !found {
		d.closersBelow(v, label, true, depth, note)
	}
}

// closersBelow goes through references, if deep also through those that as a whole allow the label.
func (d *desired) closersBelow(v cue.Value, label cue.Selector, deep bool, depth int, add func(place)) {
	if depth > 12 || !v.Exists() {
		return
	}
	op, args := v.Expr()
	if op == cue.AndOp {
		for _, arg := range args {
			d.closersBelow(arg, label, deep, depth+1, add)
		}
		return
	}
	allows := v.Allows(label)
	if allows && !deep {
		return
	}
	if root, path := v.ReferencePath(); root.Exists() && len(path.Selectors()) > 0 {
		target := root.LookupPath(path)
		if op, parts := target.Expr(); op == cue.AndOp {
			if whole := d.writtenWhole(parts, path); !allows && len(whole) > 0 {
				for _, p := range whole {
					add(p)
				}
				return
			}
			d.closersBelow(target, label, deep, depth+1, add)
			return
		}
		if target.Pos().IsValid() && !allows {
			add(placeOf(target.Pos()))
			return
		}
	}
	if allows {
		return
	}
	if source := v.Source(); source != nil {
		if f, ok := source.(*ast.Field); ok {
			add(placeOf(f.Value.Pos()))
			return
		}
	}
	if v.Pos().IsValid() {
		add(placeOf(v.Pos()))
	}
}

// writtenWhole are the structs in which the parts of a definition are written, if
// they are: {#A, b: int} closes as a whole, whatever it embeds.
func (d *desired) writtenWhole(parts []cue.Value, path cue.Path) []place {
	selectors := path.Selectors()
	name := selectors[len(selectors)-1].String()
	var out []place
	for _, part := range parts {
		if part.Source() == nil {
			continue // CUE keeps none of what stands beside an embedding
		}
		found := false
		for _, around := range d.index.around(part.Source()) {
			f, ok := around.(*ast.Field)
			if !ok || fieldLabel(f.Label) != name {
				continue
			}
			if _, found = f.Value.(*ast.StructLit); found && !slices.Contains(out, placeOf(f.Value.Pos())) {
				out = append(out, placeOf(f.Value.Pos()))
			}
			break
		}
		if !found {
			return nil
		}
	}
	return out
}

// instantiate is the desired value at a location, patterns applied where no field is.
func (d *desired) instantiate(at location) cue.Value {
	if v := lookupFrom(d.value, at); v.Exists() || len(at) == 0 {
		return v
	}
	whole, err := d.with(skeleton(at))
	if err != nil {
		return cue.Value{}
	}
	return lookupFrom(whole, at)
}

// skeleton is a value that has something at a location and says nothing about it.
func skeleton(at location) ast.Expr {
	var x ast.Expr = &ast.Ident{Name: "_"}
	for i := len(at) - 1; i >= 0; i-- {
		if at[i].kind == indexStep {
			list := &ast.ListLit{}
			for range at[i].index() {
				list.Elts = append(list.Elts, &ast.Ident{Name: "_"})
			}
			list.Elts = append(list.Elts, x, &ast.Ellipsis{})
			x = list
			continue
		}
		var label ast.Label = ast.NewString(at[i].label)
		if at[i].kind == definitionStep || at[i].kind == hiddenStep {
			label = ast.NewIdent(at[i].label)
		}
		x = &ast.StructLit{Elts: []ast.Decl{&ast.Field{Label: label, Value: x}}}
	}
	return x
}
