package evaluator

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// normalText writes what nodes say so that text with one meaning reads alike,
// wherever it stands and however it is laid out: without comments and attributes,
// members, conjuncts and alternatives sorted, and names replaced by what they
// stand for. Data is named by its path; constants, helpers and definitions are
// written out.
type normalText struct {
	program *syntax.Program
	desired cue.Value
	// written holds declarations that are written out already; "" is one on the way.
	written map[ast.Node]string
	// varies holds what is known of declarations: whether data decides what they say.
	varies map[ast.Node]bool
}

func newNormalText(d *desired) *normalText {
	return &normalText{program: d.scanInput().Program, desired: d.value, written: map[ast.Node]string{}, varies: map[ast.Node]bool{}}
}

// longestNormal is how many bytes of a declaration are written out in another; of longer ones there is a digest.
const longestNormal = 200

// of is the normal text of a node.
func (t *normalText) of(n ast.Node) string { return t.text(n, nil) }

// text writes a node; bound are the clauses around it within what is written.
func (t *normalText) text(n ast.Node, bound []ast.Node) string {
	switch n := n.(type) {
	case *ast.ParenExpr:
		return t.text(n.X, bound)
	case *ast.EmbedDecl:
		return t.text(n.Expr, bound)
	case *ast.Ident:
		return t.name(n, bound)
	case *ast.BasicLit:
		return literalText(n)
	case *ast.BinaryExpr:
		return t.binary(n, bound)
	case *ast.UnaryExpr:
		return n.Op.String() + t.text(n.X, bound)
	case *ast.SelectorExpr:
		return t.selector(n, bound)
	case *ast.IndexExpr:
		return t.text(n.X, bound) + "[" + t.text(n.Index, bound) + "]"
	case *ast.CallExpr:
		return t.text(n.Fun, bound) + "(" + strings.Join(t.texts(n.Args, bound), ", ") + ")"
	case *ast.ListLit:
		return "[" + strings.Join(t.texts(n.Elts, bound), ", ") + "]"
	case *ast.Ellipsis:
		if n.Type == nil {
			return "..."
		}
		return "..." + t.text(n.Type, bound)
	case *ast.StructLit:
		return t.structure(n.Elts, bound)
	case *ast.Field:
		return t.field(n, bound)
	case *ast.Comprehension:
		return t.comprehension(n, bound)
	case *ast.Interpolation:
		return "(" + strings.Join(t.texts(n.Elts, bound), "") + ")"
	case *ast.Alias:
		return t.text(n.Expr, bound)
	case *ast.BottomLit:
		return "_|_"
	case *ast.LetClause, *ast.Attribute, *ast.CommentGroup:
		return ""
	}
	text, err := format.Node(n)
	if err != nil {
		return "_|_"
	}
	return string(text)
}

func (t *normalText) texts(list []ast.Expr, bound []ast.Node) []string {
	out := make([]string, 0, len(list))
	for _, x := range list {
		out = append(out, t.text(x, bound))
	}
	return out
}

func literalText(x *ast.BasicLit) string {
	switch x.Kind {
	case token.STRING:
		if s, err := literal.Unquote(x.Value); err == nil && !strings.HasPrefix(strings.TrimLeft(x.Value, "#"), "'") {
			return literal.String.Quote(s)
		}
	case token.INT, token.FLOAT:
		var info literal.NumInfo
		if literal.ParseNum(x.Value, &info) == nil {
			return info.String()
		}
	}
	return x.Value
}

func (t *normalText) binary(x *ast.BinaryExpr, bound []ast.Node) string {
	if x.Op != token.AND && x.Op != token.OR {
		return "(" + t.text(x.X, bound) + " " + x.Op.String() + " " + t.text(x.Y, bound) + ")"
	}
	var parts []string
	for _, part := range operandsOf(x, x.Op) {
		parts = append(parts, t.text(part, bound))
	}
	slices.Sort(parts)
	return "(" + strings.Join(slices.Compact(parts), " "+x.Op.String()+" ") + ")"
}

