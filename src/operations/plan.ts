import { placedNotes } from '../check/placed-notes.ts'
import { placed } from '../check/draft.ts'
import type { PlanReason as EngineReason } from '../engine/protocol.ts'
import { Fault } from '../errors.ts'
import { readByAny } from '../evaluation/reads.ts'
import { formatPattern } from '../model/path.ts'
import type { Mask } from '../masking/mask.ts'
import type { Plan, PlanReason } from '../model/plan.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { oneEnvironment } from './environments.ts'
import { quotedLines } from './quoted-lines.ts'
import { maskedNotes, sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** Whose plan is asked for. */
export interface PlanInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Needed where the workspace has several. */
  readonly environment?: string
}

/** A plan, and the lines of the files that it names. */
export interface PlanResult {
  readonly plan: Plan
  readonly quoted: () => Promise<QuotedLines>
}

/** Says how the check of an environment is divided, and which lines of the fragments stand in the way of more. */
export async function plan(dependencies: Dependencies, input: PlanInput): Promise<PlanResult> {
  const { source } = input
  const opened = await dependencies.open(source)
  const { read } = opened
  const { workspace } = read
  const environment = oneEnvironment(input.environment, read.environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  if (engine.plan === undefined)
    throw new Fault(
      'USAGE',
      `the engine \`${engine.identity.name}\` makes no plans: it always evaluates everything at once`,
    )
  const fragments = await opened.fragments(environment)
  const limits = limitsOf(input, subjectOf(environment, fragments))
  const mask = await sensitiveMask({ workspace, fragments }, engine, limits)
  const answer = await engine.plan({ fragments: fragments.fragments }, limits)
  const reasons = (given: readonly EngineReason[]): readonly PlanReason[] =>
    given.flatMap((one) => reasonOf(one, fragments, mask))
  const plan: Plan = {
    workspace: workspace.workspace,
    environment,
    separable: answer.separable.map(({ path, named, reads, accept, undecidable }) => ({
      at: formatPattern(path),
      named: named.length,
      reads: reads.map((read) => formatPattern(readByAny(read))),
      acceptedBySchemas: accept.length > 0,
      undecidable: reasons(undecidable),
    })),
    crossing: answer.crossing.map(({ path, reasons: given }) => ({ at: formatPattern(path), reasons: reasons(given) })),
    notes: sortedNotes(maskedNotes([...read.notes, ...fragments.notes, ...placedNotes(answer.notes, fragments)], mask)),
  }
  const pointing = [
    ...plan.separable.flatMap(({ undecidable }) => undecidable),
    ...plan.crossing.flatMap(({ reasons }) => reasons),
  ]
  const pointed = [{ conjuncts: pointing, observations: [] }]
  return {
    plan,
    quoted: () => quotedLines(pointed, (file) => source.read(file), [{ fragments, ...(mask && { mask }) }]),
  }
}

function reasonOf({ team, site, message }: EngineReason, fragments: FragmentSet, mask?: Mask): readonly PlanReason[] {
  return placed([{ team, site }], fragments).map((place) => ({ ...place, message: mask?.text(message) ?? message }))
}
