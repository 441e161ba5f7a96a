import type { Congruent } from '../congruent.ts'
import type { Scope, Subject } from '../model/access.ts'
import type { Data } from '../model/data.ts'
import type { Service } from '../service.ts'
import type { HeaderFields } from './access/loopback.ts'
import type { SignIn } from './access/sign-in.ts'
import type { Metrics } from './metrics.ts'
import type { ProblemDocument } from './problem.ts'
import type { Tag } from './tags.ts'

/** A JSON Schema 2020-12, or a reference to one of `schemas/` by its `$id`. */
export type Schema = Readonly<Record<string, unknown>>

/** How a body may be written: as JSON, as YAML where it is a document, as lines of JSON, as a compressed archive. */
export type BodyType = 'application/json' | 'application/yaml' | 'application/x-ndjson' | 'application/gzip'

/**
 * One route of the API, as data: what the server validates and enforces, what OpenAPI says, what a test tries wrongly, all from here. No
 * route knows the HTTP library.
 */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** `/v1/workspaces/:workspace/findings` */
  readonly url: string
  /** For OpenAPI: `listFindings`. */
  readonly operation: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  /**
   * The scope that the asker must have, from the parts of the address. `token`: whoever has a valid token, or needs none; what hangs on
   * the body is asked in the handler. `anyone`: nothing is asked, not even for a token.
   */
  readonly needs: ((params: Readonly<Record<string, string>>) => Scope) | 'token' | 'anyone'
  readonly params?: Schema
  readonly query?: Schema
  /** `optional`: it may be absent; then the handler gets undefined. */
  readonly body?: {
    readonly schema: Schema
    readonly types: readonly BodyType[]
    readonly optional?: true
    /** The most bytes that are read of it; default: the server's. */
    readonly most?: number
  }
  /** The answer stays open until somebody leaves: it takes no turn from others and has no deadline. */
  readonly stays?: true
  /** By status; faults are added to each. */
  readonly answers: Readonly<
    Record<
      number,
      {
        readonly description: string
        readonly schema?: Schema
        readonly type?: string
        /** Other media types in which it may be written, as text or bytes. */
        readonly also?: readonly string[]
      }
    >
  >
  handle(asked: Asked, dependencies: RouteDependencies): Promise<Answer>
  /** What a person's browser that asks for a page gets instead of a problem document; programs get that. */
  readonly refusedPage?: (problem: ProblemDocument, asked: Refused, dependencies: RouteDependencies) => Answer
}

/** What is known of a request that was refused, whether or not it could be read. */
export interface Refused {
  readonly url: string
  readonly headers: HeaderFields
}

/** What a handler is given; everything in it has passed the route's schemas. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>
  /** Coerced to the types of the schema. */
  readonly query: Readonly<Record<string, unknown>>
  /** Of JSON and YAML: the data, numbers exact. Undefined for the other types. */
  readonly body: Data | undefined
  /** The body as it came; for lines and archives as it comes. */
  readonly bytes: () => AsyncIterable<Uint8Array>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly subject: Subject
  /** Whether the asker has a scope that hangs on more than the address. */
  readonly may: (scope: Scope) => boolean
  /** Milliseconds that the work may take: the server's, or less by `Prefer: wait=`. */
  readonly deadlineMs: number
  /** Ends when the asker has gone away or the server must close. */
  readonly signal: AbortSignal
  readonly id: string
}

/** What a handler answers: data, which is written as JSON with numbers exact, a text, or text that comes in pieces. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: unknown
  /** The body where it is written already; wins over `body`. */
  readonly text?: string
  readonly pieces?: AsyncIterable<string | Uint8Array>
  /** Default `application/json`. */
  readonly type?: string
}

export interface RouteDependencies {
  readonly congruent: Congruent
  readonly service: Service
  readonly clock: () => Date
  /** What must answer for the server to be ready, by name: each rejects where it does not. */
  readonly probes: Readonly<Record<string, () => Promise<void>>>
  readonly metrics: Metrics
  readonly signIn: SignIn
  /** The OpenAPI document of every route. */
  readonly openapi: () => object
}
