import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { boundaryOf } from './folder/boundary.ts'
import { fileReader } from './folder/read-file.ts'
import { showFolder, textOf } from './folder/show-folder.ts'
import type { Listing, Source } from './source.ts'
import { withPacks } from './with-packs.ts'

/** Limits of a folder source. */
export interface FolderLimits {
  /** The longest file that is read, in bytes. */
  readonly maxBytes: number
  /** How many folders one listing visits at most. */
  readonly maxFolders: number
}

const defaultLimits: FolderLimits = { maxBytes: 256 * 1024 * 1024, maxFolders: 100_000 }

/** A source over a folder of the disk. Nothing outside the folder is read, whatever names and links say; links that stay inside are followed. */
export function folderSource(dir: string, limits: Partial<FolderLimits> = {}): Source {
  const boundary = boundaryOf(dir)
  const { maxBytes, maxFolders } = { ...defaultLimits, ...limits }
  const read = fileReader(boundary, maxBytes)
  const look = async (globs: readonly string[]): Promise<Listing> => {
    // Loaded when it is needed: what reads globs is larger than all else here.
    const { listFiles } = await import('./folder/list-files.ts')
    return listFiles(boundary, globs, maxFolders)
  }
  return withPacks({
    name: dir,
    read: async (name) => read(name),
    list: async (globs) => (await look(globs)).names,
    look,
    show: async (folder) => textOf(showFolder(join(boundary.root, folder), boundary.inside)),
    above: async (name) => nearestAbove(boundary.root, name),
  })
}

function nearestAbove(root: string, name: string): string | undefined {
  let folder = dirname(root)
  for (;;) {
    const path = join(folder, name)
    if (existsSync(path)) return path
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}
