import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Beginning of the names of files that are being written. */
export const unfinished = '.new-'
/** How old a file's time of use may get. */
const useNotedAfterMs = 3_600_000

/** The bytes of a regular file of at most `most` bytes, no link; its time tells from now on that it was used. Undefined if there is none. */
export function readFile(path: string, most: number, now: number): Buffer | undefined {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch {
    return undefined
  }
  try {
    const found = fstatSync(file)
    if (!found.isFile() || found.size > most) return undefined
    const bytes = Buffer.allocUnsafe(found.size)
    const length = readSync(file, bytes, 0, found.size, 0)
    if (now - found.mtimeMs > useNotedAfterMs) futimesSync(file, now / 1000, now / 1000)
    return bytes.subarray(0, length)
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

/** Whoever reads finds the old file or the new one, never half of it. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const beside = join(dirname(path), `${unfinished}${randomBytes(8).toString('hex')}`)
  try {
    writeFileSync(beside, bytes, { flag: 'wx', mode: 0o600 })
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
