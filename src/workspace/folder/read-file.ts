import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, normalize } from 'node:path'
import { errorCode } from '../error-code.ts'
import type { SourceRead } from '../source.ts'
import type { Boundary } from './boundary.ts'

// A file is opened by the real path of its folder, which is looked up once for all its files, and never through a link: where
// the name is one, the link is followed first and its end is held against the border. The calls are synchronous, since a
// workspace is many small files, and waiting for each of them costs ten times as much as reading it.

/** Reads files by name, none outside the border and none longer than `maxBytes`. */
export function fileReader({ root, inside }: Boundary, maxBytes: number): (name: string) => SourceRead {
  const folders = new Map<string, string>()
  const realFolder = (folder: string): string => {
    const known = folders.get(folder)
    if (known !== undefined) return known
    const real = realpathSync.native(folder)
    folders.set(folder, real)
    return real
  }
  const inFolder = (name: string): SourceRead => {
    const path = join(root, name)
    const folder = realFolder(dirname(path))
    return inside(folder) ? readAt(join(folder, basename(path)), name, maxBytes) : linkOut(name)
  }
  const throughLink = (name: string): SourceRead => {
    const path = realpathSync.native(join(root, name))
    return inside(path) ? readAt(path, name, maxBytes) : linkOut(name)
  }
  return (name) => {
    if (leaves(name)) return refusal('outside', `\`${name}\` is outside the workspace`)
    try {
      return normalize(name) === '.' || !constants.O_NOFOLLOW ? throughLink(name) : inFolder(name)
    } catch (error) {
      if (errorCode(error) !== 'ELOOP') return failure(name, error)
    }
    try {
      return throughLink(name)
    } catch (error) {
      return failure(name, error)
    }
  }
}

function readAt(path: string, name: string, maxBytes: number): SourceRead {
  // Opening a named pipe would wait for a writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const found = fstatSync(file)
    if (found.isDirectory()) return refusal('directory', `\`${name}\` is a directory, not a file`)
    if (!found.isFile()) return refusal('other', `\`${name}\` is not a regular file`)
    if (found.size > maxBytes)
      return refusal('too-large', `\`${name}\` has ${found.size} bytes; at most ${maxBytes} are read`)
    return { ok: true, bytes: readSize(file, found.size) }
  } finally {
    closeSync(file)
  }
}

/** As many bytes as the file had when it was opened; fewer if it has become shorter. */
function readSize(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(size)
  let filled = 0
  while (filled < size) {
    const count = readSync(file, bytes, filled, size - filled, null)
    if (count === 0) break
    filled += count
  }
  return bytes.subarray(0, filled)
}

function leaves(name: string): boolean {
  return isAbsolute(name) || name.split(/[/\\]/).includes('..')
}

type Refusal = Exclude<SourceRead, { ok: true }>

function refusal(reason: Refusal['reason'], message: string): SourceRead {
  return { ok: false, reason, message }
}

function linkOut(name: string): SourceRead {
  return refusal('outside', `\`${name}\` is a symbolic link out of the workspace`)
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
