import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIPv6, type LookupFunction } from 'node:net'
import { Fault } from '../errors.ts'
import type { Destination } from './destination.ts'

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Ends the call. */
  readonly signal?: AbortSignal
}

/** What came back, whatever its status; a redirect is an answer, too. */
export interface OutgoingAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** Asks the address that was judged, whatever its name stands for by now, and reads the answer to its end. */
export function exchange(
  { url, address }: Destination,
  { method, headers, body }: OutgoingRequest,
  { signal, mostBytes }: { readonly signal: AbortSignal; readonly mostBytes: number },
): Promise<OutgoingAnswer> {
  const ask = url.protocol === 'https:' ? requestHttps : requestHttp
  const family = isIPv6(address) ? 6 : 4
  const pinned: LookupFunction = (_host, options, answer) => {
    if (options.all) answer(null, [{ address, family }])
    else answer(null, address, family)
  }
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => {
      const why = signal.aborted ? 'no answer in time' : cause instanceof Error ? cause.message : String(cause)
      reject(new Fault('SERVER_FAILED', `\`${url.host}\` could not be asked: ${why}`, { cause }))
    }
    const request = ask(url, { method, headers: { ...headers }, lookup: pinned, agent: false, signal })
    request.on('error', failed)
    request.on('response', (response) => {
      readBody(response, mostBytes).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        failed,
      )
    })
    request.end(body)
  })
}

async function readBody(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > mostBytes) throw new Error(`the answer is larger than ${mostBytes} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, length)
}
