import { compareTeams, concernedTeam } from '../../model/concerned-team.ts'
import type { Finding } from '../../model/finding.ts'
import type { Change, FindingPair, Review } from '../../model/review.ts'
import { sameFindings, type SameFindings } from '../same-findings.ts'
import { type Folded, foldedChanges, foldedPairs } from './folded.ts'

/** Findings under the words that say what is new about them. */
export interface News {
  readonly title: string
  readonly findings: readonly SameFindings[]
  /** Whose lines they point at. */
  readonly side: 'base' | 'head'
  /** Nobody has to act on it. */
  readonly good: boolean
}

/** What a review has for one team. */
export interface TeamNews {
  /** Absent for what concerns no team. */
  readonly team?: string
  readonly changes: readonly Folded<Change>[]
  readonly news: readonly News[]
  readonly changed: readonly Folded<FindingPair>[]
}

/** What a review says of findings: conflicts first, breaches apart, what is gone last; titles without findings are left out. */
export function newsOf({ environments }: Pick<Review, 'environments'>): readonly News[] {
  const all = (pick: (environment: Review['environments'][number]) => readonly Finding[]): readonly Finding[] =>
    environments.flatMap(pick)
  const fresh = all(({ findings }) => findings.new)
  const of = (outcome: Finding['outcome']): readonly Finding[] =>
    fresh.filter((finding) => finding.outcome === outcome && finding.kind !== 'breach')
  const latent = (side: 'new' | 'resolved'): readonly Finding[] => all(({ latent }) => latent?.[side] ?? [])
  const lints = (side: 'new' | 'resolved'): readonly Finding[] => all(({ lints }) => lints?.[side] ?? [])
  const gone = [
    ...all(({ conflicts, findings }) => [...conflicts.resolved, ...findings.resolved]),
    ...latent('resolved'),
    ...lints('resolved'),
  ]
  const bad = (title: string, findings: readonly Finding[]): News => ({
    title,
    findings: sameFindings(findings),
    side: 'head',
    good: false,
  })
  return [
    bad(
      'new conflicts',
      all(({ conflicts }) => conflicts.new),
    ),
    bad(
      'new breaches',
      fresh.filter(({ kind }) => kind === 'breach'),
    ),
    bad('newly violating', of('violates')),
    bad('newly undecided', of('undecided')),
    bad('new, without a say in the verdict', of('none')),
    bad('constraints that can never both hold, though no data meets them yet', latent('new')),
    bad('lints', lints('new')),
    { title: 'resolved', findings: sameFindings(gone), side: 'base' as const, good: true },
  ].filter(({ findings }) => findings.length > 0)
}

/** The same, and changes of the desired state, by the team whose path it is, sorted by its name; what concerns none last. */
export function teamNews(review: Review): readonly TeamNews[] {
  const [changes, news, changed] = [foldedChanges(review), newsOf(review), foldedPairs(review)]
  const teamOfChange = ({ one }: Folded<Change>): string | undefined => concernedTeam(one)
  const names = new Set([
    ...changes.map(teamOfChange),
    ...news.flatMap(({ findings }) => findings.map(({ finding }) => concernedTeam(finding))),
    ...changed.map(({ one }) => concernedTeam(one.after)),
  ])
  return [...names].toSorted(compareTeams).map((team) => ({
    ...(team === undefined ? {} : { team }),
    changes: changes.filter((change) => teamOfChange(change) === team),
    news: news
      .map((one) => ({ ...one, findings: one.findings.filter(({ finding }) => concernedTeam(finding) === team) }))
      .filter(({ findings }) => findings.length > 0),
    changed: changed.filter(({ one }) => concernedTeam(one.after) === team),
  }))
}
