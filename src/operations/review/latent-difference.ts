import { findingsOf } from '../../check/findings.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Finding } from '../../model/finding.ts'
import type { ReviewedEnvironment } from '../../model/review.ts'
import { findingDelta } from '../../review/finding-delta.ts'
import { limitsOf } from '../dependencies.ts'
import { sensitiveMask } from '../sensitive-mask.ts'
import { subjectOf } from '../subject.ts'
import type { Place } from './desired-difference.ts'
import type { Asked } from './states.ts'

/**
 * Constraints that can never both hold, though no data meets them yet: those that come, and those that are gone. Undefined where an engine cannot
 * tell, or a fragment cannot be read.
 */
export async function latentDifference(
  engine: Engine,
  base: Place,
  head: Place,
  asked: Asked,
): Promise<ReviewedEnvironment['latent']> {
  const [before, after] = await Promise.all([latentIn(engine, base, asked), latentIn(engine, head, asked)])
  if (before === undefined || after === undefined) return undefined
  const { new: fresh, resolved } = findingDelta(before, after, whereverItIs)
  return { new: fresh, resolved }
}

async function latentIn(
  engine: Engine,
  { opened, environment }: Place,
  asked: Asked,
): Promise<readonly Finding[] | undefined> {
  if (environment === undefined) return []
  const fragments = await opened.fragments(environment)
  if (engine.latent === undefined || fragments.unreadable.length > 0) return undefined
  const limits = limitsOf(asked, subjectOf(environment, fragments))
  const { workspace } = opened.read
  const [mask, answer] = await Promise.all([
    sensitiveMask({ workspace, fragments }, engine, limits),
    engine.latent({ fragments: fragments.fragments }, limits),
  ])
  const found = findingsOf({ environment, workspace, entry: asked.entry, found: answer.findings, fragments })
  return mask?.findings(found) ?? found
}

/** The two sides may be environments of different names. */
function whereverItIs({ kind, path, rule }: Finding): string {
  return JSON.stringify([kind, path, rule.id])
}
