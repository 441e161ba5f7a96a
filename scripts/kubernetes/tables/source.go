package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// source holds the declarations of all packages read, by qualified name such as "apps/v1.Deployment".
type source struct {
	declarations map[string]*declaration
	groups       map[string]string // package such as "apps/v1" → API group
}

// declaration is a named type: a struct with fields, or another name for a map or list.
type declaration struct {
	fields        []field
	alias         *reference
	clusterScoped bool
}

// field is one member of a struct as JSON knows it.
type field struct {
	name         string // empty for an inlined struct
	ref          reference
	keys         []string // of the markers listMapKey
	listType     string   // of the marker listType
	patchKey     string   // of the struct tag patchMergeKey
	defaultValue string   // of the marker default, if it is a string
}

// reference is what a field holds: a type, or a list or map of it.
type reference struct {
	in   string // "", "list" or "map"
	name string // qualified name; quantity; or empty for what does not matter here
}

const quantity = "Quantity"

var marker = regexp.MustCompile(`^//\s*\+(?:k8s:)?(\w+)=(.*)$`)

func newSource() *source {
	return &source{declarations: map[string]*declaration{}, groups: map[string]string{}}
}

// readTree reads every package below root, named by its path from there.
func (s *source) readTree(root string) error {
	return filepath.WalkDir(root, func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, dir)
		if err != nil {
			return err
		}
		return s.readPackage(dir, filepath.ToSlash(name))
	})
}

// readPackage reads the Go files of one folder under the given package name.
func (s *source) readPackage(dir, name string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		base := filepath.Base(file)
		if strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, "zz_generated") || base == "generated.pb.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		s.readFile(parsed, name)
	}
	return nil
}

func (s *source) readFile(file *ast.File, pkg string) {
	imports := importedPackages(file)
	end := file.Name.End()
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if ok {
			for _, spec := range general.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					s.readGroup(spec, pkg)
				case *ast.TypeSpec:
					d := readType(spec, pkg, imports)
					d.clusterScoped = hasComment(file, end, general.Pos(), "+genclient:nonNamespaced")
					s.declarations[pkg+"."+spec.Name.Name] = d
				}
			}
		}
		end = decl.End()
	}
}

// importedPackages maps the names under which a file knows the packages that matter here to ours.
func importedPackages(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if pkg, ok := strings.CutPrefix(imported, "k8s.io/api/"); ok {
			names[name] = pkg
		} else if imported == "k8s.io/apimachinery/pkg/apis/meta/v1" {
			names[name] = "meta/v1"
		} else if imported == "k8s.io/apimachinery/pkg/api/resource" {
			names[name] = "resource"
		}
	}
	return names
}

// readGroup notes the API group of a package: the constant GroupName.
func (s *source) readGroup(spec *ast.ValueSpec, pkg string) {
	if spec.Names[0].Name != "GroupName" || len(spec.Values) != 1 {
		return
	}
	if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
		if group, err := strconv.Unquote(literal.Value); err == nil {
			s.groups[pkg] = group
		}
	}
}

// hasComment says whether a line of the comments between two places is the given marker.
func hasComment(file *ast.File, after, before token.Pos, line string) bool {
	for _, group := range file.Comments {
		if group.Pos() < after || group.Pos() > before {
			continue
		}
		for _, comment := range group.List {
			if strings.TrimSpace(strings.TrimPrefix(comment.Text, "//")) == line {
				return true
			}
		}
	}
	return false
}

func readType(spec *ast.TypeSpec, pkg string, imports map[string]string) *declaration {
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		alias := readReference(spec.Type, pkg, imports)
		return &declaration{alias: &alias}
	}
	d := &declaration{}
	for _, member := range structure.Fields.List {
		if member.Tag == nil {
			continue
		}
		text, err := strconv.Unquote(member.Tag.Value)
		if err != nil {
			continue
		}
		tag := reflect.StructTag(text)
		name, _, _ := strings.Cut(tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		f := field{name: name, ref: readReference(member.Type, pkg, imports), patchKey: tag.Get("patchMergeKey")}
		f.readMarkers(member.Doc)
		d.fields = append(d.fields, f)
	}
	return d
}

func (f *field) readMarkers(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, comment := range doc.List {
		found := marker.FindStringSubmatch(comment.Text)
		if found == nil {
			continue
		}
		value := strings.Trim(strings.TrimSpace(found[2]), `"`)
		switch found[1] {
		case "listType":
			f.listType = value
		case "listMapKey":
			if !slices.Contains(f.keys, value) {
				f.keys = append(f.keys, value)
			}
		case "default":
			if !strings.HasPrefix(value, "ref(") {
				f.defaultValue = value
			}
		}
	}
}

// readReference looks through pointers, lists and maps; of nested ones the outermost counts.
func readReference(expr ast.Expr, pkg string, imports map[string]string) reference {
	var ref reference
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
			continue
		case *ast.ArrayType:
			if ref.in == "" {
				ref.in = "list"
			}
			expr = e.Elt
			continue
		case *ast.MapType:
			if ref.in == "" {
				ref.in = "map"
			}
			expr = e.Value
			continue
		case *ast.Ident:
			ref.name = pkg + "." + e.Name
		case *ast.SelectorExpr:
			if from, ok := e.X.(*ast.Ident); ok && imports[from.Name] != "" {
				ref.name = imports[from.Name] + "." + e.Sel.Name
				if ref.name == "resource.Quantity" {
					ref.name = quantity
				}
			}
		}
		return ref
	}
}
