import { isScalar } from 'yaml'
import type { ParsedNode } from 'yaml'
import type { Note } from '../model/report.ts'
import type { Position } from '../model/path.ts'
import { linesOf } from './lines.ts'
import { lastWins, twice } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import type { ReadingTime } from './reading-time.ts'
import type { BadLine } from './text.ts'
import { yamlData } from './yaml-data.ts'
import { parseYaml } from './yaml-parse.ts'
import { yamlPlaces } from './yaml-places.ts'
import { quickPlaces } from './yaml-quick-places.ts'
import { quickYaml } from './yaml-quick.ts'
import { splitYaml } from './yaml-split.ts'
import type { YamlSlice } from './yaml-split.ts'

/** How YAML is read: see ReadOptions. */
export interface YamlOptions {
  readonly version: '1.2' | '1.1'
  readonly duplicateKeys: 'refuse' | 'last'
  readonly mergeKeys: 'note' | 'keep'
}

/** Reads every document of a YAML text by itself. An empty document is a note. */
export function readYaml(
  file: string,
  text: string,
  badLines: readonly BadLine[],
  options: YamlOptions,
  time: ReadingTime,
): Outcome[] {
  let known = 0
  return splitYaml(text).map((slice, index) => {
    time.check()
    while ((badLines[known]?.line ?? Infinity) <= slice.linesBefore) known++
    const bad = badLines[known]
    if (bad && bad.line <= slice.lastLine)
      return { unreadable: { file, position: { line: bad.line, column: 1 }, message: bad.message } }
    return readSlice({ file, text, options, time }, slice, index)
  })
}

/** A YAML text on its way to documents. */
interface YamlFile {
  readonly file: string
  readonly text: string
  readonly options: YamlOptions
  readonly time: ReadingTime
}

function readSlice({ file, text: whole, options, time }: YamlFile, slice: YamlSlice, index: number): Outcome {
  const text = whole.slice(slice.start, slice.end)
  const lines = linesOf(text)
  const position = (offset: number): Position => {
    const { line, column } = lines(offset)
    return { line: line + slice.linesBefore, column }
  }
  const refuse = (offset: number, message: string): Outcome => ({
    unreadable: { file, position: position(offset), message },
  })

  const locate = locator(text, options.version, position)
  const quick = quickYaml(text, options.version)
  if (quick !== undefined) return { document: { file, index, data: quick, locate } }

  const tree = parseYaml(text, options.version, time)
  if (!tree.ok) return refuse(tree.offset, tree.message)
  if (isEmpty(tree.root)) return { notes: [empty(file, slice.linesBefore + 1)] }
  const value = yamlData(tree)
  if (!value.ok) return refuse(value.offset, value.message)

  const notes: Note[] = []
  for (const remark of value.remarks) {
    if (remark.kind === 'plain-merge') {
      if (options.mergeKeys === 'keep') continue
      notes.push({
        code: 'plain-merge-key',
        message: '`<<` is a key like any other: YAML 1.2 does not merge',
        file,
        line: position(remark.offset).line,
      })
      continue
    }
    const [first, again] = [position(remark.before).line, position(remark.again).line]
    if (options.duplicateKeys === 'refuse') return refuse(remark.again, twice(remark.key, first, again))
    notes.push(lastWins(file, remark.key, first, again))
  }
  return { document: { file, index, data: value.data, locate }, notes }
}

/** Places are many: they are found by reading again when one is asked for, which is rare. */
function locator(
  text: string,
  version: '1.2' | '1.1',
  position: (offset: number) => Position,
): (pointer: readonly string[], target?: 'value' | 'key') => Position {
  let places: ReturnType<typeof yamlPlaces> | undefined
  return (pointer, target = 'value') => {
    places ??= quickPlaces(text, version) ?? carefulPlaces(text, version)
    return position(places(pointer, target))
  }
}

function carefulPlaces(text: string, version: '1.2' | '1.1'): ReturnType<typeof yamlPlaces> {
  const tree = parseYaml(text, version)
  return tree.ok ? yamlPlaces(tree) : () => 0
}

/** Nothing between the markers; a `null` that somebody wrote is data. */
function isEmpty(root: ParsedNode | null): boolean {
  return (
    root === null ||
    (isScalar(root) && root.value === null && root.range[0] === root.range[1] && root.tag === undefined)
  )
}

function empty(file: string, line: number): Note {
  return { code: 'empty-document', message: 'the document is empty and was skipped', file, line }
}
