// Installs the peers that the benchmarks compare with, one after the other (minutes each on a small machine), and
// builds the engine as a native program.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { readPins, whyNotBuildable } from '../../scripts/engine/go.ts'
import { buildProgram, isProgramCurrent, programFile } from '../../scripts/engine/program.ts'
import { cache, root } from '../root.ts'
import { peers, placeOf, type Peer } from './peers.ts'

mkdirSync(cache, { recursive: true })
for (const peer of peers) process.stdout.write(`${peer.name} ${peer.version}: ${install(peer)}\n`)
process.stdout.write(`${programFile}: ${installEngine()}\n`)

function install(peer: Peer): string {
  const place = placeOf(peer)
  if (existsSync(place)) return 'present'
  const env = { ...process.env, GOBIN: cache, GOFLAGS: '-p=1 -buildvcs=false', GOWORK: 'off' }
  const built = spawnSync('go', ['install', `${peer.module}@${peer.version}`], { env, encoding: 'utf8', cwd: cache })
  if (built.error !== undefined) return `left out, Go cannot be run: ${built.error.message}`
  if (built.status !== 0) return `left out, ${built.stderr.trim().split('\n').at(-1) ?? 'go install failed'}`
  renameSync(join(cache, peer.name), place)
  return 'installed'
}

function installEngine(): string {
  if (isProgramCurrent(root)) return 'present'
  const obstacle = whyNotBuildable(readPins(root))
  if (obstacle !== undefined) return `left out, ${obstacle}`
  buildProgram(root)
  return 'built'
}
