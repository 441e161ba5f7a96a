import type { Run } from '../measure/run.ts'
import { openConnection, requestBytes } from './connection.ts'
import type { ServerProcess } from './server-process.ts'

/** What is sent over and over. */
export interface Load {
  readonly path: string
  readonly type: string
  readonly connections: number
  /** How many requests are sent. */
  readonly requests: number
  /** The body of a request by its number, from 0: none is sent twice where the number tells them apart. */
  readonly body: (number: number) => string
  /** Throws where an answer is not as it must be. */
  readonly check: (status: number, body: string, number: number) => void
}

/** Sends so many requests over several connections; what it took the server, and how long the slowest of a hundred took. */
export async function loaded(server: ServerProcess, load: Load): Promise<Run> {
  const { hostname, port, host } = new URL(server.address)
  const { path, type, requests, body, check } = load
  const connections = await Promise.all(
    Array.from({ length: load.connections }, () => openConnection(hostname, Number(port))),
  )
  const times: number[] = []
  let number = 0
  const before = server.cpu()
  const start = performance.now()
  try {
    await Promise.all(
      connections.map(async (connection) => {
        for (let own = number++; own < requests; own = number++) {
          const request = requestBytes(host, path, type, body(own))
          const sent = performance.now()
          const answer = await connection.ask(request)
          times.push(performance.now() - sent)
          check(answer.status, answer.body, own)
        }
      }),
    )
    const wall = performance.now() - start
    const cpu = server.cpu() - before
    times.sort((a, b) => a - b)
    return { wall, cpu, memory: server.memory(), p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
  } finally {
    for (const connection of connections) connection.close()
  }
}

/** Of sorted times. */
function percentile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN
}
