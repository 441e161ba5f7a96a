import type { EngineIdentity } from '../../engine/engine.ts'
import { sha256 } from '../../model/sha256.ts'
import type { Note } from '../../model/report.ts'
import type { Review, ReviewedSide } from '../../model/review.ts'
import { sortedNotes } from '../../model/sorted-notes.ts'
import { compareText } from '../../model/order.ts'
import { reviewSummary, reviewVerdict } from '../../review/review-verdict.ts'
import type { ComparedStates } from './compare-states.ts'
import type { Asked, CheckedState } from './states.ts'

/** A side, as it is called, and what its check found. */
export interface WrittenSide extends Pick<ReviewedSide, 'ref' | 'commit'> {
  readonly checked: CheckedState
}

/** All that a review is made of. */
export interface ReviewParts extends Pick<Review, 'rules' | 'exemptions' | 'files' | 'approvals'> {
  readonly version: string
  readonly engine: EngineIdentity
  readonly base: WrittenSide
  readonly head: WrittenSide
  readonly compared: ComparedStates
  readonly asked: Asked
  readonly notes: readonly Note[]
}

/** The document of a review. */
export function writeReview(parts: ReviewParts): Review {
  const { version, engine, base, head, compared, asked, rules, exemptions, files, approvals } = parts
  const { environments, faults } = compared
  const { name, cue, lacks } = engine
  return {
    review: 1,
    tool: head.checked.result?.report.tool ?? { name: 'congruent', version, engine: { name, cue, lacks } },
    workspace: head.checked.opened.read.workspace.workspace,
    reviewedAt: asked.now.toISOString(),
    base: sideOf(base),
    head: sideOf(head),
    verdict: reviewVerdict({ environments, rules, exemptions }, asked.failOn),
    notes: sortedNotes([...parts.notes, ...(head.checked.result?.report.notes ?? []), ...compared.notes]),
    environments,
    ...(faults.length === 0 ? {} : { faults: faults.toSorted((a, b) => compareText(a.environment, b.environment)) }),
    summary: reviewSummary(environments, asked.failOn),
    rules,
    exemptions,
    ...(files === undefined ? {} : { files }),
    approvals,
  }
}

function sideOf({ checked, ...named }: WrittenSide): ReviewedSide {
  const desired = (checked.result?.report.environments ?? []).map(({ name, desired }) => [name, desired.digest])
  return { ...named, digest: sha256(JSON.stringify(desired)) }
}
