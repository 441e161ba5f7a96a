/** Why something is undecided, in words; by kind of finding. */
export const whyUndecided = {
  stale: 'not seen for too long',
  refused: 'not allowed to look',
  contested: 'observers disagree',
  unobserved: 'nobody looks',
  incomplete: 'cannot be computed',
  unreadable: 'cannot be read',
} as const

/** A kind of finding that leaves something undecided. */
export type UndecidedKind = keyof typeof whyUndecided

export function isUndecidedKind(kind: string | undefined): kind is UndecidedKind {
  return kind !== undefined && Object.hasOwn(whyUndecided, kind)
}
