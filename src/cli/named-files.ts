import { createReadStream, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { NamedFile } from '../observation/cut-request.ts'
import type { SourceRead } from '../workspace/source.ts'
import { mostBytes, readStream } from './io.ts'

/**
 * Files that the user names: by their name in the workspace if they lie in it, so that its settings for them hold, else as given.
 * They may lie anywhere and be anything that can be read, a pipe too; `-` is standard input. Each is read once.
 */
export async function namedFiles(
  names: readonly string[],
  place: { readonly cwd: string; readonly directory: string },
  stdin: () => Promise<SourceRead>,
): Promise<readonly NamedFile[]> {
  const root = real(resolve(place.cwd, place.directory))
  return Array.from(new Set(names), (name) => {
    if (name === '-') return { name, read: async () => notEmpty(await stdin()) }
    const path = resolve(place.cwd, name)
    let reading: Promise<SourceRead> | undefined
    return { name: nameIn(root, real(path), name), read: () => (reading ??= readNamed(path, name)) }
  })
}

/** Where a command before has failed, nothing comes through the pipe; what nobody saw must not be taken for nothing being there. */
function notEmpty(read: SourceRead): SourceRead {
  if (!read.ok || read.bytes.some((byte) => byte > 0x20)) return read
  const message = 'standard input is empty: see what the command before it says'
  return { ok: false, reason: 'absent', message }
}

/** The name in the workspace of a file or folder that the user names, as given where it lies outside; `.` is the workspace itself. */
export function nameInWorkspace(
  name: string,
  { cwd, directory }: { readonly cwd: string; readonly directory: string },
): string {
  const root = real(resolve(cwd, directory))
  const path = real(resolve(cwd, name))
  return path === root ? '.' : nameIn(root, path, name)
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

function nameIn(root: string, path: string, given: string): string {
  const inside = relative(root, path)
  const isInside = inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
  return (isInside ? inside : given).replaceAll(sep, '/')
}

const reasons: Readonly<Record<string, readonly ['absent' | 'directory' | 'denied', string]>> = {
  ENOENT: ['absent', 'does not exist'],
  ENOTDIR: ['absent', 'does not exist'],
  EISDIR: ['directory', 'is a directory, not a file'],
  EACCES: ['denied', 'may not be read (permission denied)'],
  EPERM: ['denied', 'may not be read (permission denied)'],
}

async function readNamed(path: string, name: string): Promise<SourceRead> {
  try {
    // Many small files are read many times as fast without waiting; a pipe may have to be waited for.
    const found = statSync(path)
    if (found.isFile() && found.size <= mostBytes) return { ok: true, bytes: readFileSync(path) }
    return await readStream(createReadStream(path), name)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    const [reason, words] = reasons[code] ?? (['other', `cannot be read (${code})`] as const)
    return { ok: false, reason, message: `\`${name}\` ${words}` }
  }
}
