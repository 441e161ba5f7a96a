import type { CheckRecord } from '../../model/check-record.ts'
import type { Finding, Observation } from '../../model/finding.ts'

type Cut = CheckRecord['snapshots']

/**
 * A finding as it is kept: where an observation is of the snapshot that stands for its observer in the cut, its sequence, and the end of
 * its file's name, are left to the cut. What one snapshot after another says alike is then the same content, kept once.
 */
export type RelativeFinding = Omit<Finding, 'observations'> & { readonly observations: readonly RelativeObservation[] }
type RelativeObservation = Omit<Observation, 'sequence'> & { readonly sequence?: number }

const anySequence = '/*.json'

/** What a finding says whatever the sequences of the cut are. */
export function relativeTo(cut: Cut): (finding: Finding) => RelativeFinding {
  const sequences = sequencesOf(cut)
  return (finding) => ({
    ...finding,
    observations: finding.observations.map((observation) => {
      const { observer, sequence, file, ...rest } = observation
      if (sequences.get(observer) !== sequence || file?.endsWith(anySequence)) return observation
      const end = `/${sequence}.json`
      const name = file?.endsWith(end) ? `${file.slice(0, -end.length)}${anySequence}` : file
      return { observer, ...(name !== undefined && { file: name }), ...rest }
    }),
  })
}

/** The finding as the check of this cut had it. */
export function absoluteIn(cut: Cut): (finding: RelativeFinding) => Finding {
  const sequences = sequencesOf(cut)
  return (finding) => ({
    ...finding,
    observations: finding.observations.map((relative) => {
      const { observer, sequence, file, ...rest } = relative
      if (sequence !== undefined) return { ...relative, sequence }
      const own = sequences.get(observer) ?? 0
      const name = file?.endsWith(anySequence) ? `${file.slice(0, -anySequence.length)}/${own}.json` : file
      return { observer, sequence: own, ...(name !== undefined && { file: name }), ...rest }
    }),
  })
}

/** The sequence of each observer that has one snapshot in the cut, and no more. */
function sequencesOf(cut: Cut): ReadonlyMap<string, number> {
  const sequences = new Map<string, number>()
  const several = new Set<string>()
  for (const { observer, sequence } of cut) {
    if (sequences.has(observer)) several.add(observer)
    sequences.set(observer, sequence)
  }
  for (const observer of several) sequences.delete(observer)
  return sequences
}
