import type { KnownFacts } from '../at-once/known-facts.ts'
import type { Believed } from '../http/access/remembered.ts'
import type { Subject } from '../model/access.ts'
import type { LinesAbout } from '../operations/requested/lines-at-once.ts'
import type { Tokens } from '../store/store.ts'

/** Where a front passes requests on to, and what it must know to answer as the server does. */
export interface FrontSettings {
  /** The socket of the server in the file system. */
  readonly socket: string
  /** For TLS, in PEM. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array }
  readonly onlyLoopback: boolean
  /** Whether tokens of an identity provider are believed. */
  readonly jwt: boolean
  readonly origins: readonly string[]
  /** Random text with which the identifiers of its requests begin. */
  readonly prefix: string
  /** Whether the server wants to be told of each request that is answered, for the log or for spans. */
  readonly tellsEach: boolean
}

/** What is known of a workspace's newest revision; without facts it is what the front has by that name. */
export interface Granted {
  readonly name: string
  readonly facts?: KnownFacts
  /** How many milliseconds ago the store was asked. */
  readonly ageMs: number
  /** How many changes there had been before that. */
  readonly change: number
}

/** Requests that a front answered by itself, all with 200. */
export interface Answered {
  readonly route: string
  /** How long each took. */
  readonly seconds: Float32Array
}

/** One such request, for the log and for spans. */
export interface AnsweredRequest {
  readonly id: string
  readonly route: string
  readonly operation: string
  readonly subject: string
  readonly traceparent?: string
  readonly ms: number
}

/** What a front asks the server that it stands before. */
export type ServerAnswers = {
  readonly settings: readonly [question: undefined, answer: FrontSettings]
  readonly ready: readonly [question: undefined, answer: undefined]
  readonly tokensExist: readonly [question: undefined, answer: boolean]
  readonly token: readonly [id: string, answer: Awaited<ReturnType<Tokens['find']>>]
  readonly jwt: readonly [question: { readonly token: string; readonly now: number }, answer: Believed<Subject>]
  readonly known: readonly [
    question: Pick<LinesAbout, 'stored' | 'environment'> & { readonly has?: string },
    answer: Granted | undefined,
  ]
  readonly answered: readonly [question: readonly Answered[], answer: undefined]
  readonly answeredRequest: readonly [question: AnsweredRequest, answer: undefined]
}

/** What a server asks a front. */
export type FrontAnswers = {
  /** To believe nothing more of what it knows of workspaces; answered once that is so. */
  readonly forget: readonly [
    question: { readonly workspaces: readonly string[]; readonly change: number },
    answer: undefined,
  ]
  /** To tell what it answered since it told last. */
  readonly tell: readonly [question: undefined, answer: undefined]
  /** To take nothing more on; answered once whatever it has begun to receive is with the server. */
  readonly end: readonly [question: undefined, answer: undefined]
}
