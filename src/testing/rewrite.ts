import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Verdict } from '../model/finding.ts'
import type { ExpectedFinding } from '../model/test-document.ts'
import { flowText, wordText } from './flow-text.ts'

/** What is to be expected of a case instead of what its file says. */
export interface NewExpectation {
  /** Of the case. */
  readonly index: number
  /** The verdict that was found. */
  readonly verdict: Verdict
  /** Expected findings that were not found, by their index. */
  readonly absent: readonly number[]
  /** What was found and is not expected. */
  readonly more: readonly ExpectedFinding[]
}

/** A stretch of a text and what is to stand there. */
interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text of a file of tests with other expectations; everything else stays as it was written, comments too. */
export function rewritten(text: string, changes: readonly NewExpectation[], json: boolean): string {
  const cases = parseDocument(text).get('cases', true)
  const splices = isSeq(cases)
    ? changes.flatMap((change) => {
        const entry = cases.items[change.index]
        return isMap(entry) ? caseSplices(text, entry, change, json) : []
      })
    : []
  return splices
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { start, end, text }) => done.slice(0, start) + text + done.slice(end), text)
}

function caseSplices(text: string, entry: YAMLMap, change: NewExpectation, json: boolean): readonly Splice[] {
  const pair = pairOf(entry, 'expect')
  const { verdict, more } = change
  const whole = more.length === 0 ? wordText(verdict, json) : flowList(more, json)
  if (pair === undefined) return inserted(text, entry, 'expect', whole, json)
  const { value } = pair
  if (isScalar(value) && value.value !== null) {
    const [start, end] = rangeOf(text, value)
    return [{ start, end, text: value.value === 'conforms' ? whole : wordText(verdict, json) }]
  }
  if (isSeq(value)) return listSplices(text, pair, value, change, { json, none: wordText('conforms', json) })
  if (!isMap(value)) return []
  const said = value.get('verdict', true)
  const findings = pairOf(value, 'findings')
  return [
    ...(isScalar(said) && said.value !== verdict
      ? [{ start: rangeOf(text, said)[0], end: rangeOf(text, said)[1], text: wordText(verdict, json) }]
      : []),
    ...(findings !== undefined && isSeq(findings.value)
      ? listSplices(text, findings, findings.value, change, { json, none: '[]' })
      : more.length > 0
        ? inserted(text, value, 'findings', flowList(more, json), json)
        : []),
  ]
}

/** What is absent goes with its lines, what is more comes behind what stays. */
function listSplices(
  text: string,
  pair: Pair,
  list: YAMLSeq,
  { absent, more }: NewExpectation,
  { json, none }: { readonly json: boolean; readonly none: string },
): readonly Splice[] {
  const items = list.items.map((item) => rangeOf(text, item))
  const kept = items.filter((_, index) => !absent.includes(index))
  const [start, end] = rangeOf(text, list)
  if (list.flow === true) {
    const parts = [...kept.map(([from, to]) => text.slice(from, to)), ...more.map((one) => flowText(one, json))]
    return [{ start, end, text: parts.length === 0 ? none : `[${parts.join(', ')}]` }]
  }
  const [, afterKey] = rangeOf(text, pair.key)
  const last = kept.at(-1)
  const first = items[0]
  if (last === undefined || first === undefined)
    return [
      { start: text.indexOf(':', afterKey) + 1, end, text: ` ${more.length === 0 ? none : flowList(more, json)}` },
    ]
  const column = start - lineStart(text, start)
  const added = more.map((one) => `\n${' '.repeat(column)}- ${flowText(one, json)}`).join('')
  const at = lineEnd(text, last[1])
  return [
    ...items
      .filter((_, index) => absent.includes(index))
      .map(([from, to]) => ({ start: lineStart(text, from), end: lineEnd(text, to) + 1, text: '' })),
    ...(added === '' ? [] : [{ start: at, end: at, text: added }]),
  ]
}

/** A member more at the end of a map. */
function inserted(text: string, map: YAMLMap, key: string, value: string, json: boolean): readonly Splice[] {
  const last = map.items.at(-1)
  const first = map.items[0]
  if (last === undefined || first === undefined) return []
  const [, end] = rangeOf(text, last.value ?? last.key)
  if (map.flow === true) return [{ start: end, end, text: `, ${wordText(key, json)}: ${value}` }]
  const [from] = rangeOf(text, first.key)
  const at = lineEnd(text, end)
  return [{ start: at, end: at, text: `\n${' '.repeat(from - lineStart(text, from))}${key}: ${value}` }]
}

function flowList(findings: readonly ExpectedFinding[], json: boolean): string {
  return `[${findings.map((one) => flowText(one, json)).join(', ')}]`
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
}

/** Where a node begins, and where its value ends: that of a block reaches to the next line, as YAML has it. */
function rangeOf(text: string, node: unknown): readonly [number, number] {
  const [start, end] = (isNode(node) ? node.range : undefined) ?? [0, 0]
  return [start, start + text.slice(start, end).trimEnd().length]
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node)
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}
