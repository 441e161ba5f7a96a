import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Fault } from '../errors.ts'
import type { Scope, Subject } from '../model/access.ts'
import type { Data } from '../model/data.ts'
import type { Access } from './access/access.ts'
import type { Timed } from './limits/deadlines.ts'
import { streamBody } from './reading/receive.ts'
import type { Asked } from './route.ts'

/** What of a request is known by the time that a route handles it. */
export interface AskedParts {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly subject: Subject
  readonly deadlineMs: number
  readonly id: string
  /** In milliseconds of `performance.now()`. */
  readonly until: number
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly access: Access
  readonly streamBytes: number
}

/** A request as a route sees it. What few routes ask for, such as the signal, is made when it is asked for. */
export class AskedRequest implements Asked, Timed {
  body: Data | undefined
  place: number | undefined
  received: Uint8Array | undefined
  /** Set by whoever waits for the answer. */
  expired: ((fault: Fault) => void) | undefined
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly subject: Subject
  readonly deadlineMs: number
  readonly id: string
  readonly until: number
  readonly #parts: AskedParts
  #ending: AbortController | undefined

  constructor(parts: AskedParts) {
    this.params = parts.params
    this.query = parts.query
    this.subject = parts.subject
    this.deadlineMs = parts.deadlineMs
    this.id = parts.id
    this.until = parts.until
    this.#parts = parts
  }

  get headers(): Readonly<Record<string, string | undefined>> {
    const all: Record<string, string | undefined> = Object.create(null)
    for (const [name, value] of Object.entries(this.#parts.request.headers))
      all[name] = Array.isArray(value) ? value.join(', ') : value
    return all
  }

  readonly bytes = (): AsyncIterable<Uint8Array> =>
    this.received === undefined ? streamBody(this.#parts.request, this.#parts.streamBytes) : onePiece(this.received)

  readonly may = (scope: Scope): boolean => this.#parts.access.may(this.subject, scope)

  get signal(): AbortSignal {
    if (this.#ending === undefined) {
      const ending = new AbortController()
      this.#ending = ending
      const { response } = this.#parts
      if (response.destroyed) ending.abort()
      else response.once('close', () => ending.abort())
    }
    return this.#ending.signal
  }

  expire(fault: Fault): void {
    this.#ending?.abort()
    this.expired?.(fault)
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
