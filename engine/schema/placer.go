package schema

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// placer gives the syntax that the importer made, where it has no position, that of
// the keyword it was made of, and mends what the importer words badly.
type placer struct {
	source *Source
	// schemas are what definitions were made of, by their path.
	schemas map[string]ast.Expr
}

// expr places an expression that was made of a schema.
func (p *placer) expr(x ast.Expr, schema ast.Expr, key token.Pos) ast.Expr {
	if !hasPosition(x) {
		if f := firstMember(schema, "type", "$ref", "enum", "const"); f != nil {
			ast.SetPos(x, f.Label.Pos())
		} else {
			ast.SetPos(x, key)
		}
	}
	switch x := x.(type) {
	case *ast.BinaryExpr:
		x.X, x.Y = p.expr(x.X, schema, key), p.expr(x.Y, schema, key)
	case *ast.ParenExpr:
		x.X = p.expr(x.X, schema, key)
	case *ast.StructLit:
		if f := firstMember(schema, "properties", "type"); f != nil {
			x.Lbrace = f.Label.Pos() // SetPos would move the first member
		}
		p.decls(x.Elts, schema, key)
	case *ast.ListLit:
		p.list(x, schema, key)
	case *ast.CallExpr:
		return p.call(x, schema, key)
	}
	return x
}

func hasPosition(n ast.Node) bool {
	return n.Pos().IsValid() && n.Pos().Filename() != ""
}

func firstMember(x ast.Expr, labels ...string) *ast.Field {
	for _, label := range labels {
		if f := member(x, label); f != nil {
			return f
		}
	}
	return nil
}

// below is the schema that a keyword holds, at a label if it holds several, and the position of its key.
func below(schema ast.Expr, key token.Pos, keyword string, label ...string) (ast.Expr, token.Pos) {
	f := member(schema, keyword)
	if f == nil {
		return nil, key
	}
	if len(label) == 0 {
		return f.Value, f.Label.Pos()
	}
	if f = member(f.Value, label[0]); f == nil {
		return nil, key
	}
	return f.Value, f.Label.Pos()
}

func (p *placer) decls(decls []ast.Decl, schema ast.Expr, key token.Pos) {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.Field:
			p.field(d, schema, key)
		case *ast.EmbedDecl:
			d.Expr = p.expr(d.Expr, schema, key)
		case *ast.Comprehension:
			if s, ok := d.Value.(*ast.StructLit); ok {
				p.decls(s.Elts, schema, key)
			}
		}
	}
}

func (p *placer) field(f *ast.Field, schema ast.Expr, key token.Pos) {
	if pattern, ok := f.Label.(*ast.ListLit); ok {
		value, at := p.pattern(pattern, schema, key)
		ast.SetPos(pattern, at)
		f.Value = p.expr(f.Value, value, at)
		return
	}
	if name, ok := f.Label.(*ast.Ident); ok {
		p.definition(name.Name, f, schema, key)
		return
	}
	label, ok := f.Label.(*ast.BasicLit)
	if !ok {
		return
	}
	name := textOf(label)
	value, at := below(schema, key, "properties", name)
	if entry := requiredEntry(schema, name); entry != nil && f.Constraint == token.NOT {
		ast.SetPos(label, entry.Pos())
		if value == nil {
			at = entry.Pos()
		}
	} else {
		ast.SetPos(label, at)
	}
	f.Value = p.expr(f.Value, value, at)
}

// definition places what others refer to.
func (p *placer) definition(name string, f *ast.Field, schema ast.Expr, key token.Pos) {
	switch {
	case name == rootName:
		f.Value = p.expr(f.Value, schema, key)
	case name == otherDefs:
		for _, other := range fieldsOf(f.Value) {
			label, _ := other.Label.(*ast.BasicLit)
			if label == nil {
				continue
			}
			if of := p.schemas[name+"."+label.Value]; of != nil {
				other.Value = p.expr(other.Value, of, of.Pos())
			}
		}
	case p.schemas[name] != nil:
		f.Value = p.expr(f.Value, p.schemas[name], p.schemas[name].Pos())
	default: // what every object has
		ast.SetPos(f.Label, key)
		p.decls(membersOf(f.Value), nil, key)
	}
}

func membersOf(x ast.Expr) []ast.Decl {
	if s, ok := x.(*ast.StructLit); ok {
		return s.Elts
	}
	return nil
}

