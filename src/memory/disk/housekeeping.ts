import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unfinished } from './files.ts'
import { packsFolder, tagFile } from './place.ts'
import { secretFile } from './secret.ts'
import { filesIn, tallyFile } from './size-bound.ts'
import { whyNotTrusted } from './trusted-folder.ts'

/** What a memory's folder holds. */
export interface Usage {
  readonly packs: number
  readonly bytes: number
  /** Why it is not used. */
  readonly refused?: string
}

/** Looks at a memory's folder. */
export function usageOf(folder: string): Usage {
  const refused = whyNotTrusted(folder)
  const files = refused === undefined ? ownPacks(folder) : []
  return {
    packs: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(refused === undefined ? {} : { refused }),
  }
}

/** Removes what a memory made in its folder, and nothing else; the folder, too, if nothing is left in it. Answers what it held. */
export function clear(folder: string): Usage {
  const usage = usageOf(folder)
  if (usage.refused !== undefined || lstatSync(folder, { throwIfNoEntry: false }) === undefined) return usage
  const packs = join(folder, packsFolder)
  for (const { path } of ownPacks(folder)) rmSync(path, { force: true })
  for (const name of [secretFile, tallyFile, tagFile, ...namesIn(folder).filter(isUnfinished)])
    rmSync(join(folder, name), { force: true })
  for (const empty of [packs, folder]) {
    try {
      rmdirSync(empty)
    } catch {
      // Something else is in it, or another process has just remembered something.
    }
  }
  return usage
}

function ownPacks(folder: string): ReturnType<typeof filesIn> {
  const packs = join(folder, packsFolder)
  if (lstatSync(packs, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  return filesIn(packs).filter(({ name }) => /^[0-9a-f]{40}$/.test(name) || isUnfinished(name))
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
}

function isUnfinished(name: string): boolean {
  return name.startsWith(unfinished)
}
