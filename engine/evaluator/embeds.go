package evaluator

import (
	"path"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// embedData replaces the value of every field with @embed(file=…) or
// @embed(glob=…) by `value & data`, whose positions are those of the data file.
func (l *loader) embedData(file *ast.File) {
	extern := false
	kept := file.Decls[:0]
	for _, d := range file.Decls {
		if a, ok := d.(*ast.Attribute); ok && a.Name() == "extern" {
			if _, body := a.Split(); strings.TrimSpace(body) != "embed" {
				l.reportPos(a.Pos(), "@extern("+body+"): only `embed` is known here")
			}
			extern = true
			continue
		}
		kept = append(kept, d)
	}
	file.Decls = kept
	ast.Walk(file, func(n ast.Node) bool {
		f, ok := n.(*ast.Field)
		if !ok {
			return true
		}
		for _, a := range f.Attrs {
			if a.Name() != "embed" {
				continue
			}
			if !extern {
				l.reportPos(a.Pos(), "@embed needs the line `@extern(embed)` before the package clause")
				continue
			}
			if x := l.embedded(file.Filename, a); x != nil {
				f.Value = ast.NewBinExpr(token.AND, f.Value, x)
			}
			return false
		}
		return true
	}, nil)
}

// embedded is the value that one @embed attribute stands for; nil if it was reported.
func (l *loader) embedded(from string, a *ast.Attribute) ast.Expr {
	args := argumentsOf(l.ctx, a)
	file, hasFile := args.value("file")
	glob, hasGlob := args.value("glob")
	kind, _ := args.value("type")
	if hasFile == hasGlob {
		l.reportPos(a.Pos(), "@embed needs either `file=` or `glob=`")
		return nil
	}
	name := file + glob
	if path.IsAbs(name) || path.Clean(name) != name || name == ".." || strings.HasPrefix(name, "../") {
		l.reportPos(a.Pos(), "@embed: `"+name+"` is no clean path below the folder of `"+from+"`")
		return nil
	}
	dir := path.Dir(from)
	if hasFile {
		return l.embeddedFile(from, path.Join(dir, file), kind, a.Pos())
	}
	if kind == "" && strings.ContainsAny(path.Ext(path.Base(glob)), "*?[\\") {
		l.reportPos(a.Pos(), "@embed: the ending of `"+glob+"` does not say how to read the files: add `type=`")
		return nil
	}
	names, err := l.matching(dir, glob)
	if err != nil {
		l.reportPos(a.Pos(), "@embed: `"+glob+"` is no pattern of files")
		return nil
	}
	if len(names) == 0 && !args.flag("allowEmptyGlob") {
		l.reportPos(a.Pos(), "@embed: no file of the workspace matches `"+path.Join(dir, glob)+"`")
		return nil
	}
	all := &ast.StructLit{}
	for _, name := range names {
		x := l.embeddedFile(from, path.Join(dir, name), kind, a.Pos())
		if x == nil {
			return nil
		}
		all.Elts = append(all.Elts, &ast.Field{Label: ast.NewString(name), Value: x})
	}
	return all
}

// matching lists files below a folder that match a glob; a leading dot must be written.
func (l *loader) matching(dir, glob string) ([]string, error) {
	if _, err := path.Match(glob, ""); err != nil {
		return nil, err
	}
	parts := strings.Split(glob, "/")
	var out []string
	for name := range l.files {
		below, ok := strings.CutPrefix(name, dir+"/")
		if dir == "." {
			below, ok = name, true
		}
		if match, err := path.Match(glob, below); !ok || !match || err != nil {
			continue
		}
		hidden := false
		for i, part := range strings.Split(below, "/") {
			hidden = hidden || strings.HasPrefix(part, ".") && !strings.HasPrefix(parts[i], ".")
		}
		if !hidden {
			out = append(out, below)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (l *loader) embeddedFile(from, name, kind string, pos token.Pos) ast.Expr {
	source, ok := l.files[name]
	if !ok {
		l.reportPos(pos, "@embed: no file `"+name+"` in the workspace")
		return nil
	}
	l.use(name)
	l.embeddedIn[name] = append(l.embeddedIn[name], from)
	x, err := decodeData(name, kind, source.Text)
	if err != nil {
		if _, ok := err.(errors.Error); ok {
			l.report(err)
		} else {
			l.reportPos(pos, "@embed: "+err.Error())
		}
		return nil
	}
	if l.refuseDeep([]ast.Decl{&ast.EmbedDecl{Expr: x}}) {
		return nil
	}
	return x
}