// operandsOf are the operands of a chain of one operator.
func operandsOf(x ast.Expr, op token.Token) []ast.Expr {
	switch y := x.(type) {
	case *ast.ParenExpr:
		return operandsOf(y.X, op)
	case *ast.BinaryExpr:
		if y.Op == op {
			return append(operandsOf(y.X, op), operandsOf(y.Y, op)...)
		}
	}
	return []ast.Expr{x}
}

func (t *normalText) structure(decls []ast.Decl, bound []ast.Node) string {
	var parts []string
	for _, d := range decls {
		if text := t.text(d, bound); text != "" {
			parts = append(parts, text)
		}
	}
	if len(parts) == 1 {
		if _, embedded := decls[0].(*ast.EmbedDecl); embedded && len(decls) == 1 {
			return parts[0]
		}
	}
	slices.Sort(parts)
	return "{" + strings.Join(slices.Compact(parts), ", ") + "}"
}

func (t *normalText) field(f *ast.Field, bound []ast.Node) string {
	label := ""
	if name, static := syntax.StaticLabel(f); static {
		label = name
		if syntax.KindOfLabel(f) == syntax.Field {
			label = literal.String.Quote(name)
		}
	} else if pattern := syntax.Pattern(f); pattern != nil {
		label = "[" + t.text(pattern, bound) + "]"
	} else {
		label = "(" + t.text(syntax.Label(f), bound) + ")"
	}
	if f.Constraint == token.OPTION || f.Constraint == token.NOT {
		label += f.Constraint.String()
	}
	return label + ": " + t.text(f.Value, bound)
}

func (t *normalText) comprehension(x *ast.Comprehension, bound []ast.Node) string {
	var out strings.Builder
	for _, clause := range x.Clauses {
		switch c := clause.(type) {
		case *ast.ForClause:
			out.WriteString("for in " + t.text(c.Source, bound) + " ")
			bound = append(slices.Clone(bound), c)
		case *ast.IfClause:
			out.WriteString("if " + t.text(c.Condition, bound) + " ")
		}
	}
	return out.String() + t.text(x.Value, bound)
}

// name writes what an identifier stands for.
func (t *normalText) name(id *ast.Ident, bound []ast.Node) string {
	m := t.program.Meaning(id)
	switch m.Kind {
	case syntax.ForVariable:
		if i := slices.Index(bound, m.Source); i >= 0 {
			which := "value"
			if loop, ok := m.Source.(*ast.ForClause); ok && loop.Key != nil && loop.Key.Name == id.Name {
				which = "key"
			}
			return "@" + which + strconv.Itoa(i)
		}
	case syntax.LabelAlias:
		return "@label"
	case syntax.Observed:
		return "#observed"
	case syntax.Import:
		return m.Import
	case syntax.Let, syntax.Hidden, syntax.Definition:
		return t.meaning(m.Declarations)
	case syntax.Field, syntax.ValueAlias:
		return t.data(id.Name, m.Declarations)
	}
	return id.Name
}

// selector writes x.y; where x is a package of the workspace, what it says of y.
func (t *normalText) selector(x *ast.SelectorExpr, bound []ast.Node) string {
	name, _, _ := ast.LabelName(x.Sel)
	if id, ok := x.X.(*ast.Ident); ok {
		if m := t.program.Meaning(id); m.Kind == syntax.Import && !m.Standard {
			if inside := t.program.MemberAlone(m.Import, name); len(inside.Declarations) > 0 {
				return t.meaning(inside.Declarations)
			}
		}
	}
	return t.text(x.X, bound) + "." + name
}

