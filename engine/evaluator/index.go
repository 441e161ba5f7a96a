package evaluator

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// index leads from positions and nodes of syntax to what stands around them. A
// file is looked at when something in it is asked for, not before.
type index struct {
	source   *loader
	parts    []loadedPart
	texts    *texts
	byFile   map[string][]*ast.File // the files that hold nodes of a file: itself, or what embeds it
	ready    map[string]bool
	parent   map[ast.Node]ast.Node
	starting map[place][]ast.Node // nodes by where they begin, outermost first
	packages map[*ast.File]string
	teams    *teams
	value    cue.Value           // the desired state: who refers to a text at a place
	narrowed map[string][]string // teams by file and location
}

func newIndex(source *loader, parts []loadedPart) *index {
	ix := &index{
		source:   source,
		parts:    parts,
		texts:    newTexts(),
		byFile:   map[string][]*ast.File{},
		ready:    map[string]bool{},
		parent:   map[ast.Node]ast.Node{},
		starting: map[place][]ast.Node{},
		packages: map[*ast.File]string{},
		narrowed: map[string][]string{},
	}
	for name := range source.used {
		ix.texts.text[name] = source.files[name].Text
	}
	for name, made := range source.made {
		ix.texts.text[name] = made.text.CUE
	}
	for _, loaded := range source.syntax {
		ix.byFile[loaded.file.Filename] = append(ix.byFile[loaded.file.Filename], loaded.file)
		ix.packages[loaded.file] = loaded.pkgPath
	}
	for data, holders := range source.embeddedIn {
		for _, holder := range holders {
			ix.byFile[data] = append(ix.byFile[data], ix.byFile[holder]...)
		}
	}
	ix.teams = newTeams(source, parts)
	return ix
}

// prepare indexes the nodes of a file, once.
func (ix *index) prepare(file string) {
	if ix.ready[file] {
		return
	}
	if len(ix.source.embeddedIn) > 0 { // nodes of a file stand in several: in one order, whatever is asked for first
		for _, loaded := range ix.source.syntax {
			ix.prepareOne(loaded.file.Filename)
		}
	}
	ix.prepareOne(file)
}

// prepareOne indexes what was parsed in a file.
func (ix *index) prepareOne(file string) {
	if ix.ready[file] {
		return
	}
	ix.ready[file] = true
	for _, f := range ix.byFile[file] {
		if f.Filename == file {
			ix.add(f)
		}
	}
}

func (ix *index) add(file *ast.File) {
	stack, begins := []ast.Node{file}, []token.Pos{token.NoPos}
	ast.Walk(file, func(n ast.Node) bool {
		if n == ast.Node(file) {
			return true
		}
		up := stack[len(stack)-1]
		ix.parent[n] = up
		p := begins[len(begins)-1]
		if operation, ok := up.(*ast.BinaryExpr); !ok || ast.Node(operation.X) != n { // a long chain would be asked again at each link
			p = n.Pos()
		}
		stack, begins = append(stack, n), append(begins, p)
		if p.IsValid() {
			at := placeOf(p)
			ix.starting[at] = append(ix.starting[at], n)
		}
		return true
	}, func(n ast.Node) {
		if n != ast.Node(file) {
			stack, begins = stack[:len(stack)-1], begins[:len(begins)-1]
		}
	})
}

// at finds the node that a position of CUE means: a value, or a field where the
// position is that of a label. Where several begin at one place the label of the
// location decides, since `a: b: 1` begins its struct and its inner field together.
func (ix *index) at(p place, where location) ast.Node {
	ix.prepare(p.file)
	var found, hinted ast.Node
	for _, n := range ix.starting[p] {
		switch n := n.(type) {
		case *ast.Field:
			found = n
		case ast.Expr:
			if f, ok := ix.parent[n].(*ast.Field); ok && ast.Node(f.Label) == ast.Node(n) {
				continue
			}
			if found == nil || transparent(found) {
				found = n
			}
		case *ast.Comprehension, *ast.EmbedDecl, *ast.ForClause, *ast.IfClause, *ast.LetClause, *ast.Ellipsis:
			if found == nil {
				found = n
			}
		default:
			continue
		}
		if hinted == nil && len(where) > 0 && ix.labelOf(n) == where[len(where)-1].label && ix.labelOf(n) != "" {
			if _, isStruct := n.(*ast.StructLit); isStruct {
				hinted = n
			}
		}
	}
	if hinted != nil {
		return hinted
	}
	return found
}

// transparent says that a node only wraps others that begin where it does: what
// was meant is one of those.
func transparent(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return n.Op == token.AND
	case *ast.ParenExpr, *ast.EmbedDecl, *ast.StructLit:
		return true
	}
	return false
}

// labelOf is the label of the field whose value a node is.
func (ix *index) labelOf(n ast.Node) string {
	if f, ok := ix.parent[n].(*ast.Field); ok {
		return fieldLabel(f.Label)
	}
	return ""
}

// knows says that a node is one that we parsed.
func (ix *index) knows(n ast.Node) bool {
	if n == nil || !n.Pos().IsValid() {
		return false
	}
	ix.prepare(n.Pos().Filename())
	_, ok := ix.parent[n]
	return ok
}

// around lists a node and what it stands in, innermost first, without the file.
func (ix *index) around(n ast.Node) []ast.Node {
	if n != nil && n.Pos().IsValid() {
		ix.prepare(n.Pos().Filename())
	}
	var out []ast.Node
	for n != nil {
		out = append(out, n)
		n = ix.parent[n]
	}
	return out
}

// fileOf is the file that a node was parsed in: of data, the one that embeds it.
func (ix *index) fileOf(n ast.Node) *ast.File {
	if stack := ix.around(n); len(stack) > 0 {
		f, _ := stack[len(stack)-1].(*ast.File)
		return f
	}
	return nil
}
