import type { Conjunct, Finding } from '../../model/finding.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { Review } from '../../model/review.ts'
import type { Pointing } from '../quoted-lines.ts'
import type { CheckedState } from './states.ts'

/** The lines that a review points at: fragments as each side has them, and what is observed, which is one for both. */
export async function quotedSides(
  review: Review,
  base: CheckedState,
  head: CheckedState,
): Promise<{ readonly base: QuotedLines; readonly head: QuotedLines }> {
  const { old, now, conjuncts } = pointedAt(review)
  const authored = old.map((finding): Pointing => ({ ...finding, observations: [] }))
  const observed = old.map((finding): Pointing => ({ ...finding, conjuncts: [] }))
  const before = await base.result?.quoted([...authored, ...conjuncts.base.map(pointing)])
  const [seen, after] = await Promise.all([
    head.result?.quoted(observed),
    head.result?.quoted([...now, ...conjuncts.head.map(pointing)]),
  ])
  return { base: new Map([...(seen ?? []), ...(before ?? [])]), head: after ?? new Map() }
}

function pointing(conjunct: Conjunct): Pointing {
  return { conjuncts: [conjunct], observations: [] }
}

interface PointedAt {
  /** Findings as the base has them. */
  readonly old: readonly Finding[]
  readonly now: readonly Finding[]
  readonly conjuncts: { readonly base: readonly Conjunct[]; readonly head: readonly Conjunct[] }
}

function pointedAt({ environments, rules }: Review): PointedAt {
  const changes = environments.flatMap(({ changes }) => changes)
  const pairs = environments.flatMap(({ findings }) => findings.changed)
  const conjunctsOf = (side: 'base' | 'head'): readonly Conjunct[] =>
    changes.filter((change) => change.side === side).flatMap(({ conjuncts }) => conjuncts)
  return {
    old: [
      ...environments.flatMap(({ conflicts, findings, latent, lints }) => [
        ...conflicts.resolved,
        ...findings.resolved,
        ...(latent?.resolved ?? []),
        ...(lints?.resolved ?? []),
      ]),
      ...pairs.map(({ before }) => before),
    ],
    now: [
      ...environments.flatMap(({ conflicts, findings, latent, lints }) => [
        ...conflicts.new,
        ...findings.new,
        ...(latent?.new ?? []),
        ...(lints?.new ?? []),
      ]),
      ...pairs.map(({ after }) => after),
    ],
    conjuncts: {
      base: [...conjunctsOf('base'), ...rules.removed.flatMap(({ sites }) => sites)],
      head: [
        ...conjunctsOf('head'),
        ...rules.added.flatMap(({ sites }) => sites),
        ...rules.severity.flatMap(({ rule }) => rule.sites),
      ],
    },
  }
}
