package evaluator

import (
	"strings"

	"congruent.dev/engine/separable"
	"congruent.dev/engine/syntax"
)

// scanInput is what the parsed files are to a scan of their text.
func (d *desired) scanInput() separable.Input {
	var files []syntax.File
	for _, loaded := range d.source.syntax {
		team := ""
		if teams := d.index.teams.of(loaded.file.Filename); len(teams) == 1 {
			team = teams[0]
		}
		files = append(files, syntax.File{Syntax: loaded.file, Package: loaded.pkgPath, Team: team})
	}
	var roots []string
	for _, p := range d.parts {
		roots = append(roots, p.instance.ImportPath)
	}
	return separable.Input{
		Program: syntax.New(files, roots, d.source.importedPackage),
		Limits:  d.source.fragments.Limits,
		TeamsOf: d.index.teams.of,
	}
}

// importedPackage is the id of the package that an import path means; "" for the standard library.
func (l *loader) importedPackage(_, importPath string) string {
	id := l.canonical(importPath)
	if !strings.Contains(id, ":") {
		return ""
	}
	if i, ok := l.instances[id]; ok {
		return i.ImportPath
	}
	return id
}