// meaning writes out all that declarations say of one name.
func (t *normalText) meaning(declarations []syntax.Declaration) string {
	var parts []string
	for _, d := range declarations {
		text, known := t.written[d.Value]
		if !known {
			t.written[d.Value] = "@itself"
			text = t.text(d.Value, nil)
			if len(text) > longestNormal {
				sum := sha256.Sum256([]byte(text))
				text = "@" + hex.EncodeToString(sum[:12])
			}
			t.written[d.Value] = text
		}
		if text != "_" {
			parts = append(parts, text)
		}
	}
	slices.Sort(parts)
	if parts = slices.Compact(parts); len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, " & ") + ")"
}

// conjuncts are the normal texts of what an expression unifies, through names of
// helpers and definitions.
func (t *normalText) conjuncts(x ast.Expr, depth int) []string {
	var out []string
	for _, part := range operandsOf(x, token.AND) {
		id, ok := part.(*ast.Ident)
		if !ok || depth > 16 {
			out = append(out, t.of(part))
			continue
		}
		m := t.program.Meaning(id)
		if m.Kind != syntax.Let && m.Kind != syntax.Hidden && m.Kind != syntax.Definition {
			out = append(out, t.of(part))
			continue
		}
		for _, d := range m.Declarations {
			out = append(out, t.conjuncts(d.Value, depth+1)...)
		}
	}
	return slices.DeleteFunc(out, func(text string) bool { return text == "_" })
}

// data names a place of the tree: what is fixed there, else its path, as far as no pattern or definition is on the way.
func (t *normalText) data(name string, declarations []syntax.Declaration) string {
	for _, d := range declarations {
		if d.Path != nil && !slices.ContainsFunc(d.Path, func(label string) bool { return strings.HasPrefix(label, "#") || strings.HasPrefix(label, "_") }) {
			if v := t.at(d.Path); v.Exists() && isConcreteScalar(v) {
				return writtenValue(v)
			}
			return "@." + strings.Join(d.Path, ".")
		}
	}
	return "@" + name
}

func (t *normalText) at(path []string) cue.Value {
	v := t.desired
	for _, label := range path {
		if !v.Exists() {
			break
		}
		v = v.LookupPath(cue.MakePath(cue.Str(label)))
	}
	return v
}

// readsData says that data decides what a node means: it names data that is not
// fixed, the observed state or a label, itself or through what it names.
func (t *normalText) readsData(n ast.Node) bool {
	reads := false
	ast.Walk(n, func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok {
			if _, static := syntax.StaticLabel(f); static { // a label is no name for anything
				reads = reads || t.readsData(f.Value)
				return false
			}
		}
		if s, ok := n.(*ast.SelectorExpr); ok {
			reads = reads || t.readsData(s.X) || t.readsMember(s)
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			reads = reads || t.namesData(id)
		}
		return !reads
	}, nil)
	return reads
}

func (t *normalText) readsMember(s *ast.SelectorExpr) bool {
	id, ok := s.X.(*ast.Ident)
	if !ok {
		return false
	}
	m := t.program.Meaning(id)
	if m.Kind != syntax.Import || m.Standard {
		return false
	}
	name, _, _ := ast.LabelName(s.Sel)
	return t.anyReads(t.program.MemberAlone(m.Import, name).Declarations)
}

func (t *normalText) namesData(id *ast.Ident) bool {
	m := t.program.Meaning(id)
	switch m.Kind {
	case syntax.Observed, syntax.LabelAlias:
		return true
	case syntax.Field, syntax.ValueAlias:
		return strings.HasPrefix(t.data(id.Name, m.Declarations), "@")
	case syntax.Let, syntax.Hidden:
		return t.anyReads(m.Declarations)
	}
	return false
}

func (t *normalText) anyReads(declarations []syntax.Declaration) bool {
	return slices.ContainsFunc(declarations, func(d syntax.Declaration) bool {
		known, ok := t.varies[d.Value]
		if !ok {
			t.varies[d.Value] = false // on the way
			known = t.readsData(d.Value)
			t.varies[d.Value] = known
		}
		return known
	})
}
