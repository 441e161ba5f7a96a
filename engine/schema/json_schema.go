package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/encoding/jsonschema"

	"congruent.dev/engine/traced"
)

// Names of the importer's that the made text declares; all are hidden, since
// definitions of all parts of a desired state are one.
const (
	rootName  = "_schema"
	namePrefx = "_#"
	otherDefs = "_#defs"
)

// elsewhere is the import path of what a `$ref` names outside of its document.
const elsewhere = "elsewhere.invalid/schema"

// FromJSONSchema makes CUE of a JSON Schema; at says where it applies, nil for any
// one label. A schema asks for nothing itself: the last label is optional.
func FromJSONSchema(source *Source, at []*string) Result {
	if told := tooMuch(source.Expr); len(told) > 0 {
		return Result{Problems: told}
	}
	made := extract(source, source.Expr, jsonschema.Config{DefaultVersion: jsonschema.VersionDraft2020_12})
	result := Result{Problems: made.problems, Notes: made.notes}
	if len(result.Problems) > 0 {
		return result
	}
	result.Notes = sorted(append(result.Notes, formatNotes(source.Expr)...))
	file := &ast.File{Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent("schema")}}}
	file.Decls = append(file.Decls, made.imports...)
	file.Decls = append(file.Decls, atPath(at, made.root, source.Expr.Pos())...)
	file.Decls = append(file.Decls, made.definitions...)
	result.Text = traced.Write(file)
	return result
}

// extracted is what the importer made of one schema.
type extracted struct {
	imports     []ast.Decl
	root        ast.Expr
	definitions []ast.Decl
	problems    []Told
	notes       []Told
}

// extract runs the importer on a schema of a document.
func extract(source *Source, schema ast.Expr, config jsonschema.Config) (out extracted) {
	defer func() {
		if cause := recover(); cause != nil {
			out = extracted{problems: []Told{{schema.Pos(), fmt.Sprintf("CUE's importer cannot read the schema: %v", cause)}}}
		}
	}()
	value := cuecontext.New().BuildExpr(schema)
	if err := value.Err(); err != nil {
		return extracted{problems: toldOf(err)}
	}
	schemas := map[string]ast.Expr{}
	config.MapRef = func(loc jsonschema.SchemaLoc) (string, cue.Path, error) {
		if !loc.IsLocal {
			return elsewhere, cue.Path{}, nil
		}
		path := definitionPath(loc.Path)
		schemas[path.String()] = schemaAt(schema, loc.Path)
		return "", path, nil
	}
	config.Strict = true
	file, err := jsonschema.Extract(value, &config)
	if err != nil {
		strict := toldOf(err)
		config.Strict = false
		config.StrictFeatures, config.StrictKeywords = false, false
		if file, err = jsonschema.Extract(value, &config); err != nil {
			return extracted{problems: toldOf(err)}
		}
		out.notes, out.problems = leftOut(source, strict)
	}
	out.divide(file, &placer{source: source, schemas: schemas}, schema)
	return out
}

// definitionPath is where a schema stands that others of its document refer to.
func definitionPath(path cue.Path) cue.Path {
	labels := path.Selectors()
	if len(labels) == 0 {
		return path
	}
	if n := len(labels); n == 2 && slices.Contains([]string{"$defs", "definitions"}, labels[0].Unquoted()) && ast.IsValidIdent(labels[1].Unquoted()) && labels[1].Unquoted() != "defs" && !strings.HasPrefix(labels[1].Unquoted(), "_") {
		return cue.MakePath(cue.Hid(namePrefx+labels[1].Unquoted(), "_"))
	}
	return cue.MakePath(cue.Hid(otherDefs, "_"), cue.Str(path.String()))
}

// schemaAt is what stands at a path of the document.
func schemaAt(x ast.Expr, path cue.Path) ast.Expr {
	for _, s := range path.Selectors() {
		if s.LabelType() == cue.IndexLabel {
			list := elements(x)
			if s.Index() >= len(list) {
				return nil
			}
			x = list[s.Index()]
			continue
		}
		if x = at(x, s.Unquoted()); x == nil {
			return nil
		}
	}
	return x
}

// divide tells imports, definitions and the schema itself apart, and places them.
func (out *extracted) divide(file *ast.File, p *placer, schema ast.Expr) {
	root := &ast.StructLit{}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.Package, *ast.Attribute:
		case *ast.ImportDecl:
			for _, spec := range d.Specs {
				if path, err := strconv.Unquote(spec.Path.Value); err == nil && strings.HasPrefix(path, elsewhere) {
					continue
				}
				out.imports = append(out.imports, &ast.ImportDecl{Specs: []*ast.ImportSpec{spec}})
			}
		case *ast.Field:
			if name, ok := d.Label.(*ast.Ident); ok && strings.HasPrefix(name.Name, "_") {
				p.definition(name.Name, d, schema, schema.Pos())
				out.definitions = append(out.definitions, d)
				continue
			}
			root.Elts = append(root.Elts, d)
		default:
			root.Elts = append(root.Elts, d)
		}
	}
	out.root = root
	if len(root.Elts) == 1 {
		if embedded, ok := root.Elts[0].(*ast.EmbedDecl); ok {
			out.root = embedded.Expr
		}
	}
	out.root = p.expr(out.root, schema, schema.Pos())
	for _, x := range append([]ast.Expr{out.root}, valuesOf(out.definitions)...) {
		out.refuseElsewhere(x)
	}
}

func valuesOf(decls []ast.Decl) []ast.Expr {
	var out []ast.Expr
	for _, d := range decls {
		if f, ok := d.(*ast.Field); ok {
			out = append(out, f.Value)
		}
	}
	return out
}

// refuseElsewhere tells of references out of the document.
func (out *extracted) refuseElsewhere(x ast.Expr) {
	ast.Walk(x, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if spec, ok := id.Node.(*ast.ImportSpec); ok && strings.Contains(spec.Path.Value, elsewhere) {
			out.problems = append(out.problems, Told{id.Pos(), "`$ref` names a schema that is not in this file; nothing is fetched: copy it into `$defs`"})
		}
		return true
	}, nil)
}

// atPath puts a schema at a path; its last label is optional.
func atPath(path []*string, x ast.Expr, pos token.Pos) []ast.Decl {
	if len(path) == 0 {
		if s, ok := x.(*ast.StructLit); ok {
			return s.Elts
		}
		return []ast.Decl{&ast.EmbedDecl{Expr: x}}
	}
	for i := len(path) - 1; i >= 0; i-- {
		field := &ast.Field{Value: x}
		switch label := path[i]; {
		case label == nil:
			field.Label = ast.NewList(ast.NewIdent("string"))
		default:
			field.Label = ast.NewString(*label)
			field.Constraint = token.OPTION
		}
		ast.SetPos(field.Label.(ast.Expr), pos)
		if i == 0 {
			return []ast.Decl{field}
		}
		x = &ast.StructLit{Elts: []ast.Decl{field}}
	}
	return nil
}
