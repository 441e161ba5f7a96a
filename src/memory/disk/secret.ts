import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { unfinished } from './files.ts'
import { isOurs } from './trusted-folder.ts'

/** The name of the file with the secret that entries are authenticated with. */
export const secretFile = 'key'
const secretBytes = 32

/** The secret of a folder; undefined if there is none, or if others may have read or written it. */
export function readSecret(folder: string): Buffer | undefined {
  let file: number
  try {
    file = openSync(
      join(folder, secretFile),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
  } catch {
    return undefined
  }
  try {
    const found = fstatSync(file)
    if (!found.isFile() || found.size !== secretBytes || !isOurs(found, 0o077)) return undefined
    const secret = readFileSync(file)
    return secret.length === secretBytes ? secret : undefined
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

/** The secret of a folder, made if there is none that can be believed. Of several processes that make one at once, all get the same. */
export function makeSecret(folder: string): Buffer {
  const existing = readSecret(folder)
  if (existing !== undefined) return existing
  const secret = randomBytes(secretBytes)
  const beside = join(folder, `${unfinished}${randomBytes(8).toString('hex')}`)
  writeFileSync(beside, secret, { flag: 'wx', mode: 0o600 })
  try {
    return putInPlace(folder, beside) ?? secret
  } finally {
    rmSync(beside, { force: true })
  }
}

/** A link is made by one process only: the others find it, and take what it leads to. Answers the secret of another, if it came first. */
function putInPlace(folder: string, beside: string): Buffer | undefined {
  const path = join(folder, secretFile)
  try {
    linkSync(beside, path)
    return undefined
  } catch {
    const other = readSecret(folder)
    if (other === undefined) renameSync(beside, path)
    return other
  }
}
