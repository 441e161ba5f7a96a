import { STATUS_CODES } from 'node:http'
import { Fault, faults } from '../errors.ts'

/** What is wrong with one place of a request. */
export interface Problem {
  readonly message: string
  /** Labels joined by dots; absent for the whole. */
  readonly path?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** A fault as RFC 9457 asks for, and as `application/problem+json` carries it. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  /** The identifier of the request, which the log has as well. */
  readonly request: string
  readonly problems?: readonly Problem[]
  readonly [detail: string]: unknown
}

/** What went wrong as a document for the asker. Of what is no fault of ours to tell, nothing but the identifier leaves the server. */
export function problemDocument(error: unknown, request: string): ProblemDocument {
  const fault = error instanceof Fault && error.code !== 'INTERNAL' ? error : internal()
  const status = faults[fault.code].http
  return {
    type: `urn:congruent:fault:${fault.code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: fault.message,
    code: fault.code,
    request,
    ...(fault.places.length === 0 ? {} : { problems: fault.places }),
    ...fault.details,
  }
}

/** Seconds after which it is worth asking again; undefined where it is not. */
export function retryAfter({ status, retryAfter }: ProblemDocument): number | undefined {
  if (status !== 429 && status !== 503) return undefined
  return typeof retryAfter === 'number' ? Math.max(1, Math.ceil(retryAfter)) : 1
}

function internal(): Fault {
  return new Fault('INTERNAL', 'the server failed within; its log has the reason under the identifier of this request')
}
