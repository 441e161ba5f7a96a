import type { Data } from '../model/data.ts'
import { withoutPrototype } from '../model/data-map.ts'
import { quickScalar } from './yaml-quick-scalar.ts'
import { giveUp, QuickLines, Unsure } from './yaml-quick-lines.ts'

// Nearly all YAML is block maps and lists with scalars on one line. This reader knows these, block scalars, and brackets that close on
// their line, many times as fast as a parser that knows all of YAML. It never guesses: wherever the careful reader might say
// anything else (or anything at all beside the data: a note, a refusal), it says nothing.

/**
 * Told of every member once it is read: its container, its label, and where key and value stand; -1 is the place of what is left out. What
 * the document holds as a whole is a member of nothing, with an empty label.
 */
export type OnMember = (container: object | undefined, label: string, key: number, value: number) => void

/** The data of a YAML document if it is written as most are; undefined leaves it to the careful reader. */
export function quickYaml(text: string, version: '1.2' | '1.1', onMember?: OnMember): Data | undefined {
  if (unusual.test(text)) return undefined
  try {
    return new QuickReader(text, version, onMember).document()
  } catch (error) {
    if (error instanceof Unsure) return undefined
    throw error
  }
}

/** Tabs, control characters and breaks other than a line feed. */
// oxlint-disable-next-line no-control-regex
const unusual = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/

/** Deeper documents are left to the careful reader, which has a limit. */
const deepest = 64

class QuickReader {
  readonly #lines: QuickLines
  readonly #version: '1.2' | '1.1'
  readonly #onMember: OnMember | undefined
  /** Where the member stands that was read last; -1 if it was left out. */
  #memberAt = -1

  constructor(text: string, version: '1.2' | '1.1', onMember: OnMember | undefined) {
    this.#lines = new QuickLines(text)
    this.#version = version
    this.#onMember = onMember
  }

  document(): Data {
    const lines = this.#lines
    if (lines.indent === 0 && lines.text.startsWith('---', lines.at)) {
      lines.at += 3
      lines.endLine()
    }
    if (lines.indent < 0) return giveUp()
    const { at } = lines
    const data = this.#block(lines.indent, 1)
    this.#onMember?.(undefined, '', at, at)
    return lines.indent < 0 ? data : giveUp()
  }

  /** A map or list at a column; afterwards, the next content stands at the column of a map or list around it, or is none of ours. */
  #block(column: number, depth: number): Data {
    if (depth > deepest) return giveUp()
    return this.#lines.isAtElement() ? this.#list(column, depth) : this.#map(column, depth)
  }

  #map(column: number, depth: number): Data {
    const lines = this.#lines
    const map = emptyMap()
    do {
      const keyAt = lines.at
      const label = this.#key(false)
      // What every object has, such as `__proto__`, is given up like a repeated key.
      if (map[label] !== undefined) giveUp()
      lines.endKey(keyAt)
      map[label] = this.#member(column, depth, true)
      this.#onMember?.(map, label, keyAt, this.#memberAt)
    } while (lines.indent === column)
    return lines.indent > column ? giveUp() : withoutPrototype(map)
  }

  #list(column: number, depth: number): Data {
    const lines = this.#lines
    const list: Data[] = []
    do {
      lines.at++
      list.push(this.#member(column, depth, false))
      this.#onMember?.(list, String(list.length - 1), this.#memberAt, this.#memberAt)
    } while (lines.indent === column && lines.isAtElement())
    return lines.indent > column ? giveUp() : list
  }

  /** What stands behind a key or a dash; left out, it is null. */
  #member(column: number, depth: number, belowKey: boolean): Data {
    const lines = this.#lines
    if (lines.isAtLineEnd()) return this.#below(column, depth, belowKey)
    const { at } = lines
    const value = belowKey ? this.#value(column, depth) : this.#element(column, depth)
    this.#memberAt = at
    return value
  }

  /** What stands on the lines below a key or a dash: a map or list further right, or (below a key) a list at the same column. */
  #below(column: number, depth: number, belowKey: boolean): Data {
    const lines = this.#lines
    lines.endLine()
    const { at } = lines
    const isBlock = lines.indent > column || (belowKey && lines.indent === column && lines.isAtElement())
    const value = isBlock ? this.#block(lines.indent, depth + 1) : null
    this.#memberAt = isBlock ? at : -1
    return value
  }

  /** What stands behind a dash: a value, or a map or list that begins here. */
  #element(column: number, depth: number): Data {
    const lines = this.#lines
    const isBlock = lines.isAtElement() || (!'[{|>'.includes(lines.text.charAt(lines.at)) && lines.isAtKey())
    return isBlock ? this.#block(lines.column(), depth + 1) : this.#value(column, depth)
  }

  /** A value that begins and, but for a block scalar, ends on this line. */
  #value(column: number, depth: number): Data {
    const lines = this.#lines
    const first = lines.text.charAt(lines.at)
    if (first === '|' || first === '>') return lines.blockScalar(column)
    const value = this.#flow(depth, false)
    lines.endLine()
    return value
  }

  /** A scalar, or what brackets hold. */
  #flow(depth: number, inFlow: boolean): Data {
    const lines = this.#lines
    const first = lines.text.charAt(lines.at)
    if (first === '"' || first === "'") return lines.quoted()
    if (first === '{' || first === '[') {
      if (depth > deepest) giveUp()
      lines.at++
      return first === '{' ? this.#flowMap(depth) : this.#flowList(depth)
    }
    return this.#scalar(inFlow)
  }

  #flowMap(depth: number): Data {
    const lines = this.#lines
    const map = emptyMap()
    for (let isFirst = true; this.#hasNext('}', isFirst); isFirst = false) {
      const keyAt = lines.at
      const label = this.#key(true)
      if (map[label] !== undefined) giveUp()
      lines.endKey(keyAt)
      lines.skipSpaces()
      const valueAt = lines.at
      map[label] = this.#flow(depth + 1, true)
      this.#onMember?.(map, label, keyAt, valueAt)
    }
    return withoutPrototype(map)
  }

  #flowList(depth: number): Data {
    const lines = this.#lines
    const list: Data[] = []
    for (let isFirst = true; this.#hasNext(']', isFirst); isFirst = false) {
      const { at } = lines
      list.push(this.#flow(depth + 1, true))
      this.#onMember?.(list, String(list.length - 1), at, at)
    }
    return list
  }

  /** Moves to the next member between brackets, or past the closing one. */
  #hasNext(close: '}' | ']', isFirst: boolean): boolean {
    const lines = this.#lines
    lines.skipSpaces()
    const mark = lines.text.charAt(lines.at)
    if (mark === close) {
      lines.at++
      return false
    }
    if (isFirst) return true
    if (mark !== ',') giveUp()
    lines.at++
    lines.skipSpaces()
    return true
  }

  #key(inFlow: boolean): string {
    const lines = this.#lines
    const first = lines.text.charAt(lines.at)
    const key = first === '"' || first === "'" ? lines.quoted() : this.#scalar(inFlow)
    return typeof key === 'string' && key !== '<<' ? key : giveUp()
  }

  #scalar(inFlow: boolean): Data {
    const value = quickScalar(this.#lines.plain(inFlow), this.#version)
    return value === undefined ? giveUp() : value
  }
}

function emptyMap(): Record<string, Data> {
  return {}
}
