import { readdirSync, readFileSync, type Dirent } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join, posix } from 'node:path'
import { belowPacks, packFile } from '../model/pack.ts'
import { compareText } from '../model/order.ts'
import { sha256 } from '../model/sha256.ts'

/** The folder of the packs that come with Congruent. */
const policies = new URL('../../../policies/', import.meta.url)

/** The bytes of a file of a pack; undefined where there is none of that name. */
export function shippedFile(name: string): Uint8Array | undefined {
  const below = belowPacks(name)
  if (posix.normalize(`/${below}`) !== `/${below}` || below.includes('\\') || below.includes('\0')) return undefined
  try {
    return readFileSync(join(fileURLToPath(policies), below))
  } catch {
    return undefined
  }
}

/** The names of all files of all packs, sorted. */
export function shippedNames(): readonly string[] {
  return entriesBelow()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(fileURLToPath(policies).length))
    .map((name) => packFile(name.replaceAll('\\', '/')))
    .sort(compareText)
}

function entriesBelow(): readonly Dirent[] {
  try {
    return readdirSync(policies, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}

/** The file of a pack whose bytes have a digest, SHA-256 in hex. */
export function shippedWith(digest: string): { readonly name: string; readonly bytes: Uint8Array } | undefined {
  for (const name of shippedNames()) {
    const bytes = shippedFile(name)
    if (bytes !== undefined && sha256(bytes) === digest) return { name, bytes }
  }
  return undefined
}
