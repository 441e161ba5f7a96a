import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The versions that `engine/go.mod` pins: `go1.26.8`, `v0.17.1`. */
export interface Pins {
  readonly go: string
  readonly cue: string
}

/** Reads what the engine must be built with and from. */
export function readPins(root: string): Pins {
  const text = readFileSync(join(root, 'engine/go.mod'), 'utf8')
  const go = /^toolchain (go\S+)$/m.exec(text)?.[1]
  const cue = /^(?:require )?\s*cuelang\.org\/go (v\S+)$/m.exec(text)?.[1]
  if (go === undefined || cue === undefined) throw new Error('engine/go.mod must pin a toolchain and cuelang.org/go')
  return { go, cue }
}

/** Why the engine cannot be built on this machine; undefined where it can. */
export function whyNotBuildable(pins: Pins): string | undefined {
  const answer = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: goEnvironment() })
  if (answer.error !== undefined) return `Go is not installed: the engine is built with ${pins.go}`
  const version = answer.stdout.trim()
  return version === pins.go ? undefined : `Go is ${version}: the engine is built with ${pins.go}`
}

/** Runs `go` in a folder and returns what it printed. */
export function go(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  const answer = spawnSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...goEnvironment(), ...environment },
    maxBuffer: 1 << 28,
  })
  if (answer.error !== undefined) throw answer.error
  if (answer.status !== 0) throw new Error(`go ${args.join(' ')}: ${answer.stderr.trim()}`)
  return answer.stdout
}

/** The machine's environment without what would change the built bytes, and without fetching another Go. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOFLAGS: '', GOEXPERIMENT: '', GOWASM: '', GOWORK: 'off', GOTOOLCHAIN: 'local' }
}
