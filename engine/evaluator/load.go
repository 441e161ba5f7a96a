package evaluator

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
)

// loader turns the texts of a workspace into CUE packages, without disk, network
// or registry. It parses only what the parts need, and reports every problem of
// every file before it gives up.
type loader struct {
	ctx       *cue.Context
	build     *build.Context
	fragments *protocol.Fragments
	files     map[string]protocol.SourceFile
	dirs      map[string][]string // CUE files by folder, sorted
	tags      map[string]string
	module    module
	order     []int // indices of Fragments.Parts by rank
	edits     edits // what peeling has taken out
	spared    sparedImports
	// restriction leaves entities out of roots; nil where nothing is left out.
	restriction *restriction
	roots       map[string]bool // ids of the packages that are parts; known before loading if something is left out

	clauses    map[string]string // package clause by file; "" is none that counts
	instances  map[string]*build.Instance
	loading    []string          // import paths on the way, for cycles
	team       string            // whose part is being loaded
	troubled   map[string][2]int // problems by package: from, to
	syntax     []loadedFile
	used       map[string]bool // files that took part
	usedTags   map[string]bool
	injected   map[ast.Node]bool    // values that tags brought in
	embeddedIn map[string][]string  // data file → CUE files that embed it
	made       map[string]*madePart // by their pseudo-files
	told       []protocol.EngineNote
	problems   []problem
}

// loadedFile is one parsed file of one package.
type loadedFile struct {
	file    *ast.File
	pkgPath string
}

// problem is why there is no desired state.
type problem struct {
	at      place
	message string
	teams   []string // whose part was being loaded
}

// loadedPart is a part that is ready to be unified.
type loadedPart struct {
	rank     int // in the order of loading
	part     protocol.Part
	instance *build.Instance
}

func newLoader(fragments *protocol.Fragments, taken edits, only *restriction) *loader {
	l := &loader{
		ctx:        cuecontext.New(),
		build:      build.NewContext(),
		fragments:  fragments,
		files:      map[string]protocol.SourceFile{},
		dirs:       map[string][]string{},
		tags:       fragments.Tags,
		edits:      taken,
		spared:     sparedImports{},
		roots:      map[string]bool{},
		clauses:    map[string]string{},
		instances:  map[string]*build.Instance{},
		used:       map[string]bool{},
		usedTags:   map[string]bool{},
		injected:   map[ast.Node]bool{},
		embeddedIn: map[string][]string{},
		made:       map[string]*madePart{},
		troubled:   map[string][2]int{},
	}
	for _, f := range fragments.Files {
		if strings.HasPrefix(f.Name, pseudoPrefix) {
			continue
		}
		if _, twice := l.files[f.Name]; !twice && strings.HasSuffix(f.Name, ".cue") {
			dir := path.Dir(f.Name)
			l.dirs[dir] = append(l.dirs[dir], f.Name)
		}
		l.files[f.Name] = f
	}
	for _, names := range l.dirs {
		slices.Sort(names)
	}
	l.restriction = only
	if only != nil { // what an earlier loading left out counts no more
		only.spared, only.left, only.emptied = l.spared, textTraits{}, map[*ast.StructLit]bool{}
	}
	l.order = l.partOrder()
	l.module = l.readModule()
	return l
}

// load loads and compiles every part, in an order that does not hang on the request's.
func (l *loader) load() []loadedPart {
	out := l.gather()
	for _, p := range out {
		l.team = p.part.Team
		if p.instance.Err != nil {
			continue
		}
		if _, err := l.ctx.BuildInstances([]*build.Instance{p.instance}); err != nil {
			l.report(err)
		}
	}
	l.team = ""
	if len(l.problems) == 0 { // what could not be read may hold the tag
		l.reportUnusedTags()
	}
	return out
}

// gather parses every part and resolves its names; nothing is compiled.
func (l *loader) gather() []loadedPart {
	var out []loadedPart
	if len(l.problems) > 0 { // without a module file nothing else can be judged
		return nil
	}
	l.learnRoots()
	seen := map[*build.Instance]bool{}
	for rank, n := range l.order {
		part := l.fragments.Parts[n]
		l.team = part.Team
		var instance *build.Instance
		switch part.Kind {
		case "data":
			instance = l.dataPart(part, rank)
		case "schema":
			instance = l.schemaPart(part, rank)
		case "starlark":
			instance = l.scriptPart(part, rank)
		default:
			instance = l.partPackage(part.Dir, part.Package)
		}
		if instance == nil || seen[instance] {
			continue
		}
		seen[instance] = true
		out = append(out, loadedPart{rank, part, instance})
	}
	l.team = ""
	return out
}

// partOrder sorts the parts by what they are, so that the request's order has no meaning.
func (l *loader) partOrder() []int {
	order := make([]int, len(l.fragments.Parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return slices.Compare(partKey(l.fragments.Parts[a]), partKey(l.fragments.Parts[b]))
	})
	return order
}

func partKey(p protocol.Part) []string {
	key := []string{p.Kind, p.Dir, p.Package, p.Team, p.File, p.JSON, p.As, p.Lists, atKey(p.At), p.Text}
	masked := make([]string, 0, len(p.Masked))
	for _, m := range p.Masked {
		masked = append(masked, strings.Join(m, "\x00"))
	}
	slices.Sort(masked)
	return append(key, masked...)
}

// use says that the text of a file took part: it enters the digest.
func (l *loader) use(file string) { l.used[file] = true }

// report takes every error of a list, each at its own position.
func (l *loader) report(err error) {
	for _, e := range errors.Errors(err) {
		if e == nil {
			continue
		}
		at := place{}
		for _, p := range errors.Positions(e) {
			if authored(p.Filename()) {
				at = placeOf(p)
				break
			}
		}
		l.reportAt(at, wordsOf(e))
	}
}

func (l *loader) reportPos(pos token.Pos, message string) {
	l.reportAt(placeOf(pos), message)
}

// reportAt keeps a problem once, with all teams whose parts meet it.
func (l *loader) reportAt(at place, message string) {
	message = l.withNames(message)
	i := slices.IndexFunc(l.problems, func(p problem) bool { return p.at == at && p.message == message })
	if i < 0 {
		i = len(l.problems)
		l.problems = append(l.problems, problem{at: at, message: message})
	}
	l.concerns(i)
}

// concerns notes that the team whose part is being loaded meets a problem.
func (l *loader) concerns(i int) {
	if p := &l.problems[i]; l.team != "" && !slices.Contains(p.teams, l.team) {
		p.teams = append(p.teams, l.team)
	}
}

// withNames writes the names of data parts instead of those of their pseudo-files.
func (l *loader) withNames(message string) string {
	if !strings.Contains(message, pseudoPrefix) {
		return message
	}
	for rank := len(l.order) - 1; rank >= 0; rank-- {
		for _, prefix := range []string{dataPrefix, madePrefix, sourcePrefix} {
			message = strings.ReplaceAll(message, prefix+strconv.Itoa(rank), l.fragments.Parts[l.order[rank]].File)
		}
	}
	return message
}
