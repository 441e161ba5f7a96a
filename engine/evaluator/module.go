package evaluator

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/mod/modfile"
)

const moduleFile = "cue.mod/module.cue"

// syntheticModule is the module of a workspace that has no cue.mod/module.cue.
const syntheticModule = "workspace.congruent"

// module is what the workspace's module file says: the prefix of its own import
// paths, the version of the language, and which modules it depends on.
type module struct {
	path     string
	language string // "" is the current one
	deps     []string
}

// readModule reads cue.mod/module.cue, if there is one.
func (l *loader) readModule() module {
	text, ok := l.files[moduleFile]
	if !ok {
		return module{path: syntheticModule}
	}
	l.use(moduleFile)
	file, err := modfile.ParseNonStrict([]byte(text.Text), moduleFile)
	if err != nil {
		l.reportModule(err)
		return module{path: syntheticModule}
	}
	m := module{path: ast.ParseImportPath(file.QualifiedModule()).Path}
	if file.Language != nil {
		m.language = file.Language.Version
	}
	for dep := range file.Deps {
		m.deps = append(m.deps, ast.ParseImportPath(dep).Path)
	}
	if m.path == "" {
		m.path = syntheticModule
	}
	return m
}

// reportModule gives an error of the module file the position of the file where CUE knows none.
func (l *loader) reportModule(err error) {
	for _, e := range errors.Errors(err) {
		at := place{file: moduleFile}
		for _, p := range errors.Positions(e) {
			if p.Filename() == moduleFile {
				at = placeOf(p)
				break
			}
		}
		l.reportAt(at, "module file: "+strings.TrimPrefix(wordsOf(e), "module.cue: "))
	}
}

// dependsOn says whether the module file names a module that holds the import path.
func (m module) dependsOn(importPath string) bool {
	for _, dep := range m.deps {
		if importPath == dep || strings.HasPrefix(importPath, dep+"/") {
			return true
		}
	}
	return false
}

// importError is what an import that cannot be had costs, in words that say what to do.
func (m module) importError(pos token.Pos, importPath string) errors.Error {
	path := ast.ParseImportPath(importPath).Path
	if path == m.path || strings.HasPrefix(path, m.path+"/") {
		folder := strings.TrimPrefix(strings.TrimPrefix(path, m.path), "/")
		return errors.Newf(pos, "import `%s`: the workspace has no such CUE package (folder `%s`)", importPath, orDot(folder))
	}
	if m.dependsOn(path) {
		return errors.Newf(pos, "import `%s`: the module is named in `%s`, but no registry is asked here: copy it to `cue.mod/pkg/%s`", importPath, moduleFile, path)
	}
	return errors.Newf(pos, "import `%s`: the package is not in the workspace and no registry is asked here: copy it to `cue.mod/pkg/%s`", importPath, path)
}

func orDot(folder string) string {
	if folder == "" {
		return "."
	}
	return folder
}
