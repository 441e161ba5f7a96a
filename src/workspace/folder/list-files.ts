import { relative } from 'node:path'
import { Fault } from '../../errors.ts'
import { type FolderEntry, listNames } from '../list-names.ts'
import type { Listing } from '../source.ts'
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
  const visits: Visits = { left: maxFolders, folders: [] }
  const names = listNames(root, globs, noting(root, visits, inside))
  if (visits.left < 0)
    throw new Fault(
      'WORKSPACE_INVALID',
      `more than ${maxFolders} folders to search: narrow the globs, or look for symbolic links that fan out`,
    )
  if (visits.failure !== undefined) throw new Fault('WORKSPACE_INVALID', visits.failure)
  return { names, folders: visits.folders }
}

/** What each folder shows, which is noted. */
function noting(root: string, visits: Visits, inside: Boundary['inside']): (folder: string) => readonly FolderEntry[] {
  return (path) => {
    if (--visits.left < 0) return []
    const shown = showFolder(path, inside)
    const folder = relative(root, path)
    visits.folders.push({ folder, shows: textOf(shown) })
    if (shown.ok) return shown.entries
    if (shown.code !== 'ENOENT' && shown.code !== 'ENOTDIR')
      visits.failure = `the folder \`${folder}\` cannot be listed (${shown.code})`
    return []
  }
}
