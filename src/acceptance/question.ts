import type { Acceptance } from '../engine/protocol.ts'

// What is said to an acceptance worker and what it answers, as JSON texts.

/** Which of some entities have no finding for certain? */
export interface Question {
  /** Names the rules, so that a worker compiles them once. */
  readonly id: string
  /** By pattern; given only to a worker that says it does not know them. */
  readonly rules?: readonly (readonly Acceptance[])[]
  readonly entities: readonly Candidate[]
}

/** An entity: the index of its pattern, its label, its value, and what fragments say of it by name. */
export type Candidate<V = unknown> = readonly [pattern: number, label: string, value: V, named?: NamedDemands]

/** What an entity must satisfy beside the rules of its pattern. */
export interface NamedDemands {
  /** JSON text of values that must be there just so. */
  readonly constants?: string
  /** JSON texts of further schemas. */
  readonly schemas?: readonly string[]
}

/** For each entity `1` where it is accepted, else `0`; or that the rules are to be sent along. */
export type Reply = { readonly accepted: string } | { readonly unknown: true }
