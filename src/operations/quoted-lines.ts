import type { Conjunct, Observation } from '../model/finding.ts'
import type { Mask } from '../masking/mask.ts'
import type { Path } from '../model/path.ts'
import { quotedLine, type QuotedLine, type QuotedLines } from '../model/quoted-line.ts'
import type { Cut } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import type { SourceRead } from '../workspace/source.ts'

/** Where the masked values of an environment stand. */
export interface MaskedIn {
  /** Given where something is sensitive: then data is not quoted, nor a line in which the mask hides something. */
  readonly mask?: Mask
  readonly fragments: FragmentSet
  readonly cut?: Pick<Cut, 'observed' | 'observe'>
}

/** What points at lines: a finding, an explanation. */
export interface Pointing {
  readonly conjuncts: readonly Conjunct[]
  readonly observations: readonly Observation[]
  readonly closedBy?: readonly Conjunct[]
}

/** Columns that are pointed at, by the number of their line. */
type Places = Map<number, Set<number>>

/** Reads the lines that findings point at, without those on which masked values stand. */
export async function quotedLines(
  pointing: readonly Pointing[],
  read: (file: string) => Promise<SourceRead>,
  maskedIn: readonly MaskedIn[],
): Promise<QuotedLines> {
  const masked = maskedLines(maskedIn)
  const masks = maskedIn.flatMap(({ mask }) => mask ?? [])
  const isHidden = (file: string) => (number: number, line: string) =>
    masked.get(file)?.has(number) === true || holdsSecret(line) || masks.some(({ text }) => text(line) !== line)
  const quoted = await Promise.all(
    Array.from(placesIn(pointing), async ([file, places]) => {
      if (masks.length > 0 && !file.endsWith('.cue')) return []
      const found = await read(file)
      return found.ok ? [[file, linesAt(found.bytes, places, isHidden(file))] as const] : []
    }),
  )
  return new Map(quoted.flat())
}

function placesIn(pointing: readonly Pointing[]): ReadonlyMap<string, Places> {
  const byFile = new Map<string, Places>()
  for (const { conjuncts, observations, closedBy = [] } of pointing) {
    const named: readonly Pick<Observation, 'file' | 'line' | 'column'>[] = [...conjuncts, ...observations, ...closedBy]
    for (const { file, line, column = 1 } of named) {
      if (file === undefined) continue
      const places: Places = byFile.get(file) ?? new Map()
      byFile.set(file, places)
      if (line !== undefined) places.set(line, (places.get(line) ?? new Set<number>()).add(column))
    }
  }
  return byFile
}

function linesAt(
  bytes: Uint8Array,
  places: Places,
  isHidden: (number: number, line: string) => boolean,
): ReadonlyMap<number, QuotedLine> {
  const lines = new Map<number, QuotedLine>()
  const text = new TextDecoder().decode(bytes)
  const ends = text.matchAll(/\r\n|\n|\r/g)
  for (let [number, start, found] = [1, 0, 0]; found < places.size; number += 1) {
    const end = ends.next().value
    const columns = places.get(number)
    const line = columns === undefined ? '' : text.slice(start, end?.index)
    if (columns !== undefined) found += 1
    if (columns !== undefined && !isHidden(number, line)) lines.set(number, quotedLine(line, columns))
    if (end === undefined) break
    start = end.index + end[0].length
  }
  return lines
}

/** Whether a line may hold a Secret whole, as JSON on one line does: also one that was left out and has no masked values. */
function holdsSecret(line: string): boolean {
  return /\bkind\W{1,9}Secret\b/.test(line) && /\b(?:data|stringData|last-applied-configuration)\b/.test(line)
}

function maskedLines(maskedIn: readonly MaskedIn[]): ReadonlyMap<string, ReadonlySet<number>> {
  const byFile = new Map<string, Set<number>>()
  const hide = (file: string | undefined, line: number | undefined): void => {
    if (file === undefined || line === undefined) return
    byFile.set(file, (byFile.get(file) ?? new Set<number>()).add(line))
  }
  for (const { fragments, cut } of maskedIn) {
    for (const path of cut?.observed.masked ?? [])
      for (const { file, line } of cut?.observe(path) ?? []) hide(file, line)
    for (const [index, part] of fragments.fragments.parts.entries()) {
      if (part.kind !== 'data') continue
      for (const path of part.masked ?? []) hide(...placeOf(path, fragments, index))
    }
  }
  return byFile
}

function placeOf(path: Path, fragments: FragmentSet, part: number): readonly [string | undefined, number | undefined] {
  const origin = fragments.origins.get(part)?.(path, false)
  return origin === undefined
    ? [undefined, undefined]
    : [origin.document.file, origin.document.locate(origin.pointer).line]
}
