import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Fault } from '../../errors.ts'
import { whyNotWritten } from '../../model/why-not-written.ts'
import { newStage, replacedName, stagedName } from './stage.ts'

/** What becomes of a folder: new texts by name, and names that go. */
export interface FolderChange {
  readonly written: ReadonlyMap<string, string>
  readonly removed: readonly string[]
}

/**
 * Changes a folder wholly or not at all: everything is written beside first, then put in its place; if that fails halfway,
 * or the user wants an end, what was there is put back. Folders that are empty afterwards go.
 */
export async function changeFolder(dir: string, change: FolderChange, signal?: AbortSignal): Promise<void> {
  const made = await mkdir(dir, { recursive: true }).catch((error: unknown) => failed(dir, error))
  const undo: (() => Promise<unknown>)[] = [async () => made !== undefined && removeEmpty(dir, dirname(made))]
  try {
    const stage = await newStage(dir)
    undo.push(() => rm(stage, { recursive: true, force: true }))
    const staged = await stagedFiles(stage, change.written, signal)
    for (const [index, name] of [...change.written.keys(), ...change.removed].entries()) {
      signal?.throwIfAborted()
      const target = join(dir, name)
      await mkdir(dirname(target), { recursive: true })
      undo.push(() => removeEmpty(dirname(target), dir))
      const before = join(stage, replacedName(index))
      if (await moved(target, before)) undo.push(() => rename(before, target))
      const next = staged.get(name)
      if (next === undefined) continue
      await rename(next, target)
      undo.push(() => rm(target, { force: true }))
    }
    await rm(stage, { recursive: true, force: true })
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch(() => undefined)
    failed(dir, error)
  }
  for (const name of change.removed) await removeEmpty(dirname(join(dir, name)), dir)
}

function failed(dir: string, error: unknown): never {
  throw new Fault('OUTPUT_FAILED', `\`${dir}\` cannot be written, and is as it was: ${whyNotWritten(error)}`, {
    cause: error,
  })
}

async function stagedFiles(
  stage: string,
  files: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const staged = new Map<string, string>()
  for (const [name, text] of files) {
    signal?.throwIfAborted()
    const path = join(stage, stagedName(staged.size))
    await writeFile(path, text)
    staged.set(name, path)
  }
  return staged
}

/** Moves a file away; false where there is none. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** Removes a folder and those above it, up to another one, as far as they are empty. */
async function removeEmpty(folder: string, end: string): Promise<void> {
  for (let here = folder; here !== end && !relative(end, here).startsWith('..'); here = dirname(here)) {
    try {
      await rmdir(here)
    } catch {
      return
    }
  }
}
