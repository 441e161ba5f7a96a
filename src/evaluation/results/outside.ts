import { toJson } from '../../document/to-json.ts'
import type { EnginePattern, Read } from '../../engine/protocol.ts'
import { isDataObject, type Data } from '../../model/data.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import { overlaps } from '../../model/path-pattern.ts'
import type { ObservedState } from '../../observation/cut.ts'
import { digestOf } from '../digest.ts'
import { readByAny, readFor } from '../reads.ts'
import { reached } from '../sight.ts'

/**
 * Digests of what entities read of `#observed` outside themselves, by the entity's path: equal where two entities read the same, though
 * under labels of their own. Empty where nothing is read.
 */
export function outsideOf(observed: ObservedState, reads: readonly Read[]): (path: Path) => string {
  const isOwn = (read: Read): boolean => read.some((step) => typeof step === 'number')
  const forAll = digestForAll(
    observed,
    reads.filter((read) => !isOwn(read)),
  )
  const readers = reads.filter(isOwn).map((read) => readerOf(observed, read))
  if (readers.length === 0) return () => forAll
  const positions = [...new Set(reads.flat().filter((step) => typeof step === 'number'))]
  const known = new Map<string, string>()
  return (path) => {
    const labels = JSON.stringify(positions.map((position) => path[position]))
    const found = known.get(labels) ?? digestOf([forAll, ...readers.map((read) => read(path))])
    known.set(labels, found)
    return found
  }
}

/** A digest of what all entities read alike, and of all that is known about who looked where. */
export function digestForAll({ state, ...around }: ObservedState, reads: readonly Read[]): string {
  if (reads.length === 0) return ''
  const seen = reached(state, reads.map(readByAny))
  return digestOf([toJson(seen ?? null, { sorted: true }), JSON.stringify(around)])
}

interface Remark {
  readonly path: EnginePattern
}

/** Writes what an entity reads at one path that holds labels of its own, and what is known about that place. */
function readerOf({ state, coverage, contested, masked }: ObservedState, read: Read): (path: Path) => string {
  const remarks: readonly Remark[] = [
    ...coverage,
    ...contested.map((one) => ({ ...one, contested: true })),
    ...masked.map((path) => ({ path, masked: true })),
  ]
  const about = byOwnLabel(remarks, read)
  const withoutLabels = (path: EnginePattern): readonly unknown[] =>
    path.map((label, index) => (typeof read[index] === 'number' && label !== null ? read[index] : label))
  return (path) => {
    const place = readFor(read, path)
    const said = about(path).filter((remark) => overlaps(remark.path, place))
    return JSON.stringify([
      lookedUp(state, place, 0),
      said.map((remark) => ({ ...remark, path: withoutLabels(remark.path) })),
    ])
  }
}

/** Finds remarks by the first label of its own that an entity reads by: there may be as many as entities. */
function byOwnLabel(remarks: readonly Remark[], read: Read): (path: Path) => readonly Remark[] {
  const at = read.findIndex((step) => typeof step === 'number')
  const general: Remark[] = []
  const byLabel = new Map<string, Remark[]>()
  for (const remark of remarks) {
    if (!overlaps(remark.path, readByAny(read))) continue
    const label = remark.path[at] ?? null
    const group = label === null ? general : (byLabel.get(label) ?? [])
    group.push(remark)
    if (label !== null) byLabel.set(label, group)
  }
  return (path) => [...general, ...(byLabel.get(path[Number(read[at])] ?? '') ?? [])]
}

/** What a lookup comes to, and how far it gets; labels that lead there are not part of it. */
function lookedUp(value: Data | undefined, pattern: PathPattern, depth: number): unknown {
  const label = pattern[depth]
  if (value === undefined) return depth
  if (label === undefined || !isDataObject(value)) return [depth, toJson(value, { sorted: true })]
  if (label !== null) return lookedUp(Object.hasOwn(value, label) ? value[label] : undefined, pattern, depth + 1)
  const labels = Object.keys(value).sort()
  return labels.map((member) => ({ [`.${member}`]: lookedUp(value[member], pattern, depth + 1) }))
}
