import { createHmac } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { makeSecret, readSecret } from './secret.ts'
import { isOurs, makeTrusted, whyNotTrusted } from './trusted-folder.ts'

/** The folder inside a memory's folder that holds its packs. */
export const packsFolder = 'packs'

/** A folder that is trusted, and the secret that its packs are sealed with. */
export interface Place {
  readonly folder: string
  readonly packs: string
  readonly secret: Buffer
}

/** A memory's folder as it is; undefined if it cannot be used, or nothing was ever remembered there. */
export function findPlace(folder: string): Place | undefined {
  if (whyNotTrusted(folder) !== undefined) return undefined
  const packs = join(folder, packsFolder)
  const found = lstatSync(packs, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true || !isOurs(found, 0o022)) return undefined
  const secret = readSecret(folder)
  return secret === undefined ? undefined : { folder, packs, secret }
}

/** The same, made where it is not there yet. Throws if that cannot be. */
export function makePlace(folder: string): Place {
  const known = findPlace(folder)
  if (known !== undefined) return known
  makeTrusted(folder)
  mkdirSync(join(folder, packsFolder), { recursive: true, mode: 0o700 })
  tagAsCache(folder)
  makeSecret(folder)
  const place = findPlace(folder)
  if (place === undefined) throw new Error(`\`${folder}\` cannot be used`)
  return place
}

/** What a pack is called on disk: nobody who does not know the secret can tell. */
export function fileOf({ packs, secret }: Place, name: string): string {
  return join(packs, createHmac('sha256', secret).update(`name\n${name}`).digest('hex').slice(0, 40))
}

/** Whether a folder, which may not exist yet, lies in another or is it, by real paths. */
export function liesIn(folder: string, around: string): boolean {
  const way = relative(realPath(around), realPath(folder))
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** The real path of what exists of a path, and the rest. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path))
  }
}

export const tagFile = 'CACHEDIR.TAG'

/** Programs that make backups leave out folders with this file. */
function tagAsCache(folder: string): void {
  const words = 'Signature: 8a477f597d28d172789f06886806bc55\n# What congruent remembers; safe to delete.\n'
  try {
    writeFileSync(join(folder, tagFile), words, { flag: 'wx', mode: 0o600 })
  } catch {
    // It is there already, or is done without.
  }
}
