package relation

import (
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/literal"
)

// Bounds of what is made up of a struct or a list.
const (
	deepestSample   = 6
	mostPerField    = 6
	mostOfStructure = 160
	longestList     = 64
	mostInExample   = 20
)

// structures are structs and lists that two constraints may tell apart.
func structures(base, head *Constraint) []string {
	marks := base.marks.join(head.marks)
	var out []string
	for _, c := range []*Constraint{base, head} {
		m := maker{ctx: c.ctx, lengths: marks}
		out = append(out, m.variants(c.value, 0)...)
	}
	return out
}

// Example is a value, as CUE text, that a constraint allows.
func Example(v cue.Value) (text string, ok bool) {
	m := maker{ctx: v.Context(), lengths: landmarks{}}
	for _, text := range m.allowed(v, 1, 0) {
		return text, true
	}
	return "", false
}

type maker struct {
	ctx     *cue.Context
	lengths landmarks
}

// variants are structs and lists near what a constraint allows.
func (m maker) variants(v cue.Value, depth int) []string {
	if depth > deepestSample {
		return nil
	}
	switch op, args := v.Expr(); {
	case op == cue.OrOp:
		var out []string
		for _, branch := range args {
			out = append(out, m.variants(branch, depth+1)...)
		}
		return out
	case op == cue.CallOp:
		var out []string
		for _, arg := range args {
			if arg.IncompleteKind() == cue.ListKind {
				elements, err := arg.List()
				for err == nil && elements.Next() {
					out = append(out, m.variants(elements.Value(), depth+1)...)
				}
				continue
			}
			out = append(out, m.variants(arg, depth+1)...)
		}
		return append(out, m.lists(v, depth)...)
	case v.IncompleteKind() == cue.StructKind && v.Kind() == cue.StructKind:
		return m.structs(v, depth)
	case v.IncompleteKind() == cue.ListKind:
		return m.lists(v, depth)
	}
	return nil
}

// allowed are some values that a constraint allows.
func (m maker) allowed(v cue.Value, most, depth int) []string {
	if depth > deepestSample || v.Err() != nil {
		return nil
	}
	if v.IsConcrete() && v.IncompleteKind()&(cue.StructKind|cue.ListKind) == 0 {
		return []string{scalarText(v)}
	}
	var list []string
	if v.IncompleteKind()&(cue.StructKind|cue.ListKind) != 0 {
		list = m.variants(v, depth)
	}
	_, expr := split(v.Syntax(cue.Attributes(false)))
	if expr != nil && v.IncompleteKind()&^(cue.StructKind|cue.ListKind) != 0 {
		list = append(list, landmarksOf(expr).candidates()...)
	}
	var out []string
	for _, text := range list {
		if len(out) == most {
			break
		}
		if Allows(v, m.ctx.CompileString(text)) {
			out = append(out, text)
		}
	}
	return out
}

func scalarText(v cue.Value) string {
	if s, err := v.String(); err == nil {
		return literal.String.Quote(s)
	}
	text, err := v.MarshalJSON()
	if err != nil {
		return "_|_"
	}
	return string(text)
}

type member struct {
	label    string
	values   []string
	optional bool
}

// structs are a struct with one value for each member that it needs, and the same
// with one member otherwise, left out, or more.
func (m maker) structs(v cue.Value, depth int) []string {
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return nil
	}
	var members []member
	for fields.Next() {
		value := fields.Value()
		members = append(members, member{
			label:    fields.Selector().Unquoted(),
			values:   m.allowed(value, mostPerField, depth+1),
			optional: fields.FieldType()&cue.OptionalConstraint != 0,
		})
	}
	whole := map[string]string{}
	for _, f := range members {
		if !f.optional && len(f.values) > 0 {
			whole[f.label] = f.values[0]
		}
	}
	out := []string{structText(whole)}
	other := func(label, value string) {
		again := map[string]string{}
		for l, x := range whole {
			again[l] = x
		}
		again[label] = value
		if value == "" {
			delete(again, label)
		}
		out = append(out, structText(again))
	}
	for _, f := range members {
		for _, value := range append(slices.Clone(f.values), "1", `"text"`) {
			other(f.label, value)
		}
		if !f.optional {
			other(f.label, "")
		}
	}
	label := "other"
	for slices.ContainsFunc(members, func(f member) bool { return f.label == label }) {
		label += "s"
	}
	other(label, "1")
	return out[:min(len(out), mostOfStructure)]
}

func structText(members map[string]string) string {
	var parts []string
	for label, value := range members {
		parts = append(parts, literal.String.Quote(label)+": "+value)
	}
	slices.Sort(parts)
	return "{" + strings.Join(parts, ", ") + "}"
}

// lists are lists of several lengths and with several elements.
func (m maker) lists(v cue.Value, depth int) []string {
	elements, err := v.List()
	if err != nil {
		return []string{"[]"}
	}
	var head []string
	for elements.Next() {
		values := m.allowed(elements.Value(), 1, depth+1)
		if len(values) == 0 {
			return nil
		}
		head = append(head, values[0])
	}
	out := []string{"[" + strings.Join(head, ", ") + "]"}
	rest := []string{"1", `"text"`, "{}"}
	if any := v.LookupPath(cue.MakePath(cue.AnyIndex)); any.Exists() {
		rest = append(m.allowed(any, mostPerField, depth+1), rest...)
	}
	for _, value := range rest {
		out = append(out, "["+strings.Join(append(slices.Clone(head), value), ", ")+"]")
	}
	for _, size := range m.sizes() {
		for k := range 2 {
			list := slices.Clone(head)
			for len(list) < size {
				list = append(list, rest[(len(list)*k)%len(rest)])
			}
			out = append(out, "["+strings.Join(list, ", ")+"]")
		}
	}
	return out[:min(len(out), mostOfStructure)]
}

// sizes are lengths that numbers in a constraint may mean.
func (m maker) sizes() []int {
	out := []int{1, 2, 3}
	for _, n := range m.lengths.numbers {
		text := decimal(n)
		size, err := strconv.Atoi(text)
		if err != nil || size > longestList {
			continue
		}
		out = append(out, size-1, size, size+1)
	}
	return slices.DeleteFunc(out, func(size int) bool { return size < 0 })
}

// Beyond is a struct, as JSON text, that a constraint allows but for a label that
// the constraint does not name.
func Beyond(v cue.Value) (text string, ok bool) {
	fields, err := v.Fields(cue.Optional(true))
	if err != nil {
		return "", false
	}
	m := maker{ctx: v.Context()}
	whole := map[string]string{}
	label := "other"
	for fields.Next() {
		name := fields.Selector().Unquoted()
		if name == label {
			label += "s"
		}
		if len(whole) > mostInExample {
			return "", false
		}
		if fields.FieldType()&cue.OptionalConstraint != 0 {
			continue
		}
		values := m.allowed(fields.Value(), 1, 1)
		if len(values) == 0 {
			return "", false
		}
		whole[name] = values[0]
	}
	whole[label] = "1"
	return jsonOf(m.ctx.CompileString(structText(whole))), true
}
