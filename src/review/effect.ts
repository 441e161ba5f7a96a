import { exactJson } from '../model/exact-json.ts'
import type { Outcome } from '../model/finding.ts'
import type { Comparison, Effect } from '../model/proposal.ts'
import type { ChangeKind } from '../model/review.ts'
import { newsOf, reviewSummary } from './review-verdict.ts'

const directions = {
  tighter: 'tighter',
  added: 'tighter',
  looser: 'looser',
  removed: 'looser',
  changed: 'otherwise',
  unordered: 'otherwise',
  default: 'defaults',
} as const satisfies Record<ChangeKind, string>

/** What a comparison comes to, in a line: a change that is the same in several environments counts once, and a path once, however many findings come there. */
export function effectOf({ verdict, environments }: Pick<Comparison, 'verdict' | 'environments'>): Effect {
  const changes = new Map(
    environments.flatMap((environment) =>
      environment.changes.map(({ at, change, before, after }) => [
        exactJson([at, change, before ?? null, after ?? null]),
        change,
      ]),
    ),
  )
  const counted = { tighter: 0, looser: 0, otherwise: 0, defaults: 0 }
  for (const change of changes.values()) counted[directions[change]]++
  const { conflicts, resolved } = reviewSummary(environments, 'error')
  const news = environments.flatMap((environment) => newsOf(environment, 'error'))
  const paths = (outcome: Outcome): number =>
    new Set(news.flatMap((finding) => (finding.outcome === outcome ? [finding.at] : []))).size
  return {
    verdict,
    ...counted,
    conflicts,
    violating: paths('violates'),
    undecided: paths('undecided'),
    resolved,
  }
}
