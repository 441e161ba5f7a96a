import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { Fault } from '../errors.ts'

/** Where a server listens. */
export interface ListenOptions {
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  /** Ends the server. */
  readonly signal: AbortSignal
  /** Told when requests are answered: `http://127.0.0.1:8787`. */
  readonly listening: (address: string) => void
}

const idleMs = 50
const closingMs = 60_000

/** Answers requests until the signal ends it; requests that are in work by then are answered. Rejects with CONFIGURATION_INVALID where it cannot listen. */
export async function serveUntil(
  app: FastifyInstance,
  { host, port, signal, listening }: ListenOptions,
): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: () => '' })
  } catch (error) {
    throw notListening(error, host, port)
  }
  const address = app.server.address()
  listening(listeningAddress(app.initialConfig.https ? 'https' : 'http', host, address))
  if (!signal.aborted) await once(signal, 'abort')
  await closeServer(app)
}

/** Ends a server: connections that are kept alive end as soon as they are idle; those of who never reads an answer end in time. */
export async function closeServer(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), idleMs)
  const patience = setTimeout(() => app.server.closeAllConnections(), closingMs)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(patience)
  }
}

/** The address under which a host is asked that listens. */
export function listeningAddress(scheme: 'http' | 'https', host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Why nothing can listen there, for who chose the address. */
export function notListening(error: unknown, host: string, port: number): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'something else listens there; choose another one with `--port`',
    EACCES: 'the system does not allow it; choose a port above 1023',
    EADDRNOTAVAIL: 'this machine has no such address; see `--host`',
    ENOTFOUND: 'the name is unknown; see `--host`',
  }
  return new Fault('CONFIGURATION_INVALID', `cannot listen on \`${host}\` port ${port}: ${why[code] ?? code}`, {
    cause: error,
  })
}
