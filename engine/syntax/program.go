// Package syntax says what names mean in parsed and resolved CUE files, before
// anything is evaluated: which declarations an identifier stands for, what
// encloses a node, what several packages say of one definition.
//
// It knows what the text alone tells. Whatever only an evaluation could tell is
// Unknown.
package syntax

import (
	"slices"

	"cuelang.org/go/cue/ast"
)

// File is one parsed and resolved file of one package.
type File struct {
	Syntax *ast.File
	// Package is the id of the package: its import path.
	Package string
	// Team is whose text it is; empty where several teams bring it.
	Team string
}

// Program is the files of all packages that take part in a desired state.
type Program struct {
	files   []*File
	byName  map[string][]*File
	roots   map[string]bool
	imports func(pkg, path string) string
	tops    map[string]*tops
	// known are all names that the top of any package declares.
	known map[string]bool
	// named are fields with hidden labels, once they were looked for.
	named map[string][]*ast.Field

	prepared map[string]bool
	parents  map[ast.Node]ast.Node
	holders  map[*ast.File]*File
}

// New makes a program of files. Roots are the ids of the packages that are
// unified with each other; resolveImport tells the id of the package that an
// import path means in a package, "" for the standard library.
func New(files []File, roots []string, resolveImport func(pkg, path string) string) *Program {
	p := &Program{
		byName:   map[string][]*File{},
		roots:    map[string]bool{},
		imports:  resolveImport,
		tops:     map[string]*tops{},
		known:    map[string]bool{},
		prepared: map[string]bool{},
		parents:  map[ast.Node]ast.Node{},
		holders:  map[*ast.File]*File{},
	}
	for _, root := range roots {
		p.roots[root] = true
	}
	for i := range files {
		f := &files[i]
		p.files = append(p.files, f)
		p.holders[f.Syntax] = f
		p.byName[f.Syntax.Filename] = append(p.byName[f.Syntax.Filename], f)
		p.learnTops(f)
	}
	return p
}

// Files lists all files, in the order they were given.
func (p *Program) Files() []*File { return p.files }

// IsRoot says that a package is one of those that are unified with each other.
func (p *Program) IsRoot(pkg string) bool { return p.roots[pkg] }

// Around lists what a node stands in, outermost first, and the node itself last.
func (p *Program) Around(n ast.Node) []ast.Node {
	for _, f := range p.byName[n.Pos().Filename()] {
		if p.prepared[f.Syntax.Filename+"\x00"+f.Package] {
			break
		}
		if stack := descend(f.Syntax, n); stack != nil {
			return stack
		}
	}
	p.prepare(n)
	var out []ast.Node
	for n != nil {
		out = append(out, n)
		n = p.parents[n]
	}
	slices.Reverse(out)
	return out
}

// FileOf is the file in which a node was parsed, or nil.
func (p *Program) FileOf(n ast.Node) *File {
	if n == nil {
		return nil
	}
	if f, ok := n.(*ast.File); ok {
		return p.holders[f]
	}
	if named := p.byName[n.Pos().Filename()]; len(named) == 1 {
		return named[0]
	}
	f, _ := p.Around(n)[0].(*ast.File)
	return p.holders[f]
}

// prepare learns the parents of all nodes in the files that may hold a node: those
// of its name, or all of them for data that was put into a file.
func (p *Program) prepare(n ast.Node) {
	if _, known := p.parents[n]; known {
		return
	}
	name := n.Pos().Filename()
	candidates := p.byName[name]
	if len(candidates) == 0 {
		candidates = p.files
	}
	for _, f := range candidates {
		if !p.prepared[f.Syntax.Filename+"\x00"+f.Package] {
			p.prepared[f.Syntax.Filename+"\x00"+f.Package] = true
			p.learnParents(f.Syntax)
		}
	}
}

func (p *Program) learnParents(file *ast.File) {
	stack := []ast.Node{}
	ast.Walk(file, func(n ast.Node) bool {
		if len(stack) > 0 {
			p.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		return true
	}, func(ast.Node) { stack = stack[:len(stack)-1] })
}

// FieldsNamed lists all fields whose label is a hidden or definition name, wherever they stand.
func (p *Program) FieldsNamed(name string) []*ast.Field {
	if p.named == nil {
		p.named = map[string][]*ast.Field{}
		for _, f := range p.files {
			ast.Walk(f.Syntax, func(n ast.Node) bool {
				if field, ok := n.(*ast.Field); ok && KindOfLabel(field) != Field {
					if name, static := StaticLabel(field); static {
						p.named[name] = append(p.named[name], field)
					}
				}
				return true
			}, nil)
		}
	}
	return p.named[name]
}
