import { excuse } from '../../check/exemptions/excuse.ts'
import { findingsOf } from '../../check/findings.ts'
import type { Engine, EngineAnswer, EngineOptions } from '../../engine/engine.ts'
import type { EngineFinding, Fragments } from '../../engine/protocol.ts'
import type { Finding } from '../../model/finding.ts'
import type { ComingAndGoing, ReviewedEnvironment } from '../../model/review.ts'
import { findingDelta, whereverItIs } from '../../review/finding-delta.ts'
import { limitsOf } from '../dependencies.ts'
import { exemptionsOf } from '../exemptions-of.ts'
import { sensitiveMask } from '../sensitive-mask.ts'
import { subjectOf } from '../subject.ts'
import type { Place } from './desired-difference.ts'
import type { Asked } from './states.ts'

/**
 * What fragments do that no check tells, on one side alone: constraints that can never both hold, though no data meets them yet, and what goes wrong
 * silently. A member is left out where an engine cannot tell, or a fragment cannot be read.
 */
export async function silentDifference(
  engine: Engine,
  base: Place,
  head: Place,
  asked: Asked,
): Promise<Pick<ReviewedEnvironment, 'latent' | 'lints'>> {
  const [before, after] = await Promise.all([findingIn(engine, base, asked), findingIn(engine, head, asked)])
  if (before === undefined || after === undefined) return {}
  const differing = async (ask: Ask): Promise<ComingAndGoing> => {
    const { new: fresh, resolved } = findingDelta(...(await Promise.all([before(ask), after(ask)])), whereverItIs)
    return { new: fresh, resolved }
  }
  const [latent, lints] = await Promise.all([
    engine.latent && differing(engine.latent.bind(engine)),
    engine.lint && differing(engine.lint.bind(engine)),
  ])
  return { ...(latent === undefined ? {} : { latent }), ...(lints === undefined ? {} : { lints }) }
}

type Ask = (
  request: { readonly fragments: Fragments },
  options: EngineOptions,
) => Promise<EngineAnswer<{ readonly findings: readonly EngineFinding[] }>>

/** What tells the findings of one side that nothing excuses, whatever is asked; undefined where a fragment cannot be read. */
async function findingIn(
  engine: Engine,
  { opened, environment }: Place,
  asked: Asked,
): Promise<((ask: Ask) => Promise<readonly Finding[]>) | undefined> {
  if (environment === undefined) return async () => []
  const fragments = await opened.fragments(environment)
  if (fragments.unreadable.length > 0) return undefined
  const limits = limitsOf(asked, subjectOf(environment, fragments))
  const { workspace } = opened.read
  const [mask, { held }] = await Promise.all([
    sensitiveMask({ workspace, fragments }, engine, limits),
    exemptionsOf(opened, asked.now),
  ])
  return async (ask) => {
    const answer = await ask({ fragments: fragments.fragments }, limits)
    const found = findingsOf({ environment, workspace, entry: asked.entry, found: answer.findings, fragments })
    const { findings } = excuse(environment, mask?.findings(found) ?? found, held)
    return findings.filter(({ exempted }) => exempted === undefined)
  }
}
