import { lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs'
import { dirname, isAbsolute, parse } from 'node:path'

/** Whose files are believed: on systems without user ids, every file is in its user's own profile. */
function userId(): number | undefined {
  return process.geteuid?.()
}

/** Whether a file or folder belongs to this user and grants the others nothing of `rights`. */
export function isOurs({ uid, mode }: Pick<Stats, 'uid' | 'mode'>, rights: number): boolean {
  const user = userId()
  return user === undefined || (uid === user && (mode & rights) === 0)
}

/**
 * Why a folder is not to be trusted with what only this user may write; undefined if it may be, or can be made so. It must be a folder
 * of this user that nobody else can write to, and no link; around it, nobody but this user and root may be able to put another in its place.
 */
export function whyNotTrusted(folder: string): string | undefined {
  if (!isAbsolute(folder)) return `\`${folder}\` is no absolute path`
  try {
    const own = statOf(folder)
    if (own?.isSymbolicLink() === true) return `\`${folder}\` is a symbolic link`
    if (own !== undefined && !own.isDirectory()) return `\`${folder}\` is no folder`
    if (own !== undefined && !isOurs(own, 0o022)) return `\`${folder}\` belongs to, or can be written by, somebody else`
    const around = nearestThatExists(dirname(folder))
    const unsafe = [...foldersTo(around), ...foldersTo(realpathSync.native(around))].find(
      (path) => !isSafeAround(lstatSync(path)),
    )
    return unsafe === undefined ? undefined : `\`${unsafe}\` belongs to, or can be written by, somebody else`
  } catch (error) {
    return `\`${folder}\` cannot be looked at: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Makes a folder that only this user can enter, where it is not there yet; throws if it cannot be, or is not trusted then. */
export function makeTrusted(folder: string): void {
  requireTrust(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  requireTrust(folder)
}

function requireTrust(folder: string): void {
  const why = whyNotTrusted(folder)
  if (why !== undefined) throw new Error(why)
}

/**
 * In a folder with the sticky bit, such as /tmp, nobody can rename or remove what is another's. A group of the same number as its user is
 * that user's alone, where systems let groups write to new folders. What a link may do, its folder tells.
 */
function isSafeAround(found: Stats): boolean {
  const { uid, gid, mode } = found
  const user = userId()
  if (user === undefined) return true
  const isWritable = (mode & (gid === uid ? 0o002 : 0o022)) !== 0
  return (uid === user || uid === 0) && (!isWritable || (mode & 0o1000) !== 0 || found.isSymbolicLink())
}

/** A path and all folders above it. */
function foldersTo(path: string): readonly string[] {
  const { root } = parse(path)
  return path === root ? [root] : [...foldersTo(dirname(path)), path]
}

function nearestThatExists(path: string): string {
  return statOf(path) !== undefined || dirname(path) === path ? path : nearestThatExists(dirname(path))
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
