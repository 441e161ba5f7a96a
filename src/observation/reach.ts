import type { PathPattern } from '../model/path.ts'

/** How far a snapshot looked at one place and below; made for the root, then stepped down label by label. */
export interface Reach {
  /** Whether it looked here, completely but for what it was refused below. */
  readonly covered: boolean
  /** Whether it looked here and at everything below. */
  readonly whole: boolean
  /** Whether it looked at anything here or below. */
  readonly anywhere: boolean
  /** Labels below which it looked at anything. */
  readonly named: 'any' | ReadonlySet<string>
  below(label: string): Reach
}

/** What is left of a pattern below some place. */
interface Rest {
  readonly pattern: PathPattern
  readonly used: number
}

/** The reach of a snapshot at the root. */
export function reachOf(snapshot: {
  readonly covers: readonly PathPattern[]
  readonly refused: readonly { readonly path: PathPattern }[]
}): Reach {
  const rests = (patterns: readonly PathPattern[]): Rest[] => patterns.map((pattern) => ({ pattern, used: 0 }))
  return reach(false, false, rests(snapshot.covers), rests(snapshot.refused.map(({ path }) => path)))
}

function reach(wasCovered: boolean, wasRefused: boolean, covers: readonly Rest[], refusals: readonly Rest[]): Reach {
  const refused = wasRefused || refusals.some(isUsedUp)
  const inside = wasCovered || covers.some(isUsedUp)
  const nowhere = refused || (!inside && covers.length === 0)
  const self: Reach = {
    covered: inside && !refused,
    whole: inside && !refused && refusals.length === 0,
    anywhere: !nowhere,
    named: nowhere ? new Set() : inside ? 'any' : labelsOf(covers),
    below: (label) => {
      if (nowhere || (inside && refusals.length === 0)) return self
      return reach(inside, refused, inside ? [] : stepped(covers, label), stepped(refusals, label))
    },
  }
  return self
}

function labelsOf(rests: readonly Rest[]): 'any' | ReadonlySet<string> {
  const labels = new Set<string>()
  for (const { pattern, used } of rests) {
    const label = pattern[used]
    if (label === null) return 'any'
    if (label !== undefined) labels.add(label)
  }
  return labels
}

function isUsedUp({ pattern, used }: Rest): boolean {
  return used === pattern.length
}

function stepped(rests: readonly Rest[], label: string): Rest[] {
  const left: Rest[] = []
  for (const { pattern, used } of rests) {
    const wanted = pattern[used]
    if (wanted === null || wanted === label) left.push({ pattern, used: used + 1 })
  }
  return left
}
