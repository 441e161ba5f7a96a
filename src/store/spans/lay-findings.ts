/** What stands, as far as it is needed to tell what changes. */
export interface Standing {
  readonly fingerprint: string
  /** Of its content. */
  readonly digest: string
}

/** What a check's findings change about those that stood. */
export interface Laid<S extends Standing, F extends Standing> {
  /** They stood and are gone. */
  readonly gone: readonly S[]
  /** They stand on, but say something else. */
  readonly changed: readonly { readonly before: S; readonly now: F }[]
  /** They did not stand. */
  readonly come: readonly F[]
}

/** Lays the findings of a check over those that stood after the one before; of several with one fingerprint the first counts. */
export function layFindings<S extends Standing, F extends Standing>(
  standing: readonly S[],
  found: readonly F[],
): Laid<S, F> {
  const before = new Map(standing.map((finding) => [finding.fingerprint, finding]))
  const changed: { before: S; now: F }[] = []
  const come: F[] = []
  const met = new Set<string>()
  for (const now of found) {
    if (met.has(now.fingerprint)) continue
    met.add(now.fingerprint)
    const stood = before.get(now.fingerprint)
    if (stood === undefined) come.push(now)
    else if (stood.digest !== now.digest) changed.push({ before: stood, now })
  }
  return { gone: standing.filter(({ fingerprint }) => !met.has(fingerprint)), changed, come }
}
