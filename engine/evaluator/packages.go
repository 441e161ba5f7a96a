package evaluator

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// noClause is the package of files without a package clause, as CUE writes it.
const noClause = "_"

// partPackage loads the package that a part names; nil if it was reported.
func (l *loader) partPackage(dir, name string) *build.Instance {
	dir = path.Clean(orDot(dir))
	names := l.packageNames(dir)
	if name == "" {
		named := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == noClause })
		switch {
		case len(named) == 1:
			name = named[0]
		case len(named) > 1:
			l.reportAt(place{file: dir}, "folder `"+dir+"` holds packages `"+strings.Join(named, "`, `")+"`: say which, as `./"+dir+":"+named[0]+"`")
			return nil
		case len(names) == 1:
			for _, file := range l.dirs[dir] {
				if candidate(file) {
					l.reportAt(place{file: file}, "no package clause: begin the file with `package "+suggestedName(dir)+"`")
				}
			}
			return nil
		}
	}
	if !slices.Contains(names, name) {
		if len(l.problems) == 0 {
			l.reportAt(place{file: dir}, "folder `"+dir+"` holds no CUE package"+inBackticks(name))
		}
		return nil
	}
	return l.instance(token.NoPos, l.importPathOf(dir), name, []string{dir})
}

func inBackticks(name string) string {
	if name == "" {
		return ""
	}
	return " `" + name + "`"
}

func suggestedName(dir string) string {
	if base := path.Base(dir); ast.IsValidIdent(base) {
		return base
	}
	return "fragment"
}

// candidate says whether a file takes part in packages: tests, tools and hidden files do not.
func candidate(file string) bool {
	base := path.Base(file)
	return strings.HasSuffix(base, ".cue") && base[0] != '.' && base[0] != '_' &&
		!strings.HasSuffix(base, "_tool.cue") && !strings.HasSuffix(base, "_test.cue")
}

