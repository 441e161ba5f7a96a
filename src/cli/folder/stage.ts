import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compareText } from '../../model/order.ts'
import { parsedRecord, type FolderRecord } from './folder-record.ts'

const named = /^\.congruent-render-(\d+)-[A-Za-z0-9]{6}$/

/** Makes the folder in which a run keeps what is about to be put in its place, and what is taken away. */
export function newStage(dir: string): Promise<string> {
  return mkdtemp(join(dir, `.congruent-render-${process.pid}-`))
}

/** The name of what is put beside: the number of the file, in the order in which they are put in their places. */
export const stagedName = (index: number): string => `${index}`
/** The name of what stood in the place of that file before. */
export const replacedName = (index: number): string => `before-${index}`

/** Whether a name is that of a stage, of this run or any other. */
export function isStage(name: string): boolean {
  return named.test(name)
}

/** A stage whose run was killed. */
export interface LeftStage {
  readonly path: string
  /** What its folder was to become, if all of that was written there. */
  readonly record?: FolderRecord
}

/** The stages that killed runs left: none of a run that may still be under way, and none that holds anything else. */
export async function leftStages(dir: string): Promise<readonly LeftStage[]> {
  const names = await readdir(dir).catch(() => [])
  const left: LeftStage[] = []
  for (const name of names.toSorted(compareText)) {
    const pid = Number(named.exec(name)?.[1] ?? Number.NaN)
    const path = join(dir, name)
    const held = Number.isNaN(pid) || isRunning(pid) ? undefined : await heldIn(path)
    if (held === undefined) continue
    const last = Math.max(-1, ...held.filter((one) => /^\d+$/.test(one)).map(Number))
    const text = last < 0 ? undefined : await readFile(join(path, stagedName(last)), 'utf8').catch(() => undefined)
    const record = text === undefined ? undefined : parsedRecord(text)
    left.push({ path, ...(record && { record }) })
  }
  return left
}

/** Takes away what killed runs left. Who may not leaves it: it is in nobody's way. */
export async function removeStages(stages: readonly LeftStage[]): Promise<void> {
  for (const { path } of stages) await rm(path, { recursive: true, force: true }).catch(() => undefined)
}

/** The files of a stage; undefined where something else is there, or something that no run put there. */
async function heldIn(path: string): Promise<readonly string[] | undefined> {
  const there = await lstat(path).catch(() => undefined)
  if (there?.isDirectory() !== true) return undefined
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  const isOurs = entries?.every((entry) => entry.isFile() && /^(?:before-)?\d+$/.test(entry.name))
  return isOurs === true ? entries?.map(({ name }) => name) : undefined
}

function isRunning(pid: number): boolean {
  // A stage of our own number is of an earlier process: this one has none yet.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
