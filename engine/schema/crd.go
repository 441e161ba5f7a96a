package schema

import (
	"fmt"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/encoding/jsonschema"

	"congruent.dev/engine/traced"
)

// FromCRD makes CUE of a CustomResourceDefinition: the schema of each version that is
// served applies to the objects of its kind in the tree of objects, which stands at a
// path. It is closed, since an API server drops what a schema does not know: who asks
// for such a field asks for what can never be there. Lists with keys are maps, as in
// the tree, unless they are to stay plain.
func FromCRD(source *Source, path []*string, plain bool) Result {
	doc := source.Expr
	spec := at(doc, "spec")
	kind, group := textOf(at(spec, "names", "kind")), textOf(at(spec, "group"))
	if textOf(at(doc, "kind")) != "CustomResourceDefinition" || kind == "" || group == "" {
		return Result{Problems: []Told{{doc.Pos(), "the document is no CustomResourceDefinition with `spec.group` and `spec.names.kind`"}}}
	}
	if told := tooMuch(doc); len(told) > 0 {
		return Result{Problems: told}
	}
	c := crd{source: source, kind: kind, group: group, scope: "namespaces", path: path, known: map[string]bool{}}
	if textOf(at(spec, "scope")) == "Cluster" {
		c.scope = "cluster"
	}
	for _, version := range elements(at(spec, "versions")) {
		if served := at(version, "served"); served != nil && !isTrue(served) {
			continue
		}
		schema := at(version, "schema", "openAPIV3Schema")
		if schema == nil {
			schema = at(spec, "validation", "openAPIV3Schema")
		}
		c.version(version, schema, plain)
	}
	if len(c.problems) > 0 || len(c.versions) == 0 {
		return Result{Problems: sorted(c.problems), Text: traced.Write(&ast.File{Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent("schema")}}})}
	}
	c.notes = append(c.notes, c.rulesNote(doc)...)
	c.notes = append(c.notes, formatNotes(spec)...)
	return Result{Text: traced.Write(c.file()), Notes: sorted(c.notes)}
}

// crd is a definition on its way to CUE.
type crd struct {
	source             *Source
	kind, group, scope string
	path               []*string
	versions           []crdVersion
	imports            []ast.Decl
	helpers            []ast.Decl
	known              map[string]bool // names of imports and helpers
	problems, notes    []Told
}

// crdVersion is a version that is served; schema is nil where it has none.
type crdVersion struct {
	name   ast.Expr
	schema ast.Expr
}

func (c *crd) version(version, schema ast.Expr, plain bool) {
	name := at(version, "name")
	if textOf(name) == "" {
		c.problems = append(c.problems, Told{version.Pos(), "a version needs `name`"})
		return
	}
	out := crdVersion{name: name}
	if schema != nil {
		inTree := rekeyed(schema, plain)
		made := extract(c.source, inTree, jsonschema.Config{DefaultVersion: jsonschema.VersionKubernetesCRD})
		c.problems, c.notes = append(c.problems, made.problems...), append(c.notes, made.notes...)
		out.schema = made.root
		for _, d := range append(made.imports, made.definitions...) {
			if name := nameOf(d); !c.known[name] {
				c.known[name] = true
				if _, ok := d.(*ast.ImportDecl); ok {
					c.imports = append(c.imports, d)
				} else {
					c.helpers = append(c.helpers, d)
				}
			}
		}
	}
	c.versions = append(c.versions, out)
}

func nameOf(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.ImportDecl:
		return d.Specs[0].Path.Value
	case *ast.Field:
		if id, ok := d.Label.(*ast.Ident); ok {
			return id.Name
		}
	}
	return ""
}

