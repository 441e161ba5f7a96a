import type { Kind } from './finding.ts'

/** A finding that was there: what tells it from others, and for people what it is. */
export interface KnownFinding {
  readonly environment: string
  readonly kind: Kind
  readonly at: string
  readonly rule: string
  readonly fingerprint: string
}

/** What was found in a workspace before, so that only what is new counts: `schemas/baseline.schema.json`. */
export interface Baseline {
  readonly baseline: 1
  readonly workspace: string
  /** By environment, path, kind and rule. */
  readonly findings: readonly KnownFinding[]
}
