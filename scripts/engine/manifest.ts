import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Identity } from '../../src/engine/protocol.ts'
import { digestFiles, listSources, sha256 } from './sources.ts'

/** Where the built engine lies, from the root of the project. */
export const builtFolder = 'engine/dist'

/** The names of the built files that the manifest vouches for. */
export const builtFiles = ['engine.wasm', 'THIRD-PARTY.txt'] as const

/** What `engine/dist/manifest.json` says: what the engine is, how it was built, from what, and what came of it. */
export interface Manifest extends Identity {
  readonly flags: readonly string[]
  readonly maximumPages: number
  /** How many functions the module's hints name to be compiled ahead. */
  readonly ahead: number
  readonly sources: { readonly sha256: string; readonly files: readonly string[] }
  readonly built: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

/** Writes down one built file. */
export function describe(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: sha256(bytes) }
}

/** Writes down what the engine is built from. */
export function describeSources(root: string): Manifest['sources'] {
  const files = listSources(root)
  return { sha256: digestFiles(root, files), files }
}

/**
 * Everything in which the built engine differs from what its manifest says, and the manifest from the sources on disk;
 * empty for a built engine that is whole and current. Needs no Go.
 */
export function whyStale(root: string): string[] {
  const folder = join(root, builtFolder)
  const manifest: Partial<Manifest> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const sources = describeSources(root)
  const recorded = manifest.sources?.files ?? []
  const reasons = [
    ...sources.files.filter((name) => !recorded.includes(name)).map((name) => `\`${name}\` is new since it was built`),
    ...recorded.filter((name) => !sources.files.includes(name)).map((name) => `\`${name}\` is gone since it was built`),
  ]
  if (reasons.length === 0 && manifest.sources?.sha256 !== sources.sha256) reasons.push('its sources have changed')
  for (const name of builtFiles) {
    const is = describe(readFileSync(join(folder, name)))
    const said = manifest.built?.[name]
    if (said?.sha256 !== is.sha256 || said.bytes !== is.bytes)
      reasons.push(`\`${name}\` is not the file that was built`)
  }
  return reasons
}
