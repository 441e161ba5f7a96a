/** An owned, reasoned, expiring permission for one rule at one path. */
export interface Exemption {
  readonly id: string
  /** Id of a rule, or a glob over rule ids. */
  readonly rule: string
  /** Path pattern where it holds. */
  readonly path: string
  readonly environments?: readonly string[]
  /** The team that answers for it. */
  readonly owner: string
  readonly reason: string
  readonly approvedBy?: string
  readonly ticket?: string
  /** The last day on which it holds: `2026-12-31`. */
  readonly expires: string
}

/** The content of an exemptions file: `schemas/exemptions.schema.json`. */
export interface Exemptions {
  readonly exemptions: readonly Exemption[]
}
