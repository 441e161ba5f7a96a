import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cache, root } from '../root.ts'

/** A program of this checkout, or why there is none. */
export type Built = { readonly program: string } | { readonly absent: string }

/** The evaluator as a native program. */
export function nativeEngine(): Built {
  return build('engine', './cmd/congruent-engine')
}

/** One evaluation of a policy and a tree with CUE's own API: what evaluating costs at least. */
export function evaluator(): Built {
  return build('bench/peers/evaluate', '.')
}

const built = new Map<string, Built>()

/** Built once a run; the compiler's own cache makes it quick where nothing has changed. */
function build(folder: string, from: string): Built {
  const known = built.get(folder)
  if (known !== undefined) return known
  const result = compile(join(root, folder), from, join(cache, folder.replaceAll('/', '-')))
  built.set(folder, result)
  return result
}

function compile(folder: string, from: string, program: string): Built {
  if (!existsSync(join(folder, from))) return { absent: `${folder} has no ${from}` }
  mkdirSync(cache, { recursive: true })
  const ended = spawnSync('go', ['build', '-p=1', '-o', program, from], {
    cwd: folder,
    env: { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false' },
    encoding: 'utf8',
  })
  if (ended.error !== undefined) return { absent: `Go cannot be run: ${ended.error.message}` }
  if (ended.status !== 0) return { absent: `go build failed: ${ended.stderr.trim().split('\n').at(-1) ?? ''}` }
  return { program }
}
