import type { Conjunct, Finding } from '../../../model/finding.ts'
import type { Comparison } from '../../../model/proposal.ts'
import type { ReviewedEnvironment } from '../../../model/review.ts'
import type { Source } from '../../../workspace/source.ts'
import { digestsAt } from '../../place-digests.ts'

/**
 * A comparison whose changes and new contradictions say of each line the digest of its file, so that it can be quoted for as long as the
 * proposal waits. It is said afterwards: two sides are not different for another digest alone.
 */
export async function placedComparison(
  comparison: Comparison,
  { before, after }: { readonly before: Source; readonly after: Source },
): Promise<Comparison> {
  const { environments } = comparison
  const changes = environments.flatMap((one) => one.changes)
  const contradictions = environments.flatMap(contradictionsOf)
  const conjunctsOf = (all: readonly { readonly conjuncts: readonly Conjunct[] }[]): readonly Conjunct[] =>
    all.flatMap(({ conjuncts }) => conjuncts)
  const [base, head] = await Promise.all([
    digestsAt(conjunctsOf(changes.filter(({ side }) => side === 'base')), async (file) => before.read(file)),
    digestsAt(conjunctsOf([...changes.filter(({ side }) => side === 'head'), ...contradictions]), async (file) =>
      after.read(file),
    ),
  ])
  const placed = (finding: Finding): Finding => ({ ...finding, conjuncts: finding.conjuncts.map(head) })
  return {
    ...comparison,
    environments: environments.map((one) => ({
      ...one,
      changes: one.changes.map((change) => ({
        ...change,
        conjuncts: change.conjuncts.map(change.side === 'base' ? base : head),
      })),
      conflicts: { ...one.conflicts, new: one.conflicts.new.map(placed) },
      ...(one.latent === undefined ? {} : { latent: { ...one.latent, new: one.latent.new.map(placed) } }),
    })),
  }
}

function contradictionsOf({ conflicts, latent }: ReviewedEnvironment): readonly Finding[] {
  return [...conflicts.new, ...(latent?.new ?? [])]
}
