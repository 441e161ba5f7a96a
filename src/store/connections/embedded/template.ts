import { lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gunzipSync, gzip } from 'node:zlib'
import { readFile, replaceFile } from '../../../memory/disk/files.ts'
import { makeTrusted, whyNotTrusted } from '../../../memory/disk/trusted-folder.ts'
import { sha256 } from '../../../model/sha256.ts'

/** Much more than it has. */
const mostBytes = 64 * 1024 * 1024
const named = /^postgres-[0-9a-f]{16}\.tar\.gz$/

/**
 * An empty database of the embedded PostgreSQL as it was once made here: to begin with it takes a third of the time. It is kept in a
 * folder that only this user can write to; undefined where there is none that can be believed.
 */
export function findTemplate(folder: string): Uint8Array | undefined {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined || whyNotTrusted(folder) !== undefined)
    return undefined
  const packed = readFile(join(folder, templateName()), mostBytes, Date.now())
  return packed && gunzipSync(packed)
}

/** Keeps one for the next time, and forgets those of other versions. */
export async function keepTemplate(folder: string, database: Uint8Array): Promise<void> {
  const packed = await promisify(gzip)(database, { level: constants.Z_BEST_SPEED })
  makeTrusted(folder)
  const name = templateName()
  replaceFile(join(folder, name), packed)
  for (const other of readdirSync(folder))
    if (named.test(other) && other !== name) rmSync(join(folder, other), { force: true })
}

/** Another program, another template. */
function templateName(): string {
  const program = statSync(createRequire(import.meta.url).resolve('@electric-sql/pglite/pglite.wasm'))
  return `postgres-${sha256(`${program.size} ${program.mtimeMs} ${process.version}`).slice(0, 16)}.tar.gz`
}
