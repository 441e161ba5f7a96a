import { posix } from 'node:path'
import { compareText } from '../model/order.ts'
import { gitOutput, namesOf } from './git.ts'
import type { Repository } from './repository.ts'

/** One file that differs from what it was at a commit, by its name relative to the folder. */
export interface ChangedFile {
  readonly file: string
  readonly change: 'added' | 'changed' | 'deleted' | 'renamed'
  /** What it was called before, where it is renamed. */
  readonly before?: string
}

/** How the files of a folder, as they are on disk, differ from a commit. */
export interface Changes {
  /** Tracked files, sorted by name; a submodule is one of them. */
  readonly files: readonly ChangedFile[]
  /** Whether a file may differ. One that git does not track may: nobody knows what it was; one of a submodule may where that differs. */
  has(file: string): boolean
}

const submodule = '160000'

/** Compares the files on disk below a repository's folder, committed or not, with a commit. */
export async function changesSince({ git, folder }: Repository, commit: string): Promise<Changes> {
  const how = ['--name-status', '-z', '-M', '--relative', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none']
  const [compared, staged] = await Promise.all([
    gitOutput(git, folder, ['diff', ...how, commit, '--', '.']),
    gitOutput(git, folder, ['ls-files', '--stage', '-z', '--', '.'], { mostBytes: 512 * 1024 * 1024 }),
  ])
  const files = changedFilesOf(namesOf(compared))
  const differing = new Set(files.flatMap(({ file, before }) => (before === undefined ? [file] : [file, before])))
  // `100644 object 0\tname`
  const tracked = new Map(namesOf(staged).map((entry) => [entry.slice(entry.indexOf('\t') + 1), entry.slice(0, 6)]))
  return {
    files,
    has: (file) => {
      if (differing.has(file)) return true
      if (tracked.has(file)) return false
      for (let above = posix.dirname(file); above !== '.' && above !== '/'; above = posix.dirname(above))
        if (tracked.get(above) === submodule) return differing.has(above)
      return true
    },
  }
}

/** `M name`, `R100 before after`, each piece ended by NUL. */
function changedFilesOf(pieces: readonly string[]): readonly ChangedFile[] {
  const files: ChangedFile[] = []
  for (let at = 0; at < pieces.length; at += 2) {
    const [status = '', file = '', after = ''] = pieces.slice(at, at + 3)
    if (status.startsWith('R')) {
      files.push({ file: after, change: 'renamed', before: file })
      at += 1
    } else files.push({ file, change: status === 'A' ? 'added' : status === 'D' ? 'deleted' : 'changed' })
  }
  return files.toSorted((a, b) => compareText(a.file, b.file))
}
