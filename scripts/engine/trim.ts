// Leaves out of CUE what an evaluator without files, network, processes and terminal can never use; half the size of
// the built engine. Every edit names the text that it replaces: where CUE has changed, the build stops.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Edit {
  readonly file: string
  readonly why: string
  /** What is replaced, each exactly as often as it stands there. */
  readonly replace: readonly (readonly [found: string | RegExp, by: string])[]
}

const trimmedVersion = 'v0.17.1'

/** What CUE refuses in a module file, in its words, found without the registry of all file types. */
const parseModuleFile = `
func parseDataOnlyCUE(ctx *cue.Context, cueData []byte, filename string) (*ast.File, error) {
	file, err := parser.ParseFile(filename, cueData, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var errs errors.Error
	var visit func(ast.Node) bool
	visit = func(n ast.Node) bool {
		refused := ""
		switch x := n.(type) {
		case *ast.ImportDecl:
			refused = "imports"
		case *ast.Ident, *ast.SelectorExpr, *ast.Alias, *ast.LetClause:
			refused = "references"
		case *ast.Ellipsis:
			refused = "ellipsis"
		case *ast.BinaryExpr, *ast.ParenExpr, *ast.IndexExpr, *ast.SliceExpr,
			*ast.CallExpr, *ast.Comprehension, *ast.Interpolation:
			refused = "expressions"
		case *ast.UnaryExpr:
			_, literal := x.X.(*ast.BasicLit)
			switch {
			case x.Op == token.SUB || x.Op == token.ADD:
				if !literal {
					refused = "expressions"
				}
			default:
				refused = "constraints"
			}
		case *ast.Field:
			name, _, err := ast.LabelName(x.Label)
			switch {
			case err != nil:
				refused = "optional fields"
			case strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_#"):
				refused = "definitions"
			default:
				ast.Walk(x.Value, visit, nil)
				return false
			}
		}
		if refused != "" {
			errs = errors.Append(errs, errors.Newf(n.Pos(), "%s not allowed in data mode", refused))
		}
		return refused == ""
	}
	ast.Walk(file, visit, nil)
	if errs != nil {
		return nil, errs
	}
	return file, nil
}
`

const edits: readonly Edit[] = [
  {
    file: 'pkg/register.go',
    why: 'packages that only tasks of the cue command run',
    replace: [[/\t_ "cuelang\.org\/go\/pkg\/tool[^"]*"\n/g, '']],
  },
  {
    file: 'cue/cuecontext/cuecontext.go',
    why: '@embed reads files and brings every decoder with it; the loader resolves it before CUE sees it',
    replace: [
      ['\t"cuelang.org/go/cue/inject/embed"\n', ''],
      ['\t// Embedding is always available.\n\tr.AddInjection(embed.New())\n', ''],
    ],
  },
  {
    file: 'internal/cueversion/transport.go',
    why: 'the HTTP transport of the registry client',
    replace: [[/[^]*/, 'package cueversion\n']],
  },
  {
    file: 'internal/core/adt/debug.go',
    why: "graphs of the evaluator's state, opened in a browser",
    replace: [
      [/\nfunc OpenNodeGraph\([^]*?\n}\n/, '\nfunc OpenNodeGraph(title, path, code, out, graph string) {}\n'],
      [/\n(\/\/[^\n]*\n)*func openBrowser\([^]*?\n}\n/, '\n'],
      ...['html/template', 'log', 'os', 'os/exec', 'runtime'].map((name) => [`\t"${name}"\n`, ''] as const),
    ],
  },
  {
    file: 'cue/stats/stats.go',
    why: 'evaluation counters as text, by way of a template',
    replace: [
      [/\nvar stats = sync\.OnceValue[^]*?\n}\)\n/, '\n'],
      [/\nfunc \(s Counts\) String\(\) string \{[^]*?\n}\n/, '\nfunc (s Counts) String() string { return "" }\n'],
      ...['strings', 'sync', 'text/template'].map((name) => [`\t"${name}"\n`, ''] as const),
    ],
  },
  {
    file: 'mod/modfile/modfile.go',
    why: 'reading a module file as if it might be of any type brings every decoder with it',
    replace: [
      [/\nfunc parseDataOnlyCUE\([^]*?\n}\n/, parseModuleFile],
      ['\t"cuelang.org/go/cue/build"\n', '\t"cuelang.org/go/cue/parser"\n'],
      ['\t"cuelang.org/go/internal/encoding"\n', ''],
      ['\t"cuelang.org/go/internal/filetypes"\n', ''],
    ],
  },
]

/** Edits a vendored copy of CUE in place. */
export function trimCue(vendor: string): void {
  const pinned = readFileSync(join(vendor, 'modules.txt'), 'utf8')
  if (!pinned.includes(`# cuelang.org/go ${trimmedVersion}\n`)) {
    throw new Error(`the edits of scripts/engine/trim.ts are made for CUE ${trimmedVersion}: go through them again`)
  }
  for (const { file, why, replace } of edits) {
    const path = join(vendor, 'cuelang.org/go', file)
    let text = readFileSync(path, 'utf8')
    for (const [found, by] of replace) {
      const edited = text.replace(found, by)
      if (edited === text) throw new Error(`${file} has no ${String(found)} to leave out (${why})`)
      text = edited
    }
    writeFileSync(path, text)
  }
}
