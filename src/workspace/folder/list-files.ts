import type { Dirent, readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { globSync } from 'tinyglobby'
import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import { globProblem } from '../glob.ts'
import type { Listing } from '../source.ts'
import { workspaceFile } from '../workspace-file.ts'
import type { Boundary } from './boundary.ts'
import { showFolder, textOf } from './show-folder.ts'

/** What happened during one listing. */
interface Visits {
  left: number
  readonly folders: Listing['folders'][number][]
  failure?: string
}

/**
 * Names of the files that match any of the globs, sorted. A link that leaves the border is listed like a file, so that reading it says why it is refused.
 * They depend on nothing but what the folders show.
 */
export function listFiles({ root, inside }: Boundary, globs: readonly string[], maxFolders: number): Listing {
  const allowed = globs.filter((pattern) => globProblem(pattern) === undefined)
  if (allowed.length === 0) return { names: [], folders: [] }
  const visits: Visits = { left: maxFolders, folders: [] }
  const names = globSync(allowed.map(withoutRegex), {
    cwd: root,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**'],
    fs: { readdirSync: noting(root, visits, inside) },
  })
  if (visits.left < 0)
    throw new Fault(
      'WORKSPACE_INVALID',
      `more than ${maxFolders} folders to search: narrow the globs, or look for symbolic links that fan out`,
    )
  if (visits.failure !== undefined) throw new Fault('WORKSPACE_INVALID', visits.failure)
  return {
    names: [...new Set(names)].filter((name) => !inHiddenFolder(name) && name !== workspaceFile).sort(compareText),
    folders: visits.folders,
  }
}

/** Round brackets and their like are taken as characters of a name, not as a regular expression. */
function withoutRegex(pattern: string): string {
  return pattern.replaceAll(/[()|+@!]/g, String.raw`\$&`)
}

function inHiddenFolder(name: string): boolean {
  return name
    .split('/')
    .slice(0, -1)
    .some((label) => label.startsWith('.'))
}

/** A `readdir` for listings, which notes what each folder shows. */
function noting(root: string, visits: Visits, inside: Boundary['inside']): typeof readdirSync {
  const list = (path: string): readonly Dirent[] => {
    if (--visits.left < 0) return []
    const shown = showFolder(path, inside)
    const folder = relative(root, path)
    visits.folders.push({ folder, shows: textOf(shown) })
    if (shown.ok) return shown.entries
    if (shown.code !== 'ENOENT' && shown.code !== 'ENOTDIR')
      visits.failure = `the folder \`${folder}\` cannot be listed (${shown.code})`
    return []
  }
  // One of the overloads of readdirSync, and the only one that a listing calls.
  return list as unknown as typeof readdirSync
}
