package schema

import (
	"fmt"
	"slices"

	"cuelang.org/go/cue/ast"
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
	if len(c.versions) > 1 {
		c.withoutVersions()
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

// crdVersion is a version that is served, or several with one schema; it is nil where there is none.
type crdVersion struct {
	names  []ast.Expr
	text   string
	schema ast.Expr
}

func (c *crd) version(version, schema ast.Expr, plain bool) {
	name := at(version, "name")
	if textOf(name) == "" {
		c.problems = append(c.problems, Told{version.Pos(), "a version needs `name`"})
		return
	}
	out := crdVersion{names: []ast.Expr{name}}
	if schema != nil {
		inTree := rekeyed(schema, plain)
		out.text = dataText(inTree)
		for i := range c.versions {
			if c.versions[i].text == out.text {
				c.versions[i].names = append(c.versions[i].names, name)
				return
			}
		}
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
	var all []ast.Expr
	for _, v := range c.versions {
		all = append(all, v.names...)
		if v.schema == nil {
			continue
		}
		label := ast.NewString(textOf(v.names[0]))
		ast.SetPos(label, v.names[0].Pos())
		named.Elts = append(named.Elts, &ast.Field{Label: label, Value: v.schema})
		object.Elts = append(object.Elts, c.applied(v))
	}
	object.Elts = append([]ast.Decl{c.versionField(all)}, object.Elts...)
	if len(c.versions) > 1 { // what every object has, whatever its version
		object.Elts = append(object.Elts,
			&ast.Field{Label: ast.NewIdent("kind"), Constraint: token.OPTION, Value: ast.NewIdent("string")},
			&ast.Field{Label: ast.NewIdent("metadata"), Constraint: token.OPTION, Value: ast.NewStruct(&ast.Ellipsis{})})
	}
	file := &ast.File{Decls: append([]ast.Decl{&ast.Package{Name: ast.NewIdent("schema")}}, c.imports...)}
	path := append(append([]*string{}, c.path...), &c.scope)
	if c.scope == "namespaces" {
		path = append(path, nil)
	}
	groupKind := c.kind + "." + c.group
	path = append(path, &groupKind, nil)
	file.Decls = append(file.Decls, atPath(path, object, c.source.Expr.Pos())...)
	file.Decls = append(file.Decls, &ast.Field{Label: ast.NewIdent(c.name()), Value: named})
	file.Decls = append(file.Decls, c.helpers...)
	return file
}

// withoutVersions takes out of schemas what they say of the member that chooses among them.
func (c *crd) withoutVersions() {
	for _, v := range c.versions {
		s, ok := v.schema.(*ast.StructLit)
		if !ok {
			continue
		}
		s.Elts = slices.DeleteFunc(s.Elts, func(d ast.Decl) bool {
			switch d := d.(type) {
			case *ast.Field:
				label, ok := d.Label.(*ast.BasicLit)
				return ok && textOf(label) == "apiVersion"
			case *ast.EmbedDecl:
				name, ok := d.Expr.(*ast.Ident)
				return ok && name.Name == embeddedResource
			}
			return false
		})
	}
}

// embeddedResource is what the importer calls what all objects have.
const embeddedResource = "_embeddedResource"

// versionField says which versions an object may be of.
func (c *crd) versionField(names []ast.Expr) *ast.Field {
	var allowed ast.Expr
	for _, name := range names {
		version := c.apiVersion(name)
		if allowed == nil {
			allowed = version
		} else {
			allowed = ast.NewBinExpr(token.OR, allowed, version)
		}
	}
	label := ast.NewIdent("apiVersion")
	ast.SetPos(label, names[0].Pos())
	return &ast.Field{Label: label, Constraint: token.OPTION, Value: allowed}
}

func (c *crd) apiVersion(name ast.Expr) ast.Expr {
	version := ast.NewString(c.group + "/" + textOf(name))
	ast.SetPos(version, name.Pos())
	return version
}

// applied embeds the schema of a version; of several, where the object says that it is
// of this version.
func (c *crd) applied(v crdVersion) ast.Decl {
	schema := &ast.EmbedDecl{Expr: &ast.IndexExpr{X: ast.NewIdent(c.name()), Index: ast.NewString(textOf(v.names[0]))}}
	if len(c.versions) == 1 {
		return schema
	}
	var is ast.Expr
	for _, name := range v.names {
		one := ast.NewBinExpr(token.EQL, ast.NewIdent("apiVersion"), c.apiVersion(name))
		if is == nil {
			is = one
		} else {
			is = ast.NewBinExpr(token.LOR, is, one)
		}
	}
	given := ast.NewBinExpr(token.NEQ, ast.NewIdent("apiVersion"), &ast.BottomLit{})
	return &ast.Comprehension{
		Clauses: []ast.Clause{&ast.IfClause{Condition: given}, &ast.IfClause{Condition: is}},
		Value:   &ast.StructLit{Elts: []ast.Decl{schema}},
	}
}

func (c *crd) name() string {
	if ast.IsValidIdent(c.kind) {
		return namePrefx + c.kind
	}
	return namePrefx + "Kind"
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
