import { posix } from 'node:path'
import { isPackFile } from '../model/pack.ts'
import { compareText } from '../model/order.ts'
import { shippedFile, shippedNames } from '../packs/shipped.ts'
import { foldersOf } from './folders-of.ts'
import type { Source } from './source.ts'

/**
 * A source in which the packs that come with Congruent can be read beside its own files, as `pack:kubernetes/pod-security/…`. What the source has
 * under such a name itself counts before them: a capture holds the packs that its check read.
 */
export function withPacks(source: Source): Source {
  const look = source.look?.bind(source)
  const show = source.show?.bind(source)
  return {
    ...source,
    read: async (name) => {
      const own = await source.read(name)
      const shipped = own.ok || !isPackFile(name) ? undefined : shippedFile(name)
      return shipped === undefined ? own : { ok: true, bytes: shipped }
    },
    list: async (globs) => {
      const own = globs.length === 0 ? [] : await source.list(globs)
      return joined(own, await shippedMatches(globs, own))
    },
    ...(look && {
      look: async (globs) => {
        const own = await look(globs)
        const shipped = await shippedMatches(globs, own.names)
        const folders = globs.some(isPackFile)
          ? [...own.folders, { folder: everyPack, shows: whatIsShipped() }]
          : own.folders
        return { names: joined(own.names, shipped), folders }
      },
    }),
    ...(show && { show: async (folder) => (folder === everyPack ? whatIsShipped() : show(folder)) }),
  }
}

/** Stands for the folders of all packs. */
const everyPack = 'pack:'

function whatIsShipped(): string {
  return JSON.stringify(shippedNames())
}

function joined(own: readonly string[], shipped: readonly string[]): readonly string[] {
  return shipped.length === 0 ? own : [...own, ...shipped].toSorted(compareText)
}

/** What globs that name files of packs match, but for those of which the source itself has some. */
async function shippedMatches(globs: readonly string[], own: readonly string[]): Promise<readonly string[]> {
  const named = globs.filter(isPackFile)
  if (named.length === 0 || own.some(isPackFile)) return []
  // Loaded when it is needed, as what reads globs is large.
  const { listNames } = await import('./list-names.ts')
  const folders = foldersOf(shippedNames())
  return listNames(root, named, (folder) => folders.get(posix.relative(root, folder) || '.') ?? [])
}

const root = '/packs'
