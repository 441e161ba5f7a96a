import { readDocuments } from '../document/read.ts'
import { Fault } from '../errors.ts'
import type { Data } from '../model/data.ts'
import { faultOfAnswer } from './answer-fault.ts'

/** The HTTP API of another process, for programs that ask it. */
export interface Client {
  /** Where it is, without a `/` at the end; for messages. */
  readonly server: string
  /**
   * Asks, and answers what came with a status below 300. A problem document is thrown as the Fault that it tells of; what is none, and a
   * server that cannot be reached, as SERVER_FAILED.
   */
  send(request: ApiRequest): Promise<ApiAnswer>
}

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** The labels of the address; each stays one, whatever it holds. */
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: string | Uint8Array
  /** Default `application/json`. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface ApiAnswer {
  readonly status: number
  /** Numbers exact; undefined where the answer is empty. */
  readonly data: Data | undefined
}

export interface ClientOptions {
  readonly server: string
  readonly token?: string
  readonly fetch: typeof globalThis.fetch
  /** Ends what is under way. */
  readonly signal: AbortSignal
}

/** Talks to a server. An address that is none is a Fault USAGE. */
export function createClient({ server, token, fetch, signal }: ClientOptions): Client {
  const base = baseOf(server)
  return {
    server: base,
    send: async ({ method, path, query = {}, body, type = 'application/json', headers = {} }) => {
      const address = new URL(`${base}/${path.map(encodeURIComponent).join('/')}`)
      for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value)
      const asked = {
        method,
        // A redirect would carry the token to whoever the answer names.
        redirect: 'manual',
        signal,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': type }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      } as const
      const { status, bytes } = await exchange(fetch, base, address, asked)
      const data = bytes.length === 0 ? undefined : dataOf(bytes)
      if (status < 200 || status >= 300) throw faultOfAnswer(base, status, data)
      if (bytes.length > 0 && data === undefined)
        throw new Fault('SERVER_FAILED', `\`${base}\` answered with what is no JSON: is it a Congruent server?`)
      return { status, data }
    },
  }
}

function baseOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new Fault(
      'USAGE',
      `\`${server}\` is no address of a server: expected one such as \`https://congruent.example\``,
    )
  return url.href.replace(/\/+$/, '')
}

async function exchange(
  fetch: typeof globalThis.fetch,
  base: string,
  address: URL,
  asked: RequestInit,
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  try {
    const response = await fetch(address, asked)
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    if (asked.signal?.aborted === true) throw error
    throw new Fault('SERVER_FAILED', `\`${base}\` cannot be reached: ${whyNot(error)}`, { cause: error })
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; `congruent serve` starts a server',
  ENOTFOUND: 'no such name is known',
  ECONNRESET: 'the connection was broken off',
  UND_ERR_SOCKET: 'the connection was broken off',
  ETIMEDOUT: 'it gives no answer',
  UND_ERR_CONNECT_TIMEOUT: 'it gives no answer',
  UND_ERR_HEADERS_TIMEOUT: 'it gives no answer',
}

function whyNot(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code] ?? (cause instanceof Error && cause.message !== '' ? cause.message : String(cause))
}

function dataOf(bytes: Uint8Array): Data | undefined {
  const { documents, unreadable } = readDocuments('answer', bytes, { format: 'json' })
  return unreadable.length === 0 && documents.length === 1 ? documents[0]?.data : undefined
}
