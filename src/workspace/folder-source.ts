import { type Dirent, constants, type readdir as callbackReaddir } from 'node:fs'
import { access, open, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { callbackify } from 'node:util'
import { glob } from 'tinyglobby'
import { Fault } from '../errors.ts'
import { compareText } from '../model/order.ts'
import { errorCode } from './error-code.ts'
import { globProblem } from './glob.ts'
import type { Source, SourceRead } from './source.ts'

// Real files are checked by their real path: a symbolic link is followed as long as it stays in the folder.
// A link that leaves it is listed like a file, so that reading it says why it is refused, rather than dropped.

/** Limits of a folder source. */
export interface FolderLimits {
  /** The longest file that is read, in bytes. */
  readonly maxBytes: number
  /** How many folders one listing visits at most. */
  readonly maxFolders: number
}

const defaultLimits: FolderLimits = { maxBytes: 256 * 1024 * 1024, maxFolders: 100_000 }

/** A source over a folder of the disk. Nothing outside the folder is read, whatever names and links say. */
export function folderSource(dir: string, limits: Partial<FolderLimits> = {}): Source {
  const root = resolve(dir)
  const { maxBytes, maxFolders } = { ...defaultLimits, ...limits }
  let realRoot: Promise<string> | undefined
  const inside = async (path: string): Promise<boolean> => {
    realRoot ??= realpath(root)
    const base = await realRoot
    return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep)
  }
  return {
    name: dir,
    read: (name) => readInside(root, name, maxBytes, inside),
    list: (globs) => listInside(root, globs, maxFolders, inside),
    above: (name) => nearestAbove(root, name),
  }
}

type Inside = (path: string) => Promise<boolean>

async function readInside(root: string, name: string, maxBytes: number, inside: Inside): Promise<SourceRead> {
  if (leaves(name)) return refusal('outside', `\`${name}\` is outside the workspace`)
  try {
    const path = await realpath(join(root, name))
    if (!(await inside(path))) return refusal('outside', `\`${name}\` is a symbolic link out of the workspace`)
    return await readFile(path, name, maxBytes)
  } catch (error) {
    return failure(name, error)
  }
}

async function readFile(path: string, name: string, maxBytes: number): Promise<SourceRead> {
  // Opening a named pipe would wait for a writer.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const found = await file.stat()
    if (found.isDirectory()) return refusal('directory', `\`${name}\` is a directory, not a file`)
    if (!found.isFile()) return refusal('other', `\`${name}\` is not a regular file`)
    const tooLarge = (size: number): SourceRead =>
      refusal('too-large', `\`${name}\` has ${size} bytes; at most ${maxBytes} are read`)
    if (found.size > maxBytes) return tooLarge(found.size)
    const bytes = await file.readFile()
    return bytes.length > maxBytes ? tooLarge(bytes.length) : { ok: true, bytes }
  } finally {
    await file.close()
  }
}

function leaves(name: string): boolean {
  return isAbsolute(name) || name.split(/[/\\]/).includes('..')
}

type Refusal = Exclude<SourceRead, { ok: true }>

function refusal(reason: Refusal['reason'], message: string): SourceRead {
  return { ok: false, reason, message }
}

const failures: Readonly<Record<string, readonly [reason: Refusal['reason'], words: string]>> = {
  ENOENT: ['absent', 'does not exist'],
  ENOTDIR: ['absent', 'does not exist'],
  ENAMETOOLONG: ['absent', 'does not exist'],
  ERR_INVALID_ARG_VALUE: ['absent', 'does not exist'],
  EACCES: ['denied', 'may not be read (permission denied)'],
  EPERM: ['denied', 'may not be read (permission denied)'],
  EISDIR: ['directory', 'is a directory, not a file'],
  ELOOP: ['other', 'is a symbolic link to itself'],
}

function failure(name: string, error: unknown): SourceRead {
  const code = errorCode(error) ?? 'unknown reason'
  const [reason, words] = failures[code] ?? ['other', `cannot be read (${code})`]
  return refusal(reason, `\`${name}\` ${words}`)
}

/** What happened during one listing. */
interface Visits {
  left: number
  failure?: string
}

async function listInside(
  root: string,
  globs: readonly string[],
  maxFolders: number,
  inside: Inside,
): Promise<readonly string[]> {
  const allowed = globs.filter((pattern) => globProblem(pattern) === undefined)
  if (allowed.length === 0) return []
  const visits: Visits = { left: maxFolders }
  const names = await glob(allowed.map(withoutRegex), {
    cwd: root,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**'],
    fs: { readdir: resolvingReaddir(root, visits, inside) },
  })
  if (visits.left < 0)
    throw new Fault(
      'WORKSPACE_INVALID',
      `more than ${maxFolders} folders to search: narrow the globs, or look for symbolic links that fan out`,
    )
  if (visits.failure !== undefined) throw new Fault('WORKSPACE_INVALID', visits.failure)
  return [...new Set(names)].filter((name) => !inHiddenFolder(name)).sort(compareText)
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
function resolvingReaddir(root: string, visits: Visits, inside: Inside): typeof callbackReaddir {
  const list = async (folder: string): Promise<Dirent[]> => {
    if (--visits.left < 0) return []
    try {
      const entries = await readdir(folder, { withFileTypes: true })
      return await Promise.all(entries.map((entry) => followed(folder, entry, inside)))
    } catch (error) {
      const code = errorCode(error) ?? 'unknown reason'
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        visits.failure = `the folder \`${relative(root, folder)}\` cannot be listed (${code})`
      return []
    }
  }
  // One of the overloads of readdir, and the only one that a listing calls.
  return callbackify((folder: string, _options: unknown) => list(folder)) as unknown as typeof callbackReaddir
}

/** An entry, or what it leads to if it is a link. */
async function followed(folder: string, link: Dirent, inside: Inside): Promise<Dirent> {
  if (!link.isSymbolicLink()) return link
  const target = await realpath(join(folder, link.name)).catch(() => undefined)
  const kind = target !== undefined && (await inside(target)) ? await stat(target).catch(() => undefined) : undefined
  const isDirectory = kind?.isDirectory() === true && !(await isAround(folder, target ?? ''))
  const shown: Dirent = Object.create(link)
  shown.isDirectory = () => isDirectory
  shown.isFile = () => !isDirectory && kind?.isDirectory() !== true
  shown.isSymbolicLink = () => false
  return shown
}

/** Whether a real folder is one of those on the way to a listed folder, by whatever names: going in would never end. */
async function isAround(folder: string, target: string): Promise<boolean> {
  let at = folder
  for (;;) {
    if ((await realpath(at).catch(() => undefined)) === target) return true
    const parent = dirname(at)
    if (parent === at) return false
    at = parent
  }
}

async function nearestAbove(root: string, name: string): Promise<string | undefined> {
  let folder = dirname(root)
  for (;;) {
    const path = join(folder, name)
    const found = await access(path).then(
      () => true,
      () => false,
    )
    if (found) return path
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}