// file puts the versions where the objects of the kind are.
func (c *crd) file() *ast.File {
	named := &ast.StructLit{}
	object := &ast.StructLit{}
	var allowed ast.Expr
	for _, v := range c.versions {
		version := ast.NewString(c.group + "/" + textOf(v.name))
		ast.SetPos(version, v.name.Pos())
		if allowed == nil {
			allowed = version
		} else {
			allowed = ast.NewBinExpr(token.OR, allowed, version)
		}
		if v.schema == nil {
			continue
		}
		label := ast.NewString(textOf(v.name))
		ast.SetPos(label, v.name.Pos())
		named.Elts = append(named.Elts, &ast.Field{Label: label, Value: v.schema})
		object.Elts = append(object.Elts, c.applied(textOf(v.name)))
	}
	label := ast.NewString("apiVersion")
	ast.SetPos(label, c.versions[0].name.Pos())
	object.Elts = append([]ast.Decl{&ast.Field{Label: label, Constraint: token.OPTION, Value: allowed}}, object.Elts...)

	file := &ast.File{Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent("schema")}}}
	file.Decls = append(file.Decls, c.imports...)
	if len(c.versions) > 1 {
		file.Decls = append(file.Decls, &ast.Field{Label: ast.NewIdent("#observed"), Value: ast.NewIdent("_")})
	}
	path := append([]*string{}, c.path...)
	path = append(path, &c.scope)
	if c.scope == "namespaces" {
		path = append(path, nil)
	}
	groupKind := c.kind + "." + c.group
	path = append(path, &groupKind, nil)
	file.Decls = append(file.Decls, atPath(path, object, c.source.Expr.Pos())...)
	file.Decls = append(file.Decls, &ast.Field{Label: ast.NewIdent(c.name()), Value: named})
	file.Decls = append(file.Decls, c.helpers...)
	nameLabels(file.Decls)
	return file
}

func (c *crd) name() string {
	if ast.IsValidIdent(c.kind) {
		return namePrefx + c.kind
	}
	return namePrefx + "Kind"
}

// applied embeds the schema of a version; of several, where the object that was
// observed says that it is of this version.
func (c *crd) applied(version string) ast.Decl {
	embedded := &ast.EmbedDecl{Expr: &ast.IndexExpr{X: ast.NewIdent(c.name()), Index: ast.NewString(version)}}
	if len(c.versions) == 1 {
		return embedded
	}
	read := "#observed"
	for _, label := range append(append([]*string{}, c.path...), &c.scope) {
		read += fmt.Sprintf("[%s]", ast.NewString(*label).Value)
	}
	if c.scope == "namespaces" {
		read += "[ns]"
	}
	read += fmt.Sprintf("[%s][name].apiVersion", ast.NewString(c.kind+"."+c.group).Value)
	condition := func(text string) ast.Clause {
		x, err := parser.ParseExpr("", text)
		if err != nil {
			x = ast.NewBool(true)
		}
		return &ast.IfClause{Condition: x}
	}
	return &ast.Comprehension{
		Clauses: []ast.Clause{condition(read + " != _|_"), condition(read + " == " + ast.NewString(c.group+"/"+version).Value)},
		Value:   &ast.StructLit{Elts: []ast.Decl{embedded}},
	}
}

// nameLabels names the patterns for namespaces and objects, which conditions read.
func nameLabels(decls []ast.Decl) {
	names := []string{"ns", "name"}
	var patterns []*ast.ListLit
	for len(decls) == 1 || len(patterns) == 0 {
		var next *ast.Field
		for _, d := range decls {
			if f, ok := d.(*ast.Field); ok && next == nil {
				if id, ok := f.Label.(*ast.Ident); !ok || id.Name[0] != '#' && id.Name[0] != '_' {
					next = f
				}
			}
		}
		if next == nil {
			break
		}
		if pattern, ok := next.Label.(*ast.ListLit); ok {
			patterns = append(patterns, pattern)
		}
		s, ok := next.Value.(*ast.StructLit)
		if !ok {
			break
		}
		decls = s.Elts
	}
	if len(patterns) == 1 {
		names = names[1:]
	}
	for i, pattern := range patterns {
		pattern.Elts[0] = &ast.Alias{Ident: ast.NewIdent(names[i]), Expr: pattern.Elts[0]}
	}
}

// rulesNote tells that rules in the language of API servers are not checked.
func (c *crd) rulesNote(doc ast.Expr) []Told {
	count, first := 0, token.NoPos
	each(doc, nil, func(f *ast.Field, _ []string) {
		if labelOf(f) != "x-kubernetes-validations" {
			return
		}
		if n := len(elements(f.Value)); n > 0 {
			if count == 0 {
				first = f.Label.Pos()
			}
			count += n
		}
	})
	if count == 0 {
		return nil
	}
	return []Told{{first, fmt.Sprintf("`x-kubernetes-validations` of `%s.%s` are not checked (%d rules): only an API server evaluates CEL", c.kind, c.group, count)}}
}
