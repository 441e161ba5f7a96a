import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isProgramCurrent, programFile } from '../../scripts/engine/program.ts'
import { cache, root } from '../root.ts'

/** A program of this checkout, or why there is none. */
export type Built = { readonly program: string } | { readonly absent: string }

/** The engine as a native program, if it was built from the sources as they are. */
export function nativeEngine(): Built {
  return isProgramCurrent(root)
    ? { program: join(root, programFile) }
    : { absent: 'not built from the sources as they are; `npm run bench:peers` does it' }
}

/** Evaluates a policy and trees with CUE's own API, built if need be: what evaluating costs at least. */
export function evaluator(): Built {
  return goProgram('evaluate')
}

/** Judges pods with the policy code that Kubernetes' own admission runs, built if need be. */
export function policyCode(): Built {
  return goProgram('policy-code')
}

function goProgram(name: string): Built {
  mkdirSync(cache, { recursive: true })
  const program = join(cache, name)
  const built = spawnSync('go', ['build', '-p=1', '-o', program, '.'], {
    cwd: join(root, 'bench/peers', name),
    env: { ...process.env, GOWORK: 'off', GOFLAGS: '-buildvcs=false' },
    encoding: 'utf8',
  })
  if (built.error !== undefined) return { absent: `Go cannot be run: ${built.error.message}` }
  if (built.status !== 0) return { absent: `go build failed: ${built.stderr.trim().split('\n').at(-1) ?? ''}` }
  return { program }
}
