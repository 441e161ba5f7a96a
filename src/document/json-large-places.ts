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

/** Finds the group that a member is in: where the label is written, else among all labels, which are gathered when one is first not found so. */
function groupFinder(bytes: Uint8Array): (container: JsonContainer, label: string) => JsonGroup | undefined {
  const byLabel = new Map<JsonContainer, ReadonlyMap<string, JsonGroup>>()
  return (container, label) => {
    if (!container.isMap) return elementGroup(container, label)
    const written = byLabel.has(container) ? undefined : writtenGroup(bytes, container, label)
    if (written) return written
    const known = byLabel.get(container) ?? groupsByLabel(bytes, container)
    byLabel.set(container, known)
    return known.get(label)
  }
}

/** More places than this where a label is written are not looked at one by one. */
const mostPlaces = 4

/** The group of a member whose label is written as it usually is, soon after the beginning of the map. */
function writtenGroup(bytes: Uint8Array, { groups }: JsonContainer, label: string): JsonGroup | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const wanted = Buffer.from(JSON.stringify(label))
  let from = groups[0]?.start ?? bytes.length
  for (let places = 0; places < mostPlaces; places++) {
    const at = all.indexOf(wanted, from)
    if (at < 0) return undefined
    const group = groups.findLast(({ start }) => start <= at)
    if (group && at < group.end && holdsLabel(bytes, group, label)) return group
    from = Math.max(at + 1, group?.end ?? 0)
  }
  return undefined
}

function holdsLabel(bytes: Uint8Array, { start, end }: JsonGroup, label: string): boolean {
  for (const member of jsonMembers(textOf(bytes, true, start, end), 0)) if (member.label === label) return true
  return false
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
