import { posix } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { blobReader } from './git/blobs.ts'
import { findIn, type Found } from './git/find.ts'
import { readTree, type Blob, type Tree } from './git/tree.ts'
import { type FolderEntry, listNames } from './list-names.ts'
import { withPacks } from './with-packs.ts'
import type { Source, SourceRead } from './source.ts'

/** A workspace as it was at a commit. */
export interface GitSource {
  readonly source: Source
  /** Submodules whose files are not to be had here, by name, sorted. */
  readonly unread: readonly string[]
}

/** The longest file that is read, in bytes. */
const mostBytes = 256 * 1024 * 1024

/**
 * A source over a commit: the files of the folder that the repository was found by, as they were committed (no filters), whatever is on disk. Links
 * that stay inside are followed; a submodule is read where it is checked out.
 */
export async function gitSource(repository: Repository, commit: string, name: string): Promise<GitSource> {
  const tree = await readTree(repository, commit)
  const readBlob = blobReader()
  const links = await targetsOf(tree, readBlob)
  const find = (path: string): Found => findIn(tree, links, path)
  const unread = Array.from(tree, ([folder, entries]) =>
    [...entries].flatMap(([label, { kind }]) => (kind === 'unread' ? [posix.join(folder, label)] : [])),
  )
  return {
    unread: unread.flat().toSorted(),
    source: withPacks({
      name,
      fixed: true,
      read: (file) => read(file, find, readBlob),
      list: async (globs) => listNames(root, globs, (folder) => entriesOf(tree, find, posix.relative(root, folder))),
    }),
  }
}

/** Stands for the folder of the workspace; nothing of the disk is looked at. */
const root = '/revision'

async function read(
  file: string,
  find: (path: string) => Found,
  readBlob: (blob: Blob) => Promise<Uint8Array>,
): Promise<SourceRead> {
  if (posix.isAbsolute(file) || file.split(/[/\\]/).includes('..'))
    return { ok: false, reason: 'outside', message: `\`${file}\` is outside the workspace` }
  // As on a disk, whose name for it is none of text.
  const found: Found = file.includes('\u{fffd}') ? { kind: 'absent' } : find(file)
  if (found.kind === 'file') {
    const { bytes } = found.blob
    if (bytes <= mostBytes) return { ok: true, bytes: await readBlob(found.blob) }
    return { ok: false, reason: 'too-large', message: `\`${file}\` has ${bytes} bytes; at most ${mostBytes} are read` }
  }
  if (found.kind === 'unread') {
    const message = `\`${file}\` is in the submodule \`${found.submodule}\`, whose commit is not here: \`git submodule update --init\` brings it`
    return { ok: false, reason: 'other', message }
  }
  const [reason, words] = refusals[found.kind]
  return { ok: false, reason, message: `\`${file}\` ${words}` }
}

const refusals = {
  folder: ['directory', 'is a directory, not a file'],
  outside: ['outside', 'is a symbolic link out of the workspace'],
  endless: ['other', 'is a symbolic link to itself'],
  absent: ['absent', 'does not exist'],
} as const

/** What a folder shows to a listing; a link shows as what it leads to, but for a folder that we are in already. */
function entriesOf(tree: Tree, find: (path: string) => Found, folder: string): readonly FolderEntry[] {
  const here = find(folder)
  if (here.kind !== 'folder') return []
  return Array.from(tree.get(here.path) ?? [], ([name, { kind }]) => {
    const target = kind === 'link' ? find(posix.join(here.path, name)) : undefined
    const leadsIn = target?.kind === 'folder' && !isAround(find, folder, target.path)
    const isDirectory = kind === 'folder' || kind === 'unread' || leadsIn
    return {
      name,
      isDirectory: () => isDirectory,
      isFile: () => !isDirectory && target?.kind !== 'folder',
      isSymbolicLink: () => false,
    }
  })
}

/** Whether a folder is one of those on the way to a listed one: going in would never end. */
function isAround(find: (path: string) => Found, listed: string, target: string): boolean {
  for (let at = listed; ; at = posix.dirname(at)) {
    const found = find(at)
    if (found.kind === 'folder' && found.path === target) return true
    if (at === '.' || at === '') return false
  }
}

/** Where each link leads, by its name. */
async function targetsOf(
  tree: Tree,
  readBlob: (blob: Blob) => Promise<Uint8Array>,
): Promise<ReadonlyMap<string, string>> {
  const links = Array.from(tree, ([folder, entries]) =>
    [...entries].flatMap(([label, entry]) =>
      entry.kind === 'link' ? [[posix.join(folder, label), entry.blob] as const] : [],
    ),
  ).flat()
  const decoder = new TextDecoder()
  return new Map(
    await Promise.all(links.map(async ([name, blob]) => [name, decoder.decode(await readBlob(blob))] as const)),
  )
}
