import { lstat, readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import type { RenderedFile } from '../../model/rendered.ts'
import { sha256 } from '../../model/sha256.ts'
import { changeFolder } from './folder-change.ts'
import { readRecord, recordName, recordText, type FolderOrigin, type FolderRecord } from './folder-record.ts'
import { isStage, leftStages, removeStages } from './stage.ts'

/** What a folder has become; names are sorted. */
export interface WrittenFolder {
  readonly written: readonly string[]
  readonly removed: readonly string[]
  /** How many files were like that before. */
  readonly unchanged: number
}

/**
 * Makes a folder hold these files, wholly or not at all, and takes away those that it held of an earlier run. What others put
 * there is neither overwritten nor removed, unless that is forced; what they put elsewhere in the folder stays in any case.
 * What a run left that was killed is taken up, and its leftovers go.
 */
export async function writeFolder(
  dir: string,
  files: readonly RenderedFile[],
  origin: FolderOrigin,
  { force, signal }: { readonly force: boolean; readonly signal?: AbortSignal },
): Promise<WrittenFolder> {
  const root = await realpath(dir).catch(() => dir)
  const left = await leftStages(root)
  const records = await recordsOf(root, origin, { force, left: left.flatMap(({ record }) => record ?? []) })
  const texts = new Map(files.map(({ name, text }) => [name, text]))
  const written = new Map<string, string>()
  for (const [name, text] of texts) {
    const there = await textAt(root, name)
    if (there === text) continue
    if (there !== undefined && !force) refuseEdited(root, name, there, records)
    written.set(name, text)
  }
  const removed: string[] = []
  for (const name of new Set(records.flatMap(({ files: known }) => Object.keys(known)))) {
    if (texts.has(name)) continue
    const there = await textAt(root, name)
    if (there === undefined) continue
    if (!force) refuseEdited(root, name, there, records)
    removed.push(name)
  }
  const names = [...texts.keys()].sort(compareText)
  const digests = Object.fromEntries(names.map((name) => [name, sha256(texts.get(name) ?? '')]))
  // The record comes last: a folder without it, or with an older one, is not taken for this state.
  const all = new Map([...written, [recordName, recordText({ ...origin, files: digests })]])
  await changeFolder(root, { written: all, removed }, signal)
  await removeStages(left)
  return {
    written: [...written.keys()].sort(compareText),
    removed: removed.sort(compareText),
    unchanged: texts.size - written.size,
  }
}

/**
 * What earlier runs wrote into a folder: the last one that came to its end, and those that were killed since. Throws a Fault USAGE where
 * that was something else, or somebody else.
 */
async function recordsOf(
  dir: string,
  origin: FolderOrigin,
  { force, left }: { readonly force: boolean; readonly left: readonly FolderRecord[] },
): Promise<readonly FolderRecord[]> {
  const there = await lstat(dir).catch(() => undefined)
  if (there === undefined) return []
  if (!there.isDirectory()) throw new Fault('USAGE', `\`${dir}\` is no folder: name one, or none that is there yet`)
  const ended = await readRecord(dir)
  const records = [...(ended === undefined ? [] : [ended]), ...left]
  if (force) return records
  if (records.length === 0) {
    if ((await readdir(dir)).every(isStage)) return []
    const message = `\`${dir}\` is not empty, and \`congruent render\` did not write it: name another folder, or say \`--force\``
    throw new Fault('USAGE', message)
  }
  for (const record of records) refuseOther(dir, record, origin)
  return records
}

function refuseOther(dir: string, { workspace, environment, to, path }: FolderRecord, origin: FolderOrigin): void {
  const isSame = workspace === origin.workspace && environment === origin.environment
  if (isSame && to === origin.to && path === origin.path) return
  const part = path === '' ? '' : `\`${path}\` in `
  const held = `${part}environment \`${environment}\` of \`${workspace}\` for ${to}`
  throw new Fault('USAGE', `\`${dir}\` holds ${held}: name another folder, or say \`--force\``)
}

/** The text of a file below a folder, if it is there. Throws a Fault USAGE where something else stands, or a link leads elsewhere. */
async function textAt(root: string, name: string): Promise<string | undefined> {
  for (let above = dirname(name); above !== '.'; above = dirname(above)) {
    const folder = await lstat(join(root, above)).catch(() => undefined)
    if (folder !== undefined && !folder.isDirectory()) refuse(root, above, 'is no folder: move it away')
  }
  const path = join(root, name)
  const there = await lstat(path).catch(() => undefined)
  if (there === undefined) return undefined
  if (!there.isFile()) refuse(root, name, 'is no file: move it away')
  return readFile(path, 'utf8')
}

function refuseEdited(root: string, name: string, text: string, records: readonly FolderRecord[]): void {
  const digests = records.flatMap(({ files }) => files[name] ?? [])
  if (digests.length === 0) refuse(root, name, 'was not written by `congruent render`: move it away, or say `--force`')
  if (!digests.includes(sha256(text)))
    refuse(root, name, 'was changed since `congruent render` wrote it: move it away, or say `--force`')
}

function refuse(root: string, name: string, why: string): never {
  throw new Fault('USAGE', `\`${join(root, name)}\` ${why}`)
}