// pattern is the schema behind a pattern of labels.
func (p *placer) pattern(pattern *ast.ListLit, schema ast.Expr, key token.Pos) (ast.Expr, token.Pos) {
	if match, ok := pattern.Elts[0].(*ast.UnaryExpr); ok && match.Op == token.MAT {
		if value, at := below(schema, key, "patternProperties", textOf(match.X)); value != nil {
			return value, at
		}
	}
	if member(schema, "additionalProperties") == nil {
		return below(schema, key, "propertyNames")
	}
	return below(schema, key, "additionalProperties")
}

// requiredEntry is where a schema says that a member must be there.
func requiredEntry(schema ast.Expr, name string) ast.Expr {
	for _, e := range elements(at(schema, "required")) {
		if textOf(e) == name {
			return e
		}
	}
	return nil
}

func (p *placer) list(x *ast.ListLit, schema ast.Expr, key token.Pos) {
	prefix := elements(at(schema, "prefixItems"))
	if prefix == nil {
		prefix = elements(at(schema, "items"))
	}
	for i, e := range x.Elts {
		switch e := e.(type) {
		case *ast.Ellipsis:
			value, at := below(schema, key, "items")
			if elements(value) != nil {
				value, at = below(schema, key, "additionalItems")
			}
			if e.Type != nil {
				e.Type = p.expr(e.Type, value, at)
			}
		default:
			if name, ok := e.(*ast.Ident); i < len(prefix) && (!ok || name.Name != "_") {
				x.Elts[i] = p.expr(e, prefix[i], prefix[i].Pos())
			}
		}
	}
}

func (p *placer) call(x *ast.CallExpr, schema ast.Expr, key token.Pos) ast.Expr {
	name, _ := x.Fun.(*ast.Ident)
	switch {
	case name == nil:
		if len(x.Args) == 2 { // list.MatchN
			value, at := below(schema, key, "contains")
			x.Args[1] = p.expr(x.Args[1], value, at)
		}
	case name.Name == "close":
		if f := member(schema, "additionalProperties"); f != nil {
			ast.SetPos(x, f.Label.Pos())
		}
		x.Args[0] = p.expr(x.Args[0], schema, key)
	case name.Name == "error":
		x.Args[0] = ast.NewString("the schema allows no value here")
	case name.Name == "matchIf":
		for i, keyword := range []string{"if", "then", "else"} {
			value, at := below(schema, key, keyword)
			x.Args[i] = p.expr(x.Args[i], value, at)
		}
	case name.Name == "matchN":
		return p.matchN(x, schema)
	}
	return x
}

// matchN places the alternatives of a count. Of allOf it makes a conjunction: a count tells
// neither which part failed nor where, and the importer counts parts that it has left out.
func (p *placer) matchN(x *ast.CallExpr, schema ast.Expr) ast.Expr {
	alternatives, ok := x.Args[1].(*ast.ListLit)
	if !ok || len(alternatives.Elts) == 0 {
		return x
	}
	path := p.source.Place(x.Pos()).Path
	keyword := ""
	if len(path) > 0 {
		keyword = path[len(path)-1]
	}
	of := at(schema, keyword)
	ast.SetPos(alternatives, x.Pos())
	for i, e := range alternatives.Elts {
		value, at := of, x.Pos()
		if list := elements(of); list != nil {
			value, at = nil, x.Pos()
			if i < len(list) && len(list) == len(alternatives.Elts) {
				value, at = list[i], list[i].Pos()
			}
			for n := range list {
				if n < len(list) && p.within(e, list[n]) {
					value, at = list[n], list[n].Pos()
				}
			}
		}
		alternatives.Elts[i] = p.expr(e, value, at)
	}
	if keyword != "allOf" {
		return x
	}
	all := alternatives.Elts[0]
	for _, e := range alternatives.Elts[1:] {
		all = ast.NewBinExpr(token.AND, all, e)
	}
	return all
}

// within says that syntax was made of something in a schema.
func (p *placer) within(x ast.Expr, schema ast.Expr) bool {
	if !hasPosition(x) || !schema.Pos().IsValid() {
		return false
	}
	outer, inner := p.source.Place(schema.Pos()).Path, p.source.Place(x.Pos()).Path
	if len(inner) < len(outer) || len(outer) == 0 {
		return false
	}
	for i := range outer {
		if outer[i] != inner[i] {
			return false
		}
	}
	return true
}
