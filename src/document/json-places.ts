import { endOfString } from './json-scan.ts'

/** Where a member of a container stands: its key (for an element, the element itself) and its value. */
interface Place {
  readonly key: number
  readonly value: number
}

/**
 * Finds offsets in a JSON text that is known to be valid. Each container on the way is scanned once, when first asked about,
 * without recursion; the nearest ancestor stands for what does not exist.
 */
export function jsonPlaces(
  text: string,
  start: number,
): (pointer: readonly string[], target: 'value' | 'key') => number {
  const members = new Map<number, ReadonlyMap<string, Place>>()
  const membersAt = (offset: number): ReadonlyMap<string, Place> => {
    const known = members.get(offset)
    if (known) return known
    const scanned = new Map<string, Place>()
    for (const { label, place } of jsonMembers(text, offset)) scanned.set(label, place)
    members.set(offset, scanned)
    return scanned
  }
  return (pointer, target) => {
    let place: Place = { key: start, value: start }
    for (const label of pointer) {
      const member = membersAt(place.value).get(label)
      if (!member) return place.value
      place = member
    }
    return target === 'key' ? place.key : place.value
  }
}

/** Members, in their order and with repeated keys, of the map or list that begins at an offset of a valid JSON text; a scalar has none. */
export function* jsonMembers(
  text: string,
  offset: number,
): Generator<{ readonly label: string; readonly place: Place }> {
  const isMap = text[offset] === '{'
  if (!isMap && text[offset] !== '[') return
  let at = afterSpace(text, offset + 1)
  for (let index = 0; text[at] !== '}' && text[at] !== ']' && at < text.length; index++) {
    const key = at
    if (isMap) at = afterSpace(text, afterSpace(text, endOfString(text, key, text.length)) + 1)
    const label = isMap ? stringAt(text, key) : String(index)
    yield { label, place: { key, value: at } }
    at = afterSpace(text, afterValue(text, at))
    if (text[at] === ',') at = afterSpace(text, at + 1)
  }
}

function stringAt(text: string, start: number): string {
  const parsed: unknown = JSON.parse(text.slice(start, endOfString(text, start, text.length)))
  return String(parsed)
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return at
}

function afterValue(text: string, start: number): number {
  let depth = 0
  let at = start
  do {
    const character = text[at]
    if (character === '"') at = endOfString(text, at, text.length)
    else {
      at++
      if (character === '{' || character === '[') depth++
      else if (character === '}' || character === ']') depth--
      else if (depth === 0) while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at++
    }
  } while (depth > 0 && at < text.length)
  return at
}
