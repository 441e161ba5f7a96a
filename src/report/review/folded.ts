import { exactJson } from '../../model/exact-json.ts'
import type { Change, FindingPair, Review } from '../../model/review.ts'

/** Something that is the same in several environments. */
export interface Folded<T> {
  readonly one: T
  readonly environments: readonly string[]
}

/** Changes of the desired state, each told once with the environments in which it is the same. */
export function foldedChanges({ environments }: Review): readonly Folded<Change>[] {
  return folded(
    environments.flatMap(({ name, changes }) => changes.map((one) => [name, one] as const)),
    (one) => one,
  )
}

/** Findings that changed, each pair told once. */
export function foldedPairs({ environments }: Review): readonly Folded<FindingPair>[] {
  const all = environments.flatMap(({ name, findings }) => findings.changed.map((pair) => [name, pair] as const))
  return folded(all, ({ before, after }) =>
    [before, after].map(({ fingerprint: _, environment: __, ...content }) => content),
  )
}

function folded<T>(all: readonly (readonly [string, T])[], contentOf: (one: T) => unknown): readonly Folded<T>[] {
  const byContent = new Map<string, { readonly one: T; readonly environments: string[] }>()
  for (const [environment, one] of all) {
    const key = exactJson(contentOf(one))
    const known = byContent.get(key)
    if (known === undefined) byContent.set(key, { one, environments: [environment] })
    else known.environments.push(environment)
  }
  return [...byContent.values()]
}
