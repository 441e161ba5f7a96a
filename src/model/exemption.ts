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

const dayMs = 86_400_000

/** The moment, in milliseconds since 1970, from which on an exemption does not hold any more: its last day counts whole, in UTC. NaN: there is no such day. */
export function endOf({ expires }: Pick<Exemption, 'expires'>): number {
  const start = Date.parse(`${expires}T00:00:00Z`)
  // A `Date` takes 30 February for 2 March.
  const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(expires)
  return isDay ? start + dayMs : Number.NaN
}
