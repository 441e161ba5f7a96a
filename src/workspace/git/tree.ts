import { posix } from 'node:path'
import { gitOutput, namesOf } from '../../git/git.ts'
import { type Repository, repositoryOf } from '../../git/repository.ts'
import { Fault } from '../../errors.ts'

/** Where the content of a file is kept: which repository, by which name there. */
export interface Blob {
  readonly repository: Repository
  readonly id: string
  readonly bytes: number
}

/** What stands at a name of a revision. */
export type Entry =
  | { readonly kind: 'file'; readonly blob: Blob }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly blob: Blob }
  /** A submodule that is not checked out, or without the commit that is meant. */
  | { readonly kind: 'unread' }

/** What each folder of a revision holds, by label; the folder of the workspace is `.`. */
export type Tree = ReadonlyMap<string, ReadonlyMap<string, Entry>>

/** Reads what a folder of a repository held at a commit, its submodules where they are checked out. */
export async function readTree(repository: Repository, commit: string): Promise<Tree> {
  const tree = new Map<string, Map<string, Entry>>([['.', new Map()]])
  await fill(tree, repository, commit, '.')
  return tree
}

const mostListed = 512 * 1024 * 1024

// `100644 blob 3f2a…   120\tname`
const listed = /^(\d{6}) (\w+) ([0-9a-f]+) +(-|\d+)\t(.*)$/s

async function fill(
  tree: Map<string, Map<string, Entry>>,
  repository: Repository,
  commit: string,
  below: string,
): Promise<void> {
  const args = ['ls-tree', '-r', '-z', '-l', commit]
  const listing = await gitOutput(repository.git, repository.folder, args, { mostBytes: mostListed })
  for (const line of namesOf(listing)) {
    const [, mode, , id = '', bytes, label = ''] = listed.exec(line) ?? []
    const name = posix.join(below, label)
    const blob = { repository, id, bytes: Number(bytes) }
    if (mode === '160000') await fillSubmodule(tree, repository, { id, label, name })
    else put(tree, name, { kind: mode === '120000' ? 'link' : 'file', blob })
  }
}

async function fillSubmodule(
  tree: Map<string, Map<string, Entry>>,
  { git, folder }: Repository,
  { id, label, name }: { readonly id: string; readonly label: string; readonly name: string },
): Promise<void> {
  try {
    const inner = await repositoryOf(git, posix.join(folder, label))
    // Without files of its own the folder is one of the repository around it.
    if (inner.prefix === '') {
      put(tree, name, { kind: 'folder' })
      return await fill(tree, inner, id, name)
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  put(tree, name, { kind: 'unread' })
}

/** Puts an entry at its name, with the folders on the way. */
function put(tree: Map<string, Map<string, Entry>>, name: string, entry: Entry): void {
  for (let [path, at] = [name, entry]; path !== '.'; [path, at] = [posix.dirname(path), { kind: 'folder' }]) {
    const folder = posix.dirname(path)
    const held = tree.get(folder) ?? new Map<string, Entry>()
    tree.set(folder, held)
    const label = posix.basename(path)
    if (held.get(label)?.kind === 'folder') break
    held.set(label, at)
    if (at.kind === 'folder' && !tree.has(path)) tree.set(path, new Map())
  }
}
