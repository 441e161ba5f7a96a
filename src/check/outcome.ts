import type { Kind, Outcome } from '../model/finding.ts'

const outcomes = {
  conflict: 'conflicts',
  mismatch: 'violates',
  missing: 'violates',
  unexpected: 'violates',
  unobserved: 'undecided',
  stale: 'undecided',
  refused: 'undecided',
  contested: 'undecided',
  incomplete: 'undecided',
  unreadable: 'undecided',
  breach: 'violates',
  drift: 'none',
  exemption: 'violates',
  lint: 'none',
} as const satisfies Record<Kind, Outcome>

/** What a finding leads to: by its kind alone, save that a fragment that cannot be read leaves no desired state, while a document leaves its own part open. */
export function outcomeOf(kind: Kind, of: 'fragments' | 'observations'): Outcome {
  return kind === 'unreadable' && of === 'fragments' ? 'conflicts' : outcomes[kind]
}
