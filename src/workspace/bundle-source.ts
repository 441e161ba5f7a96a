import { posix } from 'node:path'
import { foldersOf } from './folders-of.ts'
import { type FolderEntry, listNames } from './list-names.ts'
import type { Source, SourceRead } from './source.ts'
import { withPacks } from './with-packs.ts'

/** What a source in memory may say of itself. */
export interface BundleOptions {
  /** Files may still be to come: a fragment path that matches nothing is a note. */
  readonly gaps?: boolean
}

/** A source over files in memory, by names relative to the workspace with forward slashes; it lists as a folder of the disk does. */
export function bundleSource(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  { gaps = false }: BundleOptions = {},
): Source {
  const folders = foldersOf(files.keys())
  const listings = new Map<string, readonly string[]>()
  return withPacks({
    name,
    fixed: true,
    gaps,
    read: async (file) => read(files, folders, file),
    list: async (globs) => {
      const key = JSON.stringify(globs)
      const known = listings.get(key)
      if (known !== undefined) return known
      const names = listNames(root, globs, (folder) => folders.get(inRoot(folder)) ?? [])
      if (listings.size < mostListings) listings.set(key, names)
      return names
    },
  })
}

// A bundle lives as long as it is used, by requests that may bring globs of their own.
const mostListings = 1000

/** Stands for the folder that the bundle would be; nothing of the disk is looked at. */
const root = '/bundle'

function inRoot(folder: string): string {
  return posix.relative(root, folder) || '.'
}

function read(
  files: ReadonlyMap<string, Uint8Array>,
  folders: ReadonlyMap<string, readonly FolderEntry[]>,
  file: string,
): SourceRead {
  const name = posix.normalize(file)
  const bytes = files.get(name)
  if (bytes !== undefined) return { ok: true, bytes }
  if (posix.isAbsolute(name) || name === '..' || name.startsWith('../') || name.includes('\\'))
    return { ok: false, reason: 'outside', message: `\`${file}\` is outside the workspace` }
  if (folders.has(name)) return { ok: false, reason: 'directory', message: `\`${file}\` is a directory, not a file` }
  return { ok: false, reason: 'absent', message: `\`${file}\` does not exist` }
}
