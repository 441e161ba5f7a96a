/** One row a code: the status that each shell answers with. `docs/errors.md` explains the same codes. */
export const faults = {
  USAGE: { http: 400, exit: 2 },
  WORKSPACE_NOT_FOUND: { http: 404, exit: 2 },
  WORKSPACE_INVALID: { http: 400, exit: 2 },
  INPUT_NOT_FOUND: { http: 400, exit: 2 },
  OUTPUT_FAILED: { http: 500, exit: 5 },
  ENGINE_DEADLINE: { http: 504, exit: 5 },
  ENGINE_MEMORY: { http: 503, exit: 5 },
  ENGINE_CRASHED: { http: 503, exit: 5 },
  ENGINE_NOT_FOUND: { http: 500, exit: 2 },
  ENGINE_MISMATCH: { http: 500, exit: 5 },
  ENGINE_CLOSED: { http: 503, exit: 5 },
  INTERNAL: { http: 500, exit: 5 },
} as const satisfies Record<string, { http: number; exit: number }>

export type FaultCode = keyof typeof faults

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

  constructor(code: FaultCode, message: string, options: { places?: readonly FaultPlace[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Fault'
    this.code = code
    this.places = options.places ?? []
  }
}