// packageNames lists the packages of a folder. A file whose clause cannot be read is reported.
func (l *loader) packageNames(dir string) []string {
	var out []string
	for _, file := range l.dirs[dir] {
		if !candidate(file) {
			continue
		}
		if name, ok := l.clause(file); ok && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// clause is the package that a file names; the rest of the file is not looked at.
func (l *loader) clause(file string) (name string, ok bool) {
	if c, done := l.clauses[file]; done {
		return c, c != ""
	}
	parsed, err := parser.ParseFile(file, l.files[file].Text, l.parserOptions(parser.PackageClauseOnly)...)
	if err != nil {
		// The whole file may have more to say than its clause.
		if _, err := parser.ParseFile(file, l.files[file].Text, l.parserOptions()...); err != nil {
			l.report(err)
		}
		l.use(file)
		l.clauses[file] = ""
		return "", false
	}
	name = parsed.PackageName()
	if name == "" {
		name = noClause
	}
	if ignored(parsed) {
		name = ""
	}
	l.clauses[file] = name
	return name, name != ""
}

// ignored says that a file has @ignore() before its package clause.
func ignored(file *ast.File) bool {
	for _, d := range file.Preamble() {
		if a, ok := d.(*ast.Attribute); ok && a.Name() == "ignore" {
			return true
		}
	}
	return false
}

// resolve is what an import stands for: nil for the standard library.
func (l *loader) resolve(pos token.Pos, importPath string) *build.Instance {
	ip := ast.ParseImportPath(importPath)
	first, _, _ := strings.Cut(ip.Path, "/")
	if path.Base(ip.Path) == ip.Qualifier {
		importPath = ip.Path
	}
	if first == "tool" {
		return l.failed(errors.Newf(pos, "import `%s`: tools run commands, a fragment only states what holds: leave the import out", importPath))
	}
	if !strings.Contains(first, ".") && !l.module.owns(ip.Path) {
		return nil
	}
	dirs := l.foldersOf(ip.Path)
	found := false
	for _, dir := range dirs {
		found = found || slices.Contains(l.packageNames(dir), ip.Qualifier)
	}
	if !found {
		return l.failed(l.importProblem(pos, importPath, ip, dirs))
	}
	return l.instance(pos, ip.Path, ip.Qualifier, dirs)
}

// importProblem tells a package that is not there from one whose name is another.
func (l *loader) importProblem(pos token.Pos, importPath string, ip ast.ImportPath, dirs []string) errors.Error {
	var names []string
	for _, dir := range dirs {
		names = append(names, l.packageNames(dir)...)
	}
	if len(names) > 0 {
		return errors.Newf(pos, "import `%s`: the folder holds package `%s`: write `%s:%s`", importPath, names[0], ip.Path, names[0])
	}
	return l.module.importError(pos, importPath)
}

// owns says that an import path lies in the workspace's own module.
func (m module) owns(importPath string) bool {
	return importPath == m.path || strings.HasPrefix(importPath, m.path+"/")
}

// foldersOf lists the folders whose files make up an import path.
func (l *loader) foldersOf(importPath string) []string {
	if l.module.owns(importPath) {
		return []string{orDot(strings.TrimPrefix(strings.TrimPrefix(importPath, l.module.path), "/"))}
	}
	return []string{"cue.mod/gen/" + importPath, "cue.mod/pkg/" + importPath, "cue.mod/usr/" + importPath}
}

func (l *loader) failed(err errors.Error) *build.Instance {
	i := l.build.NewInstance("", nil)
	i.Err = err
	l.report(err)
	return i
}

// instance is a package out of the files of some folders, loaded once. Files of
// the same package in the folders above belong to it, as in CUE.
func (l *loader) instance(pos token.Pos, importPath, name string, dirs []string) *build.Instance {
	id := importPath + ":" + name
	if i, ok := l.instances[id]; ok {
		for n := l.troubled[id][0]; n < l.troubled[id][1]; n++ {
			l.concerns(n)
		}
		return i
	}
	before := len(l.problems)
	defer func() { l.troubled[id] = [2]int{before, len(l.problems)} }()
	if slices.Contains(l.loading, id) {
		return l.failed(errors.Newf(pos, "import cycle: %s", strings.Join(append(l.loading, id), " -> ")))
	}
	l.loading = append(l.loading, id)
	defer func() { l.loading = l.loading[:len(l.loading)-1] }()

	i := l.build.NewInstance(dirs[0], l.resolve)
	i.ImportPath = id
	i.CanonicalImportPath = l.canonical
	for _, dir := range dirs {
		for ; ; dir = path.Dir(dir) {
			for _, file := range l.dirs[dir] {
				l.addFile(i, file, name)
			}
			if dir == "." || strings.HasPrefix(dir, "cue.mod/") || name == noClause {
				break
			}
		}
	}
	l.resolveAll(i)
	if i.Complete() != nil && len(l.problems) == 0 { // a failed import has been reported by itself
		l.report(i.Err)
	}
	l.spared.spare(i)
	l.report(i.ResolutionErr)
	l.instances[id] = i
	return i
}

// resolveAll resolves every import, so that all that fail are told and not the first only.
func (l *loader) resolveAll(i *build.Instance) {
	for _, file := range i.Files {
		for spec := range file.ImportSpecs() {
			if importPath, err := strconv.Unquote(spec.Path.Value); err == nil {
				l.resolve(spec.Pos(), l.canonical(importPath))
			}
		}
	}
}

// canonical is one spelling for all import paths of a package.
func (l *loader) canonical(importPath string) string {
	ip := ast.ParseImportPath(importPath)
	first, _, _ := strings.Cut(ip.Path, "/")
	if !strings.Contains(first, ".") && !l.module.owns(ip.Path) {
		return importPath
	}
	return ip.Path + ":" + ip.Qualifier
}

// addFile parses a file of a package and adds it, if its conditions hold.
func (l *loader) addFile(i *build.Instance, file, name string) {
	if !candidate(file) {
		return
	}
	if clause, ok := l.clause(file); !ok || clause != name {
		return
	}
	l.use(file)
	parsed, err := parser.ParseFile(file, l.files[file].Text, l.parserOptions(parser.ParseComments)...)
	if err != nil {
		l.report(err)
		return
	}
	if l.refuseDeep(parsed.Decls) || !l.wanted(parsed) {
		return
	}
	if strings.Contains(l.files[file].Text, "@") {
		l.injectTags(parsed)
		l.embedData(parsed)
	}
	if l.roots[i.ImportPath] {
		l.restriction.apply(parsed, l.files[file].Text)
	}
	l.edits.apply(parsed, l.spared)
	if name == noClause {
		nameless(parsed)
	}
	if err := i.AddSyntax(parsed); err != nil {
		l.report(err)
		return
	}
	l.syntax = append(l.syntax, loadedFile{parsed, i.ImportPath})
}

// nameless gives a file without a package clause one that can be imported.
func nameless(file *ast.File) {
	clause := &ast.Package{Name: ast.NewIdent("fragment")}
	for n, d := range file.Decls {
		if p, ok := d.(*ast.Package); ok {
			p.Name = clause.Name
			return
		}
		if _, ok := d.(*ast.Attribute); ok {
			continue
		}
		file.Decls = slices.Insert(file.Decls, n, ast.Decl(clause))
		return
	}
	file.Decls = append(file.Decls, clause)
}

func (l *loader) parserOptions(more ...parser.Option) []parser.Option {
	if l.module.language != "" {
		more = append(more, parser.Version(l.module.language))
	}
	return more
}
