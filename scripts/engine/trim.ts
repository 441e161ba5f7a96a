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
