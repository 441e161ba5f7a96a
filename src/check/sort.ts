import { kinds, type Conjunct, type Finding, type Observation } from '../model/finding.ts'
import { comparePath, compareText } from '../model/order.ts'

/** Findings by environment, path, kind (in the order of `kinds`) and rule id; those of one rule that are about files of their own by file and line. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.environment, b.environment) ||
    comparePath(a.path, b.path) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(firstFile(a), firstFile(b)) ||
    (a.conjuncts[0]?.line ?? 0) - (b.conjuncts[0]?.line ?? 0) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

function firstFile({ conjuncts, observations }: Finding): string {
  return conjuncts[0]?.file ?? observations[0]?.file ?? ''
}

/** Conjuncts by file, line, column, team, rule and text. */
export function compareConjuncts(a: Conjunct, b: Conjunct): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.team, b.team) ||
    compareText(a.rule ?? '', b.rule ?? '') ||
    compareText(a.text ?? '', b.text ?? '')
  )
}

/** Observations by observer, sequence, file, line, column and pointer. */
export function compareObservations(a: Observation, b: Observation): number {
  return (
    compareText(a.observer, b.observer) ||
    a.sequence - b.sequence ||
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.pointer ?? '', b.pointer ?? '')
  )
}

/** A sorted list without equal neighbours. */
export function sortedUnique<T>(items: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  if (items.length < 2) return items
  return items.toSorted(compare).filter((item, index, all) => {
    const before = all[index - 1]
    return before === undefined || compare(before, item) !== 0
  })
}
