import type { TrackedFinding } from '../api/operations.ts'

/** What a finding is about: its path; of what is no path, the file that cannot be read or that holds the exemption. */
export function subjectOf({
  kind,
  at,
  conjuncts,
  observations,
}: Pick<TrackedFinding, 'kind' | 'at' | 'conjuncts' | 'observations'>): string {
  const isAboutFile = kind === 'unreadable' || kind === 'exemption'
  const file = isAboutFile ? (conjuncts[0]?.file ?? observations[0]?.file) : undefined
  return file ?? (at === '' ? 'the whole state' : at)
}
