import { matchesRule } from '../check/severity.ts'
import type { Exemption } from '../model/exemption.ts'
import { compareText } from '../model/order.ts'
import { contains } from '../model/path-pattern.ts'
import { parsePattern } from '../model/path.ts'
import type { ExemptionPair, Review } from '../model/review.ts'

/** Exemptions that come, go, or excuse more or less than before, by their ids, sorted. Other words for the same are no change. */
export function exemptionChanges(before: readonly Exemption[], after: readonly Exemption[]): Review['exemptions'] {
  const [old, now] = [byId(before), byId(after)]
  const pairs = Array.from(now).flatMap(([id, exemption]): readonly ExemptionPair[] => {
    const earlier = old.get(id)
    return earlier === undefined ? [] : [{ before: earlier, after: exemption }]
  })
  return {
    added: [...now].flatMap(([id, exemption]) => (old.has(id) ? [] : [exemption])),
    removed: [...old].flatMap(([id, exemption]) => (now.has(id) ? [] : [exemption])),
    widened: pairs.filter((pair) => !excusesAtLeast(pair.before, pair.after)),
    narrowed: pairs.filter(
      (pair) => excusesAtLeast(pair.before, pair.after) && !excusesAtLeast(pair.after, pair.before),
    ),
  }
}

/** Of two with one id, which is a mistake, the later one counts. */
function byId(exemptions: readonly Exemption[]): ReadonlyMap<string, Exemption> {
  return new Map(exemptions.toSorted((a, b) => compareText(a.id, b.id)).map((one) => [one.id, one]))
}

/** Whether whatever one exemption excuses is excused by another, for as long. */
function excusesAtLeast(wide: Exemption, narrow: Exemption): boolean {
  return (
    // A `*` of the narrow glob is matched by one of the wide glob alone.
    matchesRule(wide.rule, narrow.rule) &&
    contains(parsePattern(wide.path), parsePattern(narrow.path)) &&
    includesEnvironments(wide.environments, narrow.environments) &&
    compareText(wide.expires, narrow.expires) >= 0
  )
}

function includesEnvironments(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
  if (wide === undefined) return true
  return narrow !== undefined && narrow.every((name) => wide.includes(name))
}
