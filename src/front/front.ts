import type { Socket } from 'node:net'
import { Connection, type OwnRoute } from './connection.ts'
import { plainHeads } from './request-head.ts'

/** What a front is made of. */
export interface FrontOptions {
  /** A new connection to the server. */
  readonly connect: () => Socket
  /** What the front does itself, by address: all of it `POST`. */
  readonly routes: Readonly<Record<string, OwnRoute>>
  /** Milliseconds that only grow. */
  readonly now: () => number
}

/** Takes connections, and answers on them or passes on. */
export interface Front {
  serve(client: Socket): void
  /** Looks after connections on which nothing happens; to be called every so often. */
  sweep(): void
  /** Ends connections as soon as what is in work on them is answered, and takes no new ones. */
  end(): void
  readonly connections: number
}

/** So long after its first bytes a request may be incomplete here; then the server waits for the rest. */
const patienceMs = 250
/** So long a connection may be open before anything comes. */
const firstMs = 20_000
/** So long it may be idle afterwards, as the `Keep-Alive` of answers says. */
const idleMs = 72_000
/** So long a connection to the server is kept for the next request; the server itself would wait longer. */
const restMs = 30_000

/** Brings connections and what answers on them together. */
export function createFront({ connect, routes, now }: FrontOptions): Front {
  const connections = new Set<Connection>()
  let isEnding = false
  const dependencies = {
    connect,
    headOf: plainHeads(),
    routeOf: ({ method, target }: { readonly method: string; readonly target: string }) =>
      method === 'POST' && Object.hasOwn(routes, target) ? routes[target] : undefined,
    now,
  }
  return {
    serve: (client) => {
      const connection: Connection = new Connection(client, dependencies, () => connections.delete(connection))
      connections.add(connection)
      if (isEnding) connection.end()
    },
    sweep: () => {
      const moment = now()
      for (const connection of connections) {
        const age = moment - connection.since
        if (connection.isPartial && age > patienceMs) connection.passOn()
        else if (connection.isIdle && connection.isNew && age > firstMs) connection.refuse()
        else if (connection.isIdle && age > idleMs) connection.destroy()
        else if (connection.isIdle && age > restMs) connection.rest()
      }
    },
    end: () => {
      isEnding = true
      for (const connection of connections) connection.end()
    },
    get connections() {
      return connections.size
    },
  }
}
