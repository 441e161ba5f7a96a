import type { Finding } from './finding.ts'
import type { Note } from './report.ts'

/** What all fragments of one environment unify to: the answer of unify. */
export interface DesiredState {
  readonly workspace: string
  readonly environment: string
  /** 64 hex digits of what was unified. */
  readonly digest: string
  /** Conflicts, unreadable fragments and breaches, sorted by path, kind and rule. */
  readonly findings: readonly Finding[]
  readonly notes: readonly Note[]
  /** CUE text. */
  readonly cue?: string
  /** JSON text with exact numbers; absent where something is not concrete or conflicts. */
  readonly json?: string
  /** What is not concrete, sorted by path. */
  readonly incomplete: readonly { readonly path: readonly string[]; readonly at: string; readonly text: string }[]
  /** What the engine cannot tell. */
  readonly lacks: readonly string[]
}
