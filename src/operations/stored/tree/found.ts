import { countedAs, type Finding, type Outcome } from '../../../model/finding.ts'

/** A finding as it is told at its place in a tree. */
export type FoundHere = Pick<Finding, 'fingerprint' | 'kind' | 'outcome' | 'severity' | 'exempted'> & {
  readonly rule: string
}

/** What was found at a place and below. */
export interface Found {
  /** By outcome; those that an exemption holds count only as such. */
  readonly counts: Readonly<Record<Outcome, number>>
  readonly exempted: number
  /** At the place itself. */
  readonly here: readonly FoundHere[]
  readonly below: ReadonlyMap<string, Found>
}

/** Findings as a tree by their paths. */
export function foundAt(findings: Iterable<Finding>): Found {
  const root = growing()
  for (const finding of findings) {
    let place = root
    count(place, finding)
    for (const label of finding.path) {
      const next = place.below.get(label) ?? growing()
      place.below.set(label, next)
      count(next, finding)
      place = next
    }
    const { fingerprint, kind, outcome, severity, rule, exempted } = finding
    place.here.push({ fingerprint, kind, outcome, severity, rule: rule.id, ...(exempted && { exempted }) })
  }
  return root
}

interface Growing extends Found {
  readonly counts: Record<Outcome, number>
  exempted: number
  readonly here: FoundHere[]
  readonly below: Map<string, Growing>
}

function growing(): Growing {
  return {
    counts: { conflicts: 0, violates: 0, undecided: 0, none: 0 },
    exempted: 0,
    here: [],
    below: new Map<string, Growing>(),
  }
}

function count(place: Growing, finding: Finding): void {
  const as = countedAs(finding)
  if (as !== 'exempted') place.counts[as] += 1
  else place.exempted += 1
}
