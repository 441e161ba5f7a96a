/** What a value of flat JSON is. */
export type FlatKind = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'map'

/** More bytes, more values, larger maps or deeper ones are for another reader. */
export const mostFlatBytes = 65_536
const mostValues = 8192
const mostMembers = 256
const deepest = 64

const kinds: readonly FlatKind[] = ['null', 'boolean', 'number', 'string', 'list', 'map']
const [isNull, isBoolean, isNumber, isString, isList, isMap] = [0, 1, 2, 3, 4, 5]

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const endOfMap = 0x7d
const endOfList = 0x5d

/**
 * One JSON value as it lies in bytes. Values have numbers: 0 is the whole, behind a list come its elements, behind a map its names and
 * members in turn, each with all that is in it. It is good until the next one is read.
 */
export class FlatJson {
  bytes: Buffer = Buffer.alloc(0)
  readonly #kinds = new Uint8Array(mostValues)
  readonly #starts = new Int32Array(mostValues)
  readonly #ends = new Int32Array(mostValues)
  readonly #nexts = new Int32Array(mostValues)
  readonly #sizes = new Int32Array(mostValues)
  readonly #mixes = new Int32Array(mostValues)
  #at = 0
  #count = 0

  kindOf(value: number): FlatKind {
    return kinds[this.#kinds[value] ?? 0] ?? 'null'
  }

  /** Where a value begins; of a string behind its quote. */
  start(value: number): number {
    return this.#starts[value] ?? 0
  }

  /** Where it ends; of a string before its quote. */
  end(value: number): number {
    return this.#ends[value] ?? 0
  }

  /** The characters of a string or number. */
  textOf(value: number): string {
    return this.bytes.toString('latin1', this.start(value), this.end(value))
  }

  /** The value behind this one and all that is in it. */
  next(value: number): number {
    return this.#nexts[value] ?? 0
  }

  /** Elements of a list, members of a map. */
  sizeOf(value: number): number {
    return this.#sizes[value] ?? 0
  }

  /** Whether a string is this one. */
  isText(value: number, { bytes, mixed }: FlatName): boolean {
    const start = this.start(value)
    if (this.#mixes[value] !== mixed || this.end(value) - start !== bytes.length) return false
    for (let index = 0; index < bytes.length; index++) if (this.bytes[start + index] !== bytes[index]) return false
    return true
  }

  /** The member of a map; undefined where there is none, or where this is no map. */
  member(map: number, name: FlatName): number | undefined {
    let own = map + 1
    for (let left = this.#kinds[map] === isMap ? this.sizeOf(map) : 0; left > 0; left--) {
      if (this.isText(own, name)) return own + 1
      own = this.next(own + 1)
    }
    return undefined
  }

  /**
   * Reads JSON that is written as most is: plain characters without escapes, and numbers as programs write them. False for all other, and
   * for what is no JSON; that no name stands twice in a map it does not tell.
   */
  read(bytes: Buffer): boolean {
    this.bytes = bytes
    this.#at = 0
    this.#count = 0
    if (bytes.length > mostFlatBytes) return false
    this.#space()
    if (!this.#value(0)) return false
    this.#space()
    return this.#at === bytes.length
  }

  #value(depth: number): boolean {
    // Room for a name as well.
    if (this.#count + 2 > mostValues || depth > deepest) return false
    switch (this.bytes[this.#at] ?? 0) {
      case quote:
        return this.#text()
      case 0x7b:
        return this.#map(depth + 1)
      case 0x5b:
        return this.#list(depth + 1)
      case 0x74:
        return this.#word('true', isBoolean)
      case 0x66:
        return this.#word('false', isBoolean)
      case 0x6e:
        return this.#word('null', isNull)
      default:
        return this.#number()
    }
  }

  #map(depth: number): boolean {
    const own = this.#open(isMap)
    let size = 0
    for (let more = this.#first(endOfMap); more; more = this.#more()) {
      if (size === mostMembers || this.bytes[this.#at] !== quote || !this.#text()) return false
      this.#space()
      if (this.bytes[this.#at] !== colon) return false
      this.#at += 1
      this.#space()
      if (!this.#value(depth)) return false
      size += 1
    }
    return this.#ended(own, endOfMap, size)
  }

  #list(depth: number): boolean {
    const own = this.#open(isList)
    let size = 0
    for (let more = this.#first(endOfList); more; more = this.#more()) {
      if (!this.#value(depth)) return false
      size += 1
    }
    return this.#ended(own, endOfList, size)
  }

  /** Whether there is a first member or element. */
  #first(end: number): boolean {
    this.#at += 1
    this.#space()
    return this.bytes[this.#at] !== end
  }

  /** Whether another one follows. */
  #more(): boolean {
    this.#space()
    if (this.bytes[this.#at] !== comma) return false
    this.#at += 1
    this.#space()
    return true
  }

  #ended(own: number, end: number, size: number): boolean {
    if (this.bytes[this.#at] !== end) return false
    this.#at += 1
    this.#sizes[own] = size
    return this.#close(own, this.#at)
  }

  #text(): boolean {
    this.#at += 1
    const own = this.#open(isString)
    const { bytes } = this
    let at = this.#at
    let mixed = 0
    for (let code = bytes[at] ?? 0; code !== quote; code = bytes[at] ?? 0) {
      if (code < 0x20 || code > 0x7e || code === backslash) return false
      mixed = mixedWith(mixed, code)
      at += 1
    }
    this.#mixes[own] = mixed
    this.#at = at + 1
    return this.#close(own, at)
  }

  #number(): boolean {
    const own = this.#open(isNumber)
    const { bytes } = this
    const begin = this.#at
    let at = bytes[begin] === 0x2d ? begin + 1 : begin
    const digits = at
    while (isDigit(bytes[at])) at += 1
    const whole = at - digits
    // Minus zero, and more digits than are exact, are for another reader.
    if (whole === 0 || whole > 15 || (bytes[digits] === 0x30 && (whole > 1 || digits > begin))) return false
    if (bytes[at] === 0x2e) {
      at += 1
      while (isDigit(bytes[at])) at += 1
      const written = bytes.toString('latin1', begin, at)
      if (written.length > 16 || String(Number(written)) !== written) return false
    }
    this.#at = at
    // What follows may be an exponent, and is refused wherever it stands.
    return this.#close(own, at)
  }

  #word(expected: string, kind: number): boolean {
    const own = this.#open(kind)
    for (let index = 0; index < expected.length; index++)
      if (this.bytes[this.#at + index] !== expected.charCodeAt(index)) return false
    this.#at += expected.length
    return this.#close(own, this.#at)
  }

  #open(kind: number): number {
    const own = this.#count
    this.#count = own + 1
    this.#kinds[own] = kind
    this.#starts[own] = this.#at
    this.#sizes[own] = 0
    return own
  }

  #close(own: number, end: number): boolean {
    this.#ends[own] = end
    this.#nexts[own] = this.#count
    return true
  }

  #space(): void {
    const { bytes } = this
    let at = this.#at
    while (isSpace(bytes[at])) at += 1
    this.#at = at
  }
}

/** A text that is looked for. */
export interface FlatName {
  readonly bytes: Uint8Array
  /** What equal texts have in common, and few others. */
  readonly mixed: number
}

/** Prepares a text to be looked for many times. */
export function flatName(text: string): FlatName {
  const bytes = Buffer.from(text)
  return { bytes, mixed: bytes.reduce(mixedWith, 0) }
}

function mixedWith(mixed: number, byte: number): number {
  return Math.imul(mixed ^ byte, 0x01000193)
}

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39
}
