import type { Alternative, Severity } from '../model/finding.ts'
import { comparePath, compareText } from '../model/order.ts'
import type { Draft } from './draft.ts'
import { compareConjuncts, compareObservations, sortedUnique } from './sort.ts'

/** One draft per kind, path and rule (and file, where a finding is about one): equal ones are joined, with every place and every message. */
export function joined(drafts: readonly Draft[]): readonly Draft[] {
  const groups = new Map<string, Draft[]>()
  for (const draft of drafts) {
    const key = JSON.stringify([draft.kind, draft.path, draft.rule.id, draft.file])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [draft])
    else group.push(draft)
  }
  return Array.from(groups.values()).flatMap(joinGroup)
}

function joinGroup(group: readonly Draft[]): readonly Draft[] {
  const [first] = group
  if (first === undefined) return []
  const severity = worst(group.map(({ rule }) => rule.severity))
  const { severity: _, ...rule } = group.find(({ rule }) => rule.title !== undefined)?.rule ?? first.rule
  const draft = {
    ...first,
    message: sortedUnique(
      group.map(({ message }) => message),
      compareText,
    ).join('; '),
    rule: severity === undefined ? rule : { ...rule, severity },
    conjuncts: sortedUnique(
      group.flatMap(({ conjuncts }) => conjuncts),
      compareConjuncts,
    ),
    observations: sortedUnique(
      group.flatMap(({ observations }) => observations),
      compareObservations,
    ),
    alternatives: sortedUnique(
      group.flatMap(({ alternatives }) => alternatives.map(sortedAlternative)),
      compareAlternatives,
    ),
    teams: sortedUnique(
      group.flatMap(({ teams }) => teams),
      compareText,
    ),
  }
  return [draft]
}

function sortedAlternative(alternative: Alternative): Alternative {
  return { ...alternative, conjuncts: sortedUnique(alternative.conjuncts, compareConjuncts) }
}

function compareAlternatives(a: Alternative, b: Alternative): number {
  return (
    comparePath(a.path, b.path) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a.conjuncts), JSON.stringify(b.conjuncts))
  )
}

/** Conjuncts of one rule may name different severities: the worst is meant. None given counts as `error`, the default. */
function worst(several: readonly (Severity | undefined)[]): Severity | undefined {
  if (several.includes(undefined)) return undefined
  const order: readonly Severity[] = ['error', 'warning', 'info']
  return order.find((severity) => several.includes(severity))
}
