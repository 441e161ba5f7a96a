import { root } from '../address/address.ts'
import { noteReader, noteSignedOut } from '../session/reader.ts'
import { type Operations, operations } from './operations.ts'

export type Operation = keyof Operations

/** What an operation is asked with: the parts of its address, its query, and what is sent. */
export interface Question<O extends Operation> {
  readonly params: Operations[O]['params']
  readonly query?: Loose<Operations[O]['query']>
  readonly body?: BodyOf<O>
}

type BodyOf<O extends Operation> = Operations[O] extends { readonly body: infer Body } ? Body : undefined

/** A member that is undefined is not asked. */
type Loose<Q> = { readonly [Name in keyof Q]: Q[Name] | undefined }

export type AnswerOf<O extends Operation> = Operations[O]['answer']

/** Why there is no answer: what the server said, or that it could not be reached. */
export class Problem extends Error {
  override readonly name = 'Problem'
  /** A code of the API's table, or `UNREACHABLE`. */
  readonly code: string
  /** 0: no answer at all. */
  readonly status: number
  /** Names the request in the server's log. */
  readonly request: string | undefined
  /** The scope that was missing, where that is the reason. */
  readonly scope: string | undefined
  /** Seconds after which it is worth asking again, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(code: string, status: number, message: string, { request, scope, retryAfter }: ToldOfProblem = {}) {
    super(message)
    this.code = code
    this.status = status
    this.request = request
    this.scope = scope
    this.retryAfter = retryAfter
  }
}

/** What an answer says beside what went wrong. */
interface ToldOfProblem {
  readonly request?: string | undefined
  readonly scope?: string | undefined
  readonly retryAfter?: number | undefined
}

/**
 * Asks the API, also to change something. That nobody is signed in is noted for the frame to say. Throws a {@link Problem}, or an
 * AbortError where the signal ended it.
 */
export async function ask<O extends Operation>(
  operation: O,
  question: Question<O>,
  signal?: AbortSignal,
): Promise<AnswerOf<O>> {
  const { method } = operations[operation]
  const { body } = question
  const response = await sent(addressOfQuestion(operation, question), {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' || operation === 'signIn' ? {} : await shownToBeOurs()),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (!response.ok) {
    if (response.status === 401 && operation !== 'signIn') noteSignedOut()
    throw await problemOf(response)
  }
  // The server's schemas hold its answers; these types are made of the same.
  return (response.status === 204 ? '' : await read(response)) as AnswerOf<O>
}

/** What is no JSON was not written by our server, or not to its end. */
async function read(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    if (isAbort(error)) throw error
    const isCut = !(error instanceof SyntaxError)
    const why = isCut
      ? 'the connection broke within it'
      : 'it is no JSON; something between here and the server may answer for it'
    throw new Problem('ANSWER_UNREADABLE', 0, `the answer cannot be read: ${why}`)
  }
}

/** What shows that a page of ours asks. Asked for each time: another tab may have signed in anew. */
async function shownToBeOurs(): Promise<Readonly<Record<string, string>>> {
  const me = await ask('getMe', { params: {} })
  noteReader(me)
  return me.csrf === undefined ? {} : { 'x-congruent-csrf': me.csrf }
}

async function sent(address: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (isAbort(error)) throw error
    const why = navigator.onLine ? 'the server cannot be reached' : 'this device is offline'
    throw new Problem('UNREACHABLE', 0, why)
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

async function problemOf(response: Response): Promise<Problem> {
  const said: unknown = await response.json().catch(() => undefined)
  const text = (name: string): string | undefined => {
    const value: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  const message = text('detail') ?? `the server answered with ${response.status}`
  const code = text('code') ?? `HTTP_${response.status}`
  const seconds = Number(response.headers.get('retry-after') ?? 'none')
  return new Problem(code, response.status, message, {
    request: text('request'),
    scope: text('scope'),
    retryAfter: Number.isFinite(seconds) ? seconds : undefined,
  })
}

/** Where an operation is asked: its address with the parts filled in, and its query. */
export function addressOfQuestion<O extends Operation>(operation: O, { params, query }: Question<O>): URL {
  const parts = new Map<string, unknown>(Object.entries(params))
  const path = operations[operation].url.replaceAll(/:(\w+)/g, (_part, name: string) =>
    encodeURIComponent(String(parts.get(name))),
  )
  const address = new URL(path.slice(1), root)
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) address.searchParams.set(name, textOf(value))
  return address
}

/** Lists are joined by commas, as the API reads them. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
