import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = 'v0.17.1'
const cache = fileURLToPath(new URL('../../node_modules/.cache/congruent-bench/', import.meta.url))

/** The cue command of the version that the engine holds, built into a cache folder; a reason where that cannot be. */
export function nativeCue(): { readonly command: string } | { readonly absent: string } {
  const command = join(cache, `cue-${version}`)
  if (!existsSync(command)) {
    mkdirSync(cache, { recursive: true })
    const env = { ...process.env, GOBIN: cache, GOFLAGS: '' }
    const built = spawnSync('go', ['install', `cuelang.org/go/cmd/cue@${version}`], { env, encoding: 'utf8' })
    if (built.error !== undefined) return { absent: 'Go is not installed: nothing to compare with' }
    if (built.status !== 0) return { absent: `the cue command cannot be built: ${built.stderr.trim().split('\n')[0]}` }
    renameSync(join(cache, 'cue'), command)
  }
  return { command }
}
