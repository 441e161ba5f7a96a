import { compareText } from '../model/order.ts'
import { exactJson } from '../model/exact-json.ts'
import type { Finding } from '../model/finding.ts'
import type { FindingDelta, FindingPair } from '../model/review.ts'

/** What makes two findings the same thing; by default their fingerprints. */
export type IdentityOf = (finding: Finding) => string

/** What a finding is about, in whatever environment. */
export function whereverItIs({ kind, path, rule, conjuncts, observations }: Finding): string {
  const file = kind === 'unreadable' ? (conjuncts[0]?.file ?? observations[0]?.file) : undefined
  return JSON.stringify([kind, path, rule.id, file])
}

/** What differs from one check to the next. The order of the lists is that of the checks. */
export function findingDelta(
  before: readonly Finding[],
  after: readonly Finding[],
  identityOf: IdentityOf = ({ fingerprint }) => fingerprint,
): FindingDelta {
  const [old, now] = [byIdentity(before, identityOf), byIdentity(after, identityOf)]
  const fresh = after.filter((finding) => !old.has(identityOf(finding)))
  const gone = before.filter((finding) => !now.has(identityOf(finding)))
  const renamed = renamedAmong(gone, fresh)
  const [was, is] = [new Set(renamed.map((pair) => pair.before)), new Set(renamed.map((pair) => pair.after))]
  return {
    new: fresh.filter((finding) => !is.has(finding)),
    resolved: gone.filter((finding) => !was.has(finding)),
    changed: after.flatMap((finding) => {
      const earlier = old.get(identityOf(finding))
      return earlier !== undefined && isOther(earlier, finding) ? [{ before: earlier, after: finding }] : []
    }),
    renamed,
  }
}

function byIdentity(findings: readonly Finding[], identityOf: IdentityOf): ReadonlyMap<string, Finding> {
  return new Map(findings.map((finding) => [identityOf(finding), finding]))
}

function isOther(before: Finding, after: Finding): boolean {
  return (
    before.message !== after.message ||
    before.severity !== after.severity ||
    before.outcome !== after.outcome ||
    (before.exempted === undefined) !== (after.exempted === undefined)
  )
}

/** Findings that say the same of the same path by another rule id: each is paired with one at most. */
function renamedAmong(gone: readonly Finding[], fresh: readonly Finding[]): readonly FindingPair[] {
  const bySaying = new Map<string, Finding[]>()
  for (const finding of gone) {
    const key = sayingOf(finding)
    const group = bySaying.get(key)
    if (group === undefined) bySaying.set(key, [finding])
    else group.push(finding)
  }
  return fresh.flatMap((after) => {
    const before = bySaying.get(sayingOf(after))?.shift()
    return before === undefined ? [] : [{ before, after }]
  })
}

/** All that a finding says, but for the rule's name and the text of its constraint and where that stands. */
function sayingOf({ kind, outcome, severity, path, message, owner, teams, exempted }: Finding): string {
  const whose = [owner ?? null, teams.toSorted(compareText)]
  return exactJson([kind, outcome, severity, path, message, ...whose, exempted ?? null])
}
