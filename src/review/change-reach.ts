import { isDataList, isDataObject, type Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Finding } from '../model/finding.ts'
import type { Change } from '../model/review.ts'
import { changePath, type ChangeLabel, meansLabel } from './change-path.ts'

/**
 * The changes with how far each reaches: `matches`, the observed places that its path means, and `hits`, those of them at or below which something
 * newly counts against the observed state. A place where something is found missing is one of both. Left out where it cannot be told which labels a
 * pattern means, or the path is of what is never observed.
 */
export function withReach(changes: readonly Change[], observed: Data, news: readonly Finding[]): readonly Change[] {
  const paths = changes.map((change) => ({ change, path: observablePath(change) }))
  const hits = new Map<Change, Set<string>>()
  for (const finding of news) {
    const meant = paths.filter(({ path }) => path !== undefined && startsWith(finding.path, path))
    const made = meant.filter(({ change }) => sharesLine(change, finding))
    for (const { change, path = [] } of made.length > 0 ? made : meant) {
      const places = hits.get(change) ?? new Set()
      hits.set(change, places.add(JSON.stringify(finding.path.slice(0, path.length))))
    }
  }
  const known = new Map<string, ReadonlySet<string>>()
  return paths.map(({ change, path }) => {
    if (path === undefined) return change
    const key = JSON.stringify(path)
    const places = known.get(key) ?? new Set(placesOf(observed, path))
    known.set(key, places)
    const hit = hits.get(change) ?? new Set()
    return { ...change, matches: new Set([...places, ...hit]).size, hits: hit.size }
  })
}

/** The path of a change, unless it holds a pattern that is not understood here, or a definition or hidden field. */
function observablePath({ at, path }: Change): readonly ChangeLabel[] | undefined {
  const labels = changePath(path, at)
  const isTold = labels.every((label, index) => {
    if (typeof label !== 'string') return meansLabel(label, '') !== undefined
    return !/^[#_]/.test(label) || at.includes(JSON.stringify(path[index]))
  })
  return isTold ? labels : undefined
}

function startsWith(path: readonly string[], start: readonly ChangeLabel[]): boolean {
  return path.length >= start.length && start.every((label, index) => meansLabel(label, path[index] ?? '') === true)
}

function sharesLine({ conjuncts }: Change, finding: Finding): boolean {
  return conjuncts.some(({ file, line }) => finding.conjuncts.some((one) => one.file === file && one.line === line))
}

/** Every place of some data that a path means, as JSON. */
function placesOf(data: Data, path: readonly ChangeLabel[]): readonly string[] {
  let places: readonly (readonly [at: readonly string[], value: Data])[] = [[[], data]]
  for (const label of path)
    places = places.flatMap(([at, value]) =>
      membersOf(value, label).map(([name, one]) => [[...at, name], one] as const),
    )
  return places.map(([at]) => JSON.stringify(at))
}

function membersOf(value: Data, label: ChangeLabel): readonly (readonly [string, Data])[] {
  if (!isDataList(value) && !isDataObject(value)) return []
  if (typeof label !== 'string') return Object.entries(value).filter(([name]) => meansLabel(label, name) === true)
  const member = isDataList(value) ? value[Number(label)] : memberOf(value, label)
  return member === undefined ? [] : [[label, member]]
}
