import type { Fragments } from '../engine/protocol.ts'
import type { Help } from './shares.ts'
import type { ObservedState } from '../observation/cut.ts'

/** One environment's fragments, and what is to be checked against them. */
export interface EvaluationRequest {
  readonly environment: string
  readonly fragments: Fragments
  readonly observed: ObservedState
  /** Whether to report differences from defaults. */
  readonly drift: boolean
  /** Everything at once, by the engine alone. */
  readonly whole?: boolean
  /** Who may work out shares of it beside us. */
  readonly help?: Help
}
