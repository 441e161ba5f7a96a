import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../errors.ts'

/** What a folder was written from. */
export interface FolderOrigin {
  readonly workspace: string
  readonly environment: string
  readonly to: string
  /** The part of the state, as CUE writes paths; empty for the whole. */
  readonly path: string
}

/** What says that a folder was written by `congruent render`, and what of it. */
export interface FolderRecord extends FolderOrigin {
  /** SHA-256 of each file, in hex, by its name relative to the folder. */
  readonly files: Readonly<Record<string, string>>
}

/** The name of the record in its folder; without an ending, since `kubectl apply -R -f` takes hidden `.json` files for objects, too. */
export const recordName = '.congruent-render'

/** The text of a record. */
export function recordText({ workspace, environment, to, path, files }: FolderRecord): string {
  return `${JSON.stringify({ workspace, environment, to, path, files }, null, 2)}\n`
}

/** The record of a folder, if it has one. Throws a Fault USAGE where it cannot be believed. */
export async function readRecord(dir: string): Promise<FolderRecord | undefined> {
  const text = await readFile(join(dir, recordName), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const record = parsedRecord(text)
  if (record !== undefined) return record
  const message = `\`${join(dir, recordName)}\` is not what \`congruent render\` wrote there: remove it, and say \`--force\``
  throw new Fault('USAGE', message)
}

/** The record that a text says; undefined where it says none. */
export function parsedRecord(text: string): FolderRecord | undefined {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof data !== 'object' || data === null) return undefined
  if (!('workspace' in data && 'environment' in data && 'to' in data && 'path' in data && 'files' in data))
    return undefined
  const { workspace, environment, to, path, files } = data
  if (typeof workspace !== 'string' || typeof environment !== 'string') return undefined
  if (typeof to !== 'string' || typeof path !== 'string' || typeof files !== 'object' || files === null)
    return undefined
  const known: Record<string, string> = {}
  for (const [name, digest] of Object.entries(files)) {
    if (typeof digest !== 'string' || !staysInside(name)) return undefined
    known[name] = digest
  }
  return { workspace, environment, to, path, files: known }
}

/** Whether a name leads to something below its folder, on any system: others can have edited the record. */
function staysInside(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part))
}
