/** Why something is undecided, in words; by kind of finding. */
export const whyUndecided: Readonly<Record<string, string>> = {
  stale: 'not seen for too long',
  refused: 'not allowed to look',
  contested: 'observers disagree',
  unobserved: 'nobody looks',
  incomplete: 'cannot be computed',
  unreadable: 'cannot be read',
}
