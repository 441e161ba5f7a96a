import { sha256 } from '../../../model/sha256.ts'
import { open, rm, stat } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Fault } from '../../../errors.ts'
import { sqlCode } from '../sql-fault.ts'

type Unlock = () => Promise<void>

/**
 * Holds a folder for this process until the answer is called or the process ends, however it ends: what holds it is a socket, which the
 * system closes then. Rejects with a Fault STORE_LOCKED where another process holds it.
 */
export async function lockFolder(folder: string, platform: NodeJS.Platform = process.platform): Promise<Unlock> {
  const { dev, ino } = await stat(folder, { bigint: true })
  const name = `congruent-store-${sha256(`${dev} ${ino}`).slice(0, 32)}`
  if (platform === 'win32') return holdName(`\\\\.\\pipe\\${name}`, folder)
  if (platform !== 'linux') return holdFile(folder, folder)
  // A name without a file is given to one process at a time, but only within a container; the file is seen by all who see the folder.
  const releaseName = await holdName(`\0${name}`, folder)
  try {
    const opened = await open(folder)
    // The address of a socket has 107 bytes at most, and a folder's name may have more.
    const releaseFile = await holdFile(`/proc/self/fd/${opened.fd}`, folder).catch(async (error: unknown) => {
      await opened.close()
      throw error
    })
    return async () => {
      await releaseFile()
      await opened.close()
      await releaseName()
    }
  } catch (error) {
    await releaseName()
    throw error
  }
}

async function holdName(path: string, folder: string): Promise<Unlock> {
  return closing(await listening(path, folder))
}

/** A file that nobody answers behind was left by a process that was killed. */
async function holdFile(path: string, folder: string): Promise<Unlock> {
  const file = join(path, 'lock')
  if (await isAnswered(file)) throw locked(folder)
  await rm(file, { force: true })
  return closing(await listening(file, folder))
}

async function listening(path: string, folder: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(sqlCode(error) === 'EADDRINUSE' ? locked(folder) : error))
    server.listen({ path, exclusive: true }, () => resolve())
  })
  server.unref()
  return server
}

function closing(server: Server): Unlock {
  return () => new Promise((resolve) => server.close(() => resolve()))
}

async function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error) => {
      const code = sqlCode(error)
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(false)
      else if (code === 'EACCES' || code === 'EAGAIN') resolve(true)
      else reject(error)
    })
  })
}

function locked(folder: string): Fault {
  return new Fault(
    'STORE_LOCKED',
    `the data folder \`${folder}\` is in use by another process; end that one, name another folder, or let both use one PostgreSQL with \`--database\``,
  )
}
