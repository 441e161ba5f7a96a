import type { Speaking } from '../../../engine/protocol.ts'

/** Who speaks of a place and of what is below it. */
export interface Spoken {
  /** Teams that speak there or below, sorted. */
  readonly teams: readonly string[]
  /** What patterns say of any label, where none is named. */
  readonly patterns: readonly string[]
  readonly below: (label: string) => Spoken | undefined
}

/** Who speaks, as the engine tells it, to be stepped down label by label. */
export function spokenOf({ teams = [], patterns = [], below = [] }: Omit<Speaking, 'label'>): Spoken {
  const members = new Map(below.map((one) => [one.label, one]))
  const known = new Map<string, Spoken>()
  return {
    teams: everyTeam({ teams, below }),
    patterns,
    below: (label) => {
      const member = members.get(label)
      const spoken = known.get(label) ?? (member && spokenOf(member))
      if (spoken !== undefined) known.set(label, spoken)
      return spoken
    },
  }
}

function everyTeam({ teams = [], below = [] }: Omit<Speaking, 'label'>): readonly string[] {
  const found = new Set<string>()
  const open = [{ teams, below }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    for (const team of one.teams) found.add(team)
    for (const { teams: own = [], below: further = [] } of one.below) open.push({ teams: own, below: further })
  }
  return [...found].filter((team) => team !== '').sort()
}
