import { createHash } from 'node:crypto'
import { open, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Fault } from '../../../errors.ts'
import { sqlCode } from '../sql-fault.ts'

/**
 * Holds a folder for this process until the answer is called or the process ends, however it ends. On Linux and Windows by a name that
 * the system gives to one process at a time and takes back itself; elsewhere by a file with the process's number. Rejects with a Fault
 * STORE_LOCKED where another one holds it.
 */
export async function lockFolder(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<() => Promise<void>> {
  const { dev, ino } = await stat(folder, { bigint: true })
  const name = `congruent-store-${createHash('sha256').update(`${dev} ${ino}`).digest('hex').slice(0, 32)}`
  if (platform === 'linux') return holdName(`\0${name}`, folder)
  if (platform === 'win32') return holdName(`\\\\.\\pipe\\${name}`, folder)
  return holdFile(join(folder, 'congruent.pid'), folder)
}

async function holdName(path: string, folder: string): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(sqlCode(error) === 'EADDRINUSE' ? locked(folder) : error))
    server.listen({ path, exclusive: true }, () => resolve())
  })
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

async function holdFile(file: string, folder: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if (sqlCode(error) !== 'EEXIST') throw error
      if (isAlive(Number(await readFile(file, 'utf8')))) throw locked(folder)
      await rm(file, { force: true })
    }
  }
  throw locked(folder)
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return sqlCode(error) === 'EPERM'
  }
}

function locked(folder: string): Fault {
  return new Fault(
    'STORE_LOCKED',
    `the data folder \`${folder}\` is in use by another process; end that one, name another folder, or let both use one PostgreSQL with \`--database\``,
  )
}
