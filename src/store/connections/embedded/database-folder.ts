import { mkdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from './folder-lock.ts'

/** A folder with a database, ours until it is given back. */
export interface DatabaseFolder {
  readonly database: string
  /** Nothing is in it yet. */
  readonly fresh: boolean
  /** The database stands: from now on it is kept. */
  begun(): Promise<void>
  unlock(): Promise<void>
}

/** Takes a data folder, made if it is not there. Rejects with a Fault STORE_LOCKED where another process has it. */
export async function takeFolder(data: string): Promise<DatabaseFolder> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const folder = await realpath(data)
  const unlock = await lockFolder(folder)
  try {
    const database = join(folder, 'postgres')
    // Whoever was killed while it made the database has left this file, and no database that could hold anything.
    const unfinished = join(folder, 'unfinished')
    if (await exists(unfinished)) await rm(database, { recursive: true, force: true })
    // Left over where the last one was killed; with the lock in hand we know that it is nobody's.
    await rm(join(database, 'postmaster.pid'), { force: true })
    const fresh = !(await exists(database))
    if (fresh) await writeFile(unfinished, '')
    return { database, fresh, unlock, begun: () => rm(unfinished, { force: true }) }
  } catch (error) {
    await unlock()
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
