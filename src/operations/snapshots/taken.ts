import { toJson } from '../../document/to-json.ts'
import type { Applied } from '../../model/applied.ts'
import type { DataObject } from '../../model/data.ts'
import { exactJson } from '../../model/exact-json.ts'
import { maskSensitive } from '../../model/masked.ts'
import { comparePath } from '../../model/order.ts'
import { formatPath, formatPattern, type Path, type PathPattern } from '../../model/path.ts'
import type { Note } from '../../model/report.ts'

/** What was seen, from the root of the state: what becomes a snapshot once somebody says who saw it, and when. */
export interface Taken {
  readonly state: DataObject
  /** Absent: everything. */
  readonly covers?: readonly PathPattern[]
  readonly refused: readonly { readonly path: PathPattern; readonly reason: string }[]
  readonly masked: readonly Path[]
  readonly applied: readonly Applied[]
  readonly notes: readonly Note[]
}

/** Who saw it, and when. */
export interface Said {
  readonly observer: string
  readonly sequence: number
  readonly observedAt: Date
  readonly environment?: string
}

/** Hides what one of the patterns reaches. */
export function hideIn(taken: Taken, patterns: readonly PathPattern[]): Taken {
  if (patterns.length === 0) return taken
  const { data, masked } = maskSensitive(taken.state, patterns)
  const byText = new Map([...taken.masked, ...masked].map((path) => [JSON.stringify(path), path]))
  // A map whose values are hidden is a map.
  return { ...taken, state: data as DataObject, masked: [...byText.values()].sort(comparePath) }
}

/** The text of a snapshot document: over lines, as a finding names a line of it, or in one, as a stream of them has it. */
export function snapshotText(taken: Taken, said: Said, layout: 'lines' | 'line'): string {
  const { state, covers, refused, masked, applied } = taken
  const document = {
    snapshot: 1,
    observer: said.observer,
    sequence: said.sequence,
    observedAt: said.observedAt.toISOString(),
    ...(said.environment === undefined ? {} : { environment: said.environment }),
    ...(covers === undefined ? {} : { covers: covers.map(formatPattern) }),
    ...(refused.length === 0
      ? {}
      : { refused: refused.map(({ path, reason }) => ({ path: formatPattern(path), reason })) }),
    ...(masked.length === 0 ? {} : { masked: masked.map((path) => formatPath(path, state)) }),
    ...(applied.length === 0 ? {} : { applied: applied.map((one) => ({ ...one, at: formatPath(one.at, state) })) }),
    state,
  }
  return `${jsonText(document, layout === 'lines' ? 2 : 0)}\n`
}

/** A large text is made with the least memory by the language itself, which does not know exact numbers. */
function jsonText(document: object, indent: number): string {
  try {
    return JSON.stringify(document, undefined, indent)
  } catch (error) {
    if (error instanceof TypeError) return exactJson(document, { indent })
    throw error
  }
}

/** Whether two say the same: equal texts for equal contents. */
export function contentOf({ state, covers, refused, masked, applied }: Taken): string {
  return JSON.stringify([covers, refused, masked, applied]) + toJson(state)
}
