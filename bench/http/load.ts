import autocannon from 'autocannon'
import type { Run } from '../measure/run.ts'
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
export async function loaded(
  server: ServerProcess,
  { path, type, connections, requests, body, check }: Load,
): Promise<Run> {
  let number = 0
  let failure: unknown
  let last = 0
  const before = server.cpu()
  const start = performance.now()
  const result = await autocannon({
    url: `${server.address}${path}`,
    connections,
    amount: requests,
    timeout: 60,
    method: 'POST',
    headers: { 'content-type': type },
    requests: [
      {
        method: 'POST',
        setupRequest: (request, context) => {
          context.number = number++
          return { ...request, body: body(context.number) }
        },
        onResponse: (status, text, context) => {
          last = performance.now()
          try {
            check(status, text, context.number)
          } catch (error) {
            failure ??= error
          }
        },
      },
    ],
  })
  // It ends a while after the last answer.
  const wall = last - start
  if (failure !== undefined) throw failure
  if (result.errors > 0) throw new Error(`${result.errors} requests failed`)
  return { wall, cpu: server.cpu() - before, memory: server.memory(), p50: result.latency.p50, p99: result.latency.p99 }
}
