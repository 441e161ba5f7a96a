import { excuse } from '../../check/exemptions/excuse.ts'
import { findingsOf } from '../../check/findings.ts'
import type { Engine, EngineAnswer, EngineOptions } from '../../engine/engine.ts'
import type { EngineFinding, Fragments } from '../../engine/protocol.ts'
import type { Finding } from '../../model/finding.ts'
import type { ComingAndGoing, ReviewedEnvironment } from '../../model/review.ts'
import { findingDelta } from '../../review/finding-delta.ts'
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
  const [latent, lints] = await Promise.all([
    differenceOf(engine.latent?.bind(engine), engine, base, head, asked),
    differenceOf(engine.lint?.bind(engine), engine, base, head, asked),
  ])
  return { ...(latent === undefined ? {} : { latent }), ...(lints === undefined ? {} : { lints }) }
}

type Ask = (
  request: { readonly fragments: Fragments },
  options: EngineOptions,
) => Promise<EngineAnswer<{ readonly findings: readonly EngineFinding[] }>>

async function differenceOf(
  ask: Ask | undefined,
  engine: Engine,
  base: Place,
  head: Place,
  asked: Asked,
): Promise<ComingAndGoing | undefined> {
  if (ask === undefined) return undefined
  const [before, after] = await Promise.all([foundIn(ask, engine, base, asked), foundIn(ask, engine, head, asked)])
  if (before === undefined || after === undefined) return undefined
  const { new: fresh, resolved } = findingDelta(before, after, whereverItIs)
  return { new: fresh, resolved }
}

async function foundIn(
  ask: Ask,
  engine: Engine,
  { opened, environment }: Place,
  asked: Asked,
): Promise<readonly Finding[] | undefined> {
  if (environment === undefined) return []
  const fragments = await opened.fragments(environment)
  if (fragments.unreadable.length > 0) return undefined
  const limits = limitsOf(asked, subjectOf(environment, fragments))
  const { workspace } = opened.read
  const [mask, answer, { held }] = await Promise.all([
    sensitiveMask({ workspace, fragments }, engine, limits),
    ask({ fragments: fragments.fragments }, limits),
    exemptionsOf(opened, asked.now),
  ])
  const found = findingsOf({ environment, workspace, entry: asked.entry, found: answer.findings, fragments })
  const { findings } = excuse(environment, mask?.findings(found) ?? found, held)
  return findings.filter(({ exempted }) => exempted === undefined)
}

/** The two sides may be environments of different names. */
function whereverItIs({ kind, path, rule }: Finding): string {
  return JSON.stringify([kind, path, rule.id])
}
