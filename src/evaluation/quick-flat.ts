import type { JudgesAtOnce } from '../acceptance/acceptance.ts'
import type { FlatJson } from '../document/flat-json.ts'
import type { FlatState } from '../document/flat-state.ts'
import type { SeparablePattern } from '../engine/protocol.ts'
import type { Path } from '../model/path.ts'
import { byCollection, isPlainLabel, type NamedByLabel } from './division/collections.ts'
import { entityKey } from './entity-key.ts'
import { longestDemand, restShape, type Quick } from './quick.ts'

/** Whether states that lie in bytes can be judged: not where constraints read what else was observed. */
export function judgesFlat({ readsObserved, plan }: Quick): boolean {
  return !readsObserved && plan.separable.every(({ list }) => !list)
}

/**
 * Whether there is nothing to be found in a state of which everything was looked at, for certain; as `quickAnswer` would tell of the same
 * state, without making values of it.
 */
export function conformsFlat({ plan, accepts, rests }: Quick, { json, value, sorted }: FlatState): boolean {
  const candidates: Candidate[] = []
  const emptied = new Set<number>()
  const patterns: number[] = []
  const undivided: Path[] = []
  for (const [pattern, separable] of plan.separable.entries()) {
    const collections = collectionsAt(json, value, separable.path)
    if (collections.length === 0) continue
    const isUndecided = separable.undecidable.length > 0 || separable.accept.length === 0
    const named = byCollection(separable.named)
    for (const { node, path } of collections) {
      emptied.add(node)
      if (isUndecided && json.sizeOf(node) > 0) return false
      if (!gather(json, node, pattern, named.get(entityKey(path)), candidates)) return false
    }
    patterns.push(pattern)
    undivided.push(...leftNamed(named, collections))
  }
  if (candidates.length === 0) return false
  const rest = sorted(json, value, { emptied })
  if (rest === undefined) return false
  const findings = rests.get(restShape(rest.toString('latin1'), [patterns, undivided, covered, true]))
  return findings !== undefined && findings.length === 0 && accepts.flat(json, candidates)
}

type Candidate = Parameters<JudgesAtOnce['flat']>[1][number]

const covered = [{ path: [], status: 'covered' }] as const

/** A map whose members are judged one by one. */
interface FlatCollection {
  readonly node: number
  readonly path: Path
}

/** The maps at a pattern, `null` in which stands for any member; none where a label could be taken for something else. */
function collectionsAt(json: FlatJson, state: number, pattern: SeparablePattern['path']): readonly FlatCollection[] {
  if (pattern.at(-1) !== null) return []
  let found: readonly FlatCollection[] = [{ node: state, path: [] }]
  for (const label of pattern.slice(0, -1))
    found = found.flatMap((place) =>
      membersOf(json, place).filter(({ path }) => label === null || path.at(-1) === label),
    )
  return found.filter(
    ({ node, path }) =>
      json.kindOf(node) === 'map' &&
      path.every(isPlainLabel) &&
      membersOf(json, { node, path }).every((member) => isPlainLabel(member.path.at(-1) ?? '')),
  )
}

function membersOf(json: FlatJson, { node, path }: FlatCollection): readonly FlatCollection[] {
  const members: FlatCollection[] = []
  let name = node + 1
  for (let left = json.kindOf(node) === 'map' ? json.sizeOf(node) : 0; left > 0; left--) {
    members.push({ node: name + 1, path: [...path, json.textOf(name)] })
    name = json.next(name + 1)
  }
  return members
}

/** Adds the members of a collection as candidates; false where only the engine can tell of one. */
function gather(
  json: FlatJson,
  collection: number,
  pattern: number,
  named: NamedByLabel | undefined,
  candidates: Candidate[],
): boolean {
  let missing = named?.size ?? 0
  for (const { node, path } of membersOf(json, { node: collection, path: [] })) {
    const [label = ''] = path
    const own = named?.get(label)
    if (own === undefined) candidates.push([pattern, label, node])
    else {
      const { constants, schemas, undecidable } = own
      if (undecidable === true || (constants?.length ?? 0) > longestDemand) return false
      missing -= 1
      candidates.push([
        pattern,
        label,
        node,
        { ...(constants === undefined ? {} : { constants }), ...(schemas === undefined ? {} : { schemas }) },
      ])
    }
  }
  return missing === 0
}

/** Named entities of collections that are not there. */
function leftNamed(named: ReadonlyMap<string, NamedByLabel>, collections: readonly FlatCollection[]): readonly Path[] {
  if (named.size === 0) return []
  const taken = new Set(collections.map(({ path }) => entityKey(path)))
  return Array.from(named).flatMap(([key, rest]) =>
    taken.has(key) ? [] : Array.from(rest.values(), ({ path }) => path),
  )
}
