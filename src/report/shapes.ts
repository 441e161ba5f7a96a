import type { Outcome, Verdict } from '../model/finding.ts'
import type { Standing } from './standing.ts'

/** A shape for each word that says how bad it is, so that no colour is needed to tell them apart. */
export const shapes = {
  conforms: '○',
  undecided: '▢',
  violates: '◆',
  conflicts: '▶◀',
  excused: '⊘',
  none: '≈',
} as const satisfies Record<Verdict | Outcome | 'excused', string>

/** The word by which a finding's shape and colour are chosen. */
export function shapeWord(outcome: Outcome, standing: Standing): keyof typeof shapes {
  return standing === 'excused' ? 'excused' : outcome
}
