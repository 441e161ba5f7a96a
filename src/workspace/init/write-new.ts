import type { lstat, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import { whyNotWritten } from '../../model/why-not-written.ts'
import { errorCode } from '../error-code.ts'

/** The part of `node:fs/promises` that makes files. */
export interface FileMaker {
  readonly lstat: typeof lstat
  readonly mkdir: typeof mkdir
  readonly writeFile: typeof writeFile
}

/**
 * Writes files into a folder by their names, and says which, sorted. Overwrites nothing: if any of them is there, a Fault USAGE names it, with what
 * to do instead, and nothing is written.
 */
export async function writeNew(
  dir: string,
  files: Readonly<Record<string, string>>,
  instead: string,
  disk: FileMaker,
): Promise<readonly string[]> {
  const names = Object.keys(files).toSorted(compareText)
  const there: string[] = []
  for (const name of names) if (await exists(join(dir, name), disk)) there.push(name)
  if (there.length > 0) {
    const places = there.map((file) => ({ message: 'is there, and is not overwritten', file }))
    const what = there.length === 1 ? 'a file of this name' : 'files of these names'
    throw new Fault('USAGE', `\`${dir}\` holds ${what}: ${instead}`, { places })
  }
  for (const [name, text] of Object.entries(files)) await write(join(dir, name), text, disk)
  return names
}

async function exists(path: string, { lstat }: FileMaker): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw notWritable(path, error)
  }
}

async function write(path: string, text: string, disk: FileMaker): Promise<void> {
  try {
    await makeFolder(dirname(path), disk)
    await disk.writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    throw notWritable(path, error)
  }
}

/** Makes a folder and those around it that are missing. Node's own recursion never ends where a folder is there and nothing can be made in it (`/proc`). */
async function makeFolder(path: string, disk: FileMaker): Promise<void> {
  const parent = dirname(path)
  const failed = await whyNotMade(path, disk)
  if (failed === undefined) return
  if (errorCode(failed) !== 'ENOENT' || parent === path) throw failed
  await makeFolder(parent, disk)
  const failedAgain = await whyNotMade(path, disk)
  if (failedAgain !== undefined) throw failedAgain
}

/** Undefined if the folder is there now; what is no folder shows when a file is written into it. */
async function whyNotMade(path: string, { mkdir }: FileMaker): Promise<unknown> {
  try {
    await mkdir(path)
    return undefined
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? undefined : error
  }
}

function notWritable(path: string, cause: unknown): Fault {
  return new Fault('OUTPUT_FAILED', `\`${path}\` cannot be written: ${whyNotWritten(cause)}`, { cause })
}
