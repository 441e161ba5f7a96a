import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { globSync } from 'tinyglobby'
import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import { errorCode } from '../error-code.ts'
import { globProblem } from '../glob.ts'
import { workspaceFile } from '../workspace-file.ts'
import type { Boundary } from './boundary.ts'

/** What happened during one listing. */
interface Visits {
  left: number
  failure?: string
}

/** Names of the files that match any of the globs, sorted. A link that leaves the border is listed like a file, so that reading it says why it is refused. */
export function listFiles({ root, inside }: Boundary, globs: readonly string[], maxFolders: number): readonly string[] {
  const allowed = globs.filter((pattern) => globProblem(pattern) === undefined)
  if (allowed.length === 0) return []
  const visits: Visits = { left: maxFolders }
  const names = globSync(allowed.map(withoutRegex), {
    cwd: root,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**'],
    fs: { readdirSync: resolvingReaddir(root, visits, inside) },
  })
  if (visits.left < 0)
    throw new Fault(
      'WORKSPACE_INVALID',
      `more than ${maxFolders} folders to search: narrow the globs, or look for symbolic links that fan out`,
    )
  if (visits.failure !== undefined) throw new Fault('WORKSPACE_INVALID', visits.failure)
  return [...new Set(names)].filter((name) => !inHiddenFolder(name) && name !== workspaceFile).sort(compareText)
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

/** A `readdir` whose links are shown as what they lead to, if that is in the workspace and not a folder that we are in already. */
function resolvingReaddir(root: string, visits: Visits, inside: Boundary['inside']): typeof readdirSync {
  const list = (folder: string): Dirent[] => {
    if (--visits.left < 0) return []
    try {
      return readdirSync(folder, { withFileTypes: true }).map((entry) => followed(folder, entry, inside))
    } catch (error) {
      const code = errorCode(error) ?? 'unknown reason'
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        visits.failure = `the folder \`${relative(root, folder)}\` cannot be listed (${code})`
      return []
    }
  }
  // One of the overloads of readdirSync, and the only one that a listing calls.
  return list as unknown as typeof readdirSync
}

/** An entry, or what it leads to if it is a link. */
function followed(folder: string, link: Dirent, inside: Boundary['inside']): Dirent {
  if (!link.isSymbolicLink()) return link
  const target = realPath(join(folder, link.name))
  const kind = target !== undefined && inside(target) ? statSync(target, { throwIfNoEntry: false }) : undefined
  const isDirectory = kind?.isDirectory() === true && !isAround(folder, target ?? '')
  const shown: Dirent = Object.create(link)
  shown.isDirectory = () => isDirectory
  shown.isFile = () => !isDirectory && kind?.isDirectory() !== true
  shown.isSymbolicLink = () => false
  return shown
}

/** Whether a real folder is one of those on the way to a listed folder, by whatever names: going in would never end. */
function isAround(folder: string, target: string): boolean {
  let at = folder
  for (;;) {
    if (realPath(at) === target) return true
    const parent = dirname(at)
    if (parent === at) return false
    at = parent
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
