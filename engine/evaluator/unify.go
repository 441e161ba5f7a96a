package evaluator

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"fmt"
)

// unifyOnce evaluates all parts, and further expressions beside them, in one
// go: a package of ours imports every part and embeds the one conjunction of
// them. Unifying one after the other would evaluate everything again each time.
func unifyOnce(ctx *cue.Context, parts []loadedPart, further ...ast.Expr) (cue.Value, errors.Error) {
	file := &ast.File{Filename: unifyFile, Decls: []ast.Decl{&ast.Package{Name: ast.NewIdent("unify")}}}
	byPath := map[string]*build.Instance{}
	var whole ast.Expr
	add := func(x ast.Expr) {
		if whole == nil {
			whole = x
			return
		}
		whole = ast.NewBinExpr(token.AND, whole, x)
	}
	imports := &ast.ImportDecl{}
	for i, p := range parts {
		name := fmt.Sprintf("part%d", i)
		spec := ast.NewImport(ast.NewIdent(name), p.instance.ImportPath)
		imports.Specs = append(imports.Specs, spec)
		byPath[p.instance.ImportPath] = p.instance
		reference := ast.NewIdent(name)
		reference.Node = spec
		add(reference)
	}
	for _, x := range further {
		add(x)
	}
	if whole == nil {
		return ctx.CompileString("{}"), nil
	}
	if len(parts) > 0 {
		file.Decls = append(file.Decls, imports)
	}
	file.Decls = append(file.Decls, &ast.EmbedDecl{Expr: whole})

	i := build.NewContext().NewInstance("", func(_ token.Pos, path string) *build.Instance { return byPath[path] })
	i.ImportPath = "unify.congruent/desired:unify"
	if err := i.AddSyntax(file); err != nil {
		return cue.Value{}, err
	}
	if i.Complete() != nil {
		return cue.Value{}, i.Err
	}
	if _, err := ctx.BuildInstances([]*build.Instance{i}); err != nil {
		return cue.Value{}, errors.Promote(err, "unify")
	}
	return ctx.BuildInstance(i), nil
}
