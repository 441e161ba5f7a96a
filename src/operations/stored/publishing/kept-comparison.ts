import type { Comparison } from '../../../model/proposal.ts'
import { reviewSummary } from '../../../review/review-verdict.ts'

/** What comparisons had not always: proposals of earlier versions are kept without. */
type LaterMembers = 'notes' | 'summary' | 'exemptions'

/** A comparison as some version kept it. */
export type KeptComparison = Omit<Comparison, LaterMembers> & Partial<Pick<Comparison, LaterMembers>>

const noExemptions: Comparison['exemptions'] = { added: [], removed: [], widened: [], narrowed: [] }

/** The same with everything that is told today; of what nobody kept, nothing. */
export function wholeComparison(kept: KeptComparison): Comparison {
  const { notes = [], summary = reviewSummary(kept.environments, 'error'), exemptions = noExemptions } = kept
  return { ...kept, notes, summary, exemptions }
}
