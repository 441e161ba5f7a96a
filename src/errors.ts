/** One row a code: the status that each shell answers with. `docs/errors.md` explains the same codes. */
export const faults = {
  USAGE: { http: 400, exit: 2 },
  WORKSPACE_NOT_FOUND: { http: 404, exit: 2 },
  WORKSPACE_INVALID: { http: 400, exit: 2 },
  TESTS_INVALID: { http: 400, exit: 2 },
  INPUT_NOT_FOUND: { http: 400, exit: 2 },
  OUTPUT_FAILED: { http: 500, exit: 5 },
  ENGINE_DEADLINE: { http: 504, exit: 5 },
  ENGINE_MEMORY: { http: 503, exit: 5 },
  ENGINE_CRASHED: { http: 503, exit: 5 },
  ENGINE_NOT_FOUND: { http: 500, exit: 2 },
  ENGINE_MISMATCH: { http: 500, exit: 5 },
  ENGINE_CLOSED: { http: 503, exit: 5 },
  UNAUTHENTICATED: { http: 401, exit: 2 },
  FORBIDDEN: { http: 403, exit: 2 },
  NOT_FOUND: { http: 404, exit: 2 },
  METHOD_NOT_ALLOWED: { http: 405, exit: 2 },
  BODY_INVALID: { http: 400, exit: 2 },
  QUERY_INVALID: { http: 400, exit: 2 },
  CURSOR_INVALID: { http: 400, exit: 2 },
  MEDIA_TYPE_UNSUPPORTED: { http: 415, exit: 2 },
  BODY_TOO_LARGE: { http: 413, exit: 2 },
  ARCHIVE_INVALID: { http: 400, exit: 2 },
  PRECONDITION_FAILED: { http: 412, exit: 2 },
  FRAGMENTS_CONFLICT: { http: 409, exit: 2 },
  SEQUENCE_REUSED: { http: 409, exit: 2 },
  DESIRED_INCOMPLETE: { http: 409, exit: 4 },
  PROPOSAL_CLOSED: { http: 409, exit: 2 },
  APPROVAL_MISSING: { http: 409, exit: 2 },
  TOO_MANY_REQUESTS: { http: 429, exit: 5 },
  OVERLOADED: { http: 503, exit: 5 },
  STORE_UNAVAILABLE: { http: 503, exit: 5 },
  STORE_LOCKED: { http: 503, exit: 2 },
  STORE_NEWER: { http: 500, exit: 2 },
  ADDRESS_REFUSED: { http: 400, exit: 2 },
  CONFIGURATION_INVALID: { http: 400, exit: 2 },
  KEYS_UNAVAILABLE: { http: 503, exit: 5 },
  PROVIDER_UNAVAILABLE: { http: 503, exit: 5 },
  GIT_NOT_FOUND: { http: 500, exit: 2 },
  GIT_FAILED: { http: 500, exit: 5 },
  REPOSITORY_NOT_FOUND: { http: 404, exit: 2 },
  REVISION_NOT_FOUND: { http: 404, exit: 2 },
  SERVER_FAILED: { http: 502, exit: 5 },
  CLUSTER_UNAVAILABLE: { http: 502, exit: 5 },
  INTERNAL: { http: 500, exit: 5 },
} as const satisfies Record<string, { http: number; exit: number }>

export type FaultCode = keyof typeof faults

/** Whether a text is one of the codes. */
export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code)
}

/** A place that a fault is about. */
export interface FaultPlace {
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** Our failure, or a request that cannot be served; never something that a check found. */
export class Fault extends Error {
  readonly code: FaultCode
  /** Every problem with its place, where a fault has several (a workspace file). */
  readonly places: readonly FaultPlace[]
  /** What a program needs to act on it, as members of the problem document: the conflicts, seconds to wait. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: FaultCode,
    message: string,
    options: {
      readonly places?: readonly FaultPlace[]
      readonly details?: Readonly<Record<string, unknown>>
      readonly cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Fault'
    this.code = code
    this.places = options.places ?? []
    this.details = options.details ?? {}
  }
}
