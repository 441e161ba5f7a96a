import type { Position } from '../model/path.ts'
import { textOf, type JsonContainer, type JsonGroup } from './json-large.ts'
import { jsonMembers, jsonPlaces } from './json-places.ts'
import { spotAfter } from './text-spots.ts'

/** Finds places in a large JSON file; only the groups of members that are asked about are read again. */
export function largeJsonPlaces(
  bytes: Uint8Array,
  root: JsonContainer,
): (pointer: readonly string[], target: 'value' | 'key') => Position {
  const groupOf = groupFinder(bytes)
  let last:
    { readonly group: JsonGroup; readonly text: string; readonly places: ReturnType<typeof jsonPlaces> } | undefined
  const placesIn = (container: JsonContainer, group: JsonGroup): NonNullable<typeof last> => {
    if (last?.group !== group) {
      const text = textOf(bytes, container.isMap, group.start, group.end)
      last = { group, text, places: jsonPlaces(text, 0) }
    }
    return last
  }
  return (pointer, target) => {
    let container = root
    let key = root.spot
    for (const [depth, label] of pointer.entries()) {
      const inner = container.large.get(label)
      if (inner) {
        container = inner.container
        key = inner.key
        continue
      }
      const group = groupOf(container, label)
      if (!group) return container.spot
      const { text, places } = placesIn(container, group)
      const first = container.isMap ? label : String(Number(label) - group.first)
      const offset = places([first, ...pointer.slice(depth + 1)], target)
      // The text has a bracket before the group, at which nothing stands but what is not there.
      return offset === 0 ? container.spot : spotAfter(group.spot, text.slice(1), offset - 1)
    }
    return target === 'key' ? key : container.spot
  }
}

/** Finds the group that a member is in: where its label is written, else among all labels, which are gathered when one is first not found so. */
function groupFinder(bytes: Uint8Array): (container: JsonContainer, label: string) => JsonGroup | undefined {
  const byLabel = new Map<JsonContainer, ReadonlyMap<string, JsonGroup>>()
  const written = writtenGroups(bytes)
  return (container, label) => {
    if (!container.isMap) return elementGroup(container, label)
    const group = byLabel.has(container) ? undefined : written(container, label)
    if (group) return group
    const known = byLabel.get(container) ?? groupsByLabel(bytes, container)
    byLabel.set(container, known)
    return known.get(label)
  }
}

/** More places than this where a label is written are not looked at one by one. */
const mostPlaces = 4

/** Finds groups by the bytes of labels that are written as usual, from where the last one was found: they are mostly asked for in order. */
function writtenGroups(bytes: Uint8Array): (container: JsonContainer, label: string) => JsonGroup | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const labels = new Map<JsonGroup, ReadonlySet<string>>()
  const labelsOf = ({ start, end }: JsonGroup): ReadonlySet<string> =>
    new Set(Array.from(jsonMembers(textOf(bytes, true, start, end), 0), ({ label }) => label))
  let last = 0
  return ({ groups }, label) => {
    const wanted = Buffer.from(JSON.stringify(label))
    for (let places = 0, from = last, isAgain = last === 0; places < mostPlaces; places++) {
      let at = all.indexOf(wanted, from)
      if (at < 0 && !isAgain) {
        isAgain = true
        at = all.indexOf(wanted)
      }
      if (at < 0) return undefined
      const group = groups.findLast(({ start }) => start <= at)
      const isInside = group !== undefined && at < group.end
      if (isInside) {
        const held = labels.get(group) ?? labelsOf(group)
        labels.set(group, held)
        if (held.has(label)) {
          last = group.start
          return group
        }
      }
      from = isInside ? group.end : at + 1
    }
    return undefined
  }
}

function groupsByLabel(bytes: Uint8Array, { groups }: JsonContainer): ReadonlyMap<string, JsonGroup> {
  const byLabel = new Map<string, JsonGroup>()
  for (const group of groups) {
    for (const { label } of jsonMembers(textOf(bytes, true, group.start, group.end), 0)) byLabel.set(label, group)
  }
  return byLabel
}

/** The last group that does not begin behind the element, if the element is one of its own. */
function elementGroup({ groups, large }: JsonContainer, label: string): JsonGroup | undefined {
  if (large.has(label) || !/^(?:0|[1-9]\d*)$/.test(label)) return undefined
  return groups.findLast(({ first }) => first <= Number(label))
}
