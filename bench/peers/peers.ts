import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cache } from '../root.ts'

/** A tool that answers some of the same questions, as a Go program. */
export interface Peer {
  readonly name: PeerName
  /** What `go install` is asked for. */
  readonly module: string
  readonly version: string
}

export type PeerName = 'cue' | 'kubeconform' | 'opa' | 'conftest' | 'gator'

/** The peers, the quickest to build first. */
export const peers: readonly Peer[] = [
  { name: 'kubeconform', module: 'github.com/yannh/kubeconform/cmd/kubeconform', version: 'v0.8.0' },
  { name: 'cue', module: 'cuelang.org/go/cmd/cue', version: 'v0.17.1' },
  { name: 'opa', module: 'github.com/open-policy-agent/opa', version: 'v1.22.2' },
  { name: 'conftest', module: 'github.com/open-policy-agent/conftest', version: 'v0.71.1' },
  { name: 'gator', module: 'github.com/open-policy-agent/gatekeeper/v3/cmd/gator', version: 'v3.23.1' },
]

/** Where the program of a peer is, or will be. */
export function placeOf({ name, version }: Peer): string {
  return join(cache, `${name}-${version}`)
}

/** The program of a peer, unless it is not installed. */
export function peer(name: PeerName): string | undefined {
  const place = peers.filter((each) => each.name === name).map(placeOf)[0]
  return place !== undefined && existsSync(place) ? place : undefined
}

/** What to say of those that are wanted and not installed. */
export function missing(wanted: readonly PeerName[]): readonly string[] {
  return peers
    .filter(({ name }) => wanted.includes(name) && peer(name) === undefined)
    .map(({ name, version }) => `${name} ${version}: not installed; \`npm run bench:peers\` does it`)
}
