// Where members of JSON stand in bytes, seen without judging them: every character that structures JSON is one byte of UTF-8.

const space = 0x20
const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openList = 0x5b
const backslash = 0x5c
const closeList = 0x5d
const openMap = 0x7b
const closeMap = 0x7d

/** A member of a map or list: where it begins (with its key, if it has one), and its value. */
export interface ByteMember {
  readonly start: number
  readonly value: number
  readonly end: number
  /** How many maps and lists stand inside one another in it. */
  readonly depth: number
}

/** Whether a map or list begins here. */
export function isContainerAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === openMap || bytes[at] === openList
}

/** The offset of what follows white space. */
export function afterSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at]; byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++
  return at
}

/** Visits the members of the map or list that begins at an offset; the offset behind it, or undefined if it is not written as one. */
export function visitMembers(
  bytes: Uint8Array,
  start: number,
  visit: (member: ByteMember) => void,
): number | undefined {
  const isMap = bytes[start] === openMap
  const close = isMap ? closeMap : closeList
  let at = afterSpaces(bytes, start + 1)
  if (bytes[at] === close) return at + 1
  while (at < bytes.length) {
    const value = isMap ? valueAfterKey(bytes, at) : at
    if (value === undefined) return undefined
    const { end, depth } = skipValue(bytes, value)
    if (end === value) return undefined
    visit({ start: at, value, end, depth })
    at = afterSpaces(bytes, end)
    if (bytes[at] === close) return at + 1
    if (bytes[at] !== comma) return undefined
    at = afterSpaces(bytes, at + 1)
  }
  return undefined
}

function valueAfterKey(bytes: Uint8Array, key: number): number | undefined {
  if (bytes[key] !== quote) return undefined
  const at = afterSpaces(bytes, afterString(bytes, key))
  return bytes[at] === colon ? afterSpaces(bytes, at + 1) : undefined
}

function skipValue(bytes: Uint8Array, start: number): { readonly end: number; readonly depth: number } {
  let open = 0
  let depth = 0
  let at = start
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === quote) at = afterString(bytes, at)
    else if (byte === openMap || byte === openList) {
      depth = Math.max(depth, ++open)
      at++
    } else if (byte === closeMap || byte === closeList) {
      if (open === 0) break
      open--
      at++
    } else if (open === 0) at = afterWord(bytes, at)
    else at++
    if (open === 0) break
  }
  return { end: at, depth }
}

function afterString(bytes: Uint8Array, start: number): number {
  let at = start + 1
  for (let byte = bytes[at]; byte !== quote && byte !== undefined; byte = bytes[at]) at += byte === backslash ? 2 : 1
  return at + 1
}

/** Behind a number or word. */
function afterWord(bytes: Uint8Array, start: number): number {
  let at = start
  for (let byte = bytes[at]; byte !== undefined; byte = bytes[++at]) {
    if (byte === comma || byte === closeList || byte === closeMap || byte <= space || byte === quote) break
  }
  return at
}
