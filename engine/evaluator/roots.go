package evaluator

import (
	"path"
	"slices"
)

// learnRoots tells which packages are parts before any is loaded: one that is
// imported as well may be loaded for its importer first.
func (l *loader) learnRoots() {
	if l.restriction == nil {
		return
	}
	for _, n := range l.order {
		part := l.fragments.Parts[n]
		if part.Kind != "package" {
			continue
		}
		l.team = part.Team
		dir := path.Clean(orDot(part.Dir))
		name := part.Package
		if names := l.packageNames(dir); name == "" {
			named := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == noClause })
			if len(named) != 1 {
				continue
			}
			name = named[0]
		}
		l.roots[l.importPathOf(dir)+":"+name] = true
	}
}

// importPathOf is the import path of a folder of the workspace.
func (l *loader) importPathOf(dir string) string {
	if dir == "." {
		return l.module.path
	}
	return l.module.path + "/" + dir
}
