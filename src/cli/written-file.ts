import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../errors.ts'
import { whyNotWritten } from '../model/why-not-written.ts'

/** Writes a file whole or not at all: beside it first, then in its place. A device or a pipe is written to as it is. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path)
    const existing = await stat(target).catch(() => undefined)
    if (existing !== undefined && !existing.isFile()) {
      await writeFile(target, text)
      return
    }
    await replace(target, text, existing?.mode)
  } catch (error) {
    throw new Fault('OUTPUT_FAILED', `\`${path}\` cannot be written: ${whyNotWritten(error)}`, { cause: error })
  }
}

async function replace(target: string, text: string, mode: number | undefined): Promise<void> {
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}`)
  try {
    const file = await open(beside, 'wx', mode ?? 0o666)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
