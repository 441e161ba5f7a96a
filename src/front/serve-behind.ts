import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { closeServer, listeningAddress, notListening, type ListenOptions } from '../http/server.ts'
import type { Fronts } from './fronts.ts'

/** Where a server that has fronts listens, and what they are. */
export interface BehindOptions extends ListenOptions {
  readonly scheme: 'http' | 'https'
  /** Random text that names the socket. */
  readonly random: () => string
  /** Starts the fronts of a server that listens on a socket in the file system. */
  readonly fronts: (socket: string) => Fronts
}

/** Lets fronts answer until the signal ends it; requests that are in work by then are answered. Rejects with CONFIGURATION_INVALID where it cannot listen. */
export async function serveBehindFronts(app: FastifyInstance, options: BehindOptions): Promise<void> {
  const { host, port, signal, listening, scheme } = options
  let take = (client: Socket): void => void client.destroy()
  const listener = await listen(host, port, (client) => take(client))
  const place = await socketPlace(options.random)
  try {
    const { socket } = place
    await app.listen({ path: socket, listenTextResolver: () => '' })
    const fronts = options.fronts(socket)
    take = (client) => fronts.take(client)
    try {
      await fronts.ready()
      listening(listeningAddress(scheme, host, listener.address()))
      if (!signal.aborted) await once(signal, 'abort')
      listener.close()
      await fronts.end()
      await closeServer(app)
    } finally {
      await fronts.close()
    }
  } finally {
    listener.close()
    await place.remove()
  }
}

/**
 * Where a server can be asked by its fronts: as it is over the network, with the same questions about who asks. On Linux such a socket needs
 * no file, so that nothing is left behind however the server ends, and a file system may be read-only.
 */
async function socketPlace(
  random: () => string,
): Promise<{ readonly socket: string; readonly remove: () => Promise<void> }> {
  if (platform() === 'linux') return { socket: `\0congruent-${random()}`, remove: async () => undefined }
  // Nobody else on this machine gets into such a folder.
  const folder = await mkdtemp(join(tmpdir(), 'congruent-'))
  return { socket: join(folder, 'server'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Listens; `localhost` is both of its addresses, where there are both. */
async function listen(
  host: string,
  port: number,
  take: (client: Socket) => void,
): Promise<Pick<Server, 'address' | 'close'>> {
  const first = await listenOn(host === 'localhost' ? '127.0.0.1' : host, port, take).catch((error: unknown) => {
    throw notListening(error, host, port)
  })
  const address = first.address()
  if (host !== 'localhost' || typeof address !== 'object' || address === null) return first
  const second = await listenOn('::1', address.port, take).catch(() => undefined)
  return {
    address: () => first.address(),
    close: () => {
      second?.close()
      return first.close()
    },
  }
}

async function listenOn(host: string, port: number, take: (client: Socket) => void): Promise<Server> {
  const server = createServer({ pauseOnConnect: true }, take)
  server.listen({ host, port })
  await once(server, 'listening')
  return server
}
