import { spawnSync } from 'node:child_process'

/** A pod, and what Kubernetes' own policy code says of it. */
export interface JudgedPod {
  readonly name: string
  /** The version of the policy: 37 is v1.37. */
  readonly minor: number
  readonly pod: { readonly metadata: object; readonly spec: object }
  /** The checks that forbid it, at each level. */
  readonly baseline: readonly string[]
  readonly restricted: readonly string[]
  /** Of pods that upstream tests with: what it expects, and at which level. */
  readonly level?: Level
  readonly expect?: 'pass' | 'fail'
}

export type Level = 'baseline' | 'restricted'

/** Asks the policy code; modules come from Go's own cache only, since a test does not use the network. */
export function judgedPods(options: readonly string[]): readonly JudgedPod[] | { readonly absent: string } {
  const run = spawnSync('go', ['run', '.', ...options], {
    cwd: 'scripts/kubernetes/pod-security',
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, GOPROXY: 'off', GOFLAGS: '-mod=readonly' },
  })
  if (run.error !== undefined) return { absent: `Go cannot be run: ${run.error.message}` }
  if (/module lookup disabled|cannot find module|missing go\.sum/.test(run.stderr))
    return { absent: 'its modules are not here; `cd scripts/kubernetes/pod-security && go mod download` brings them' }
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout
    .trim()
    .split('\n')
    .map((line): JudgedPod => JSON.parse(line))
}
