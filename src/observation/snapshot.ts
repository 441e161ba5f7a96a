import type { Applied } from '../model/applied.ts'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { maskSensitive } from '../model/masked.ts'
import type { Path, PathPattern } from '../model/path.ts'
import type { Refused, Reported } from './adapters/adapter.ts'
import type { Age } from './age.ts'
import type { Reach } from './reach.ts'

/** One immutable report of one observer, its state where the entry puts it: every path is from the root. */
export interface Snapshot extends Age {
  readonly observer: string
  readonly sequence: number
  readonly observedAt?: string
  readonly seen: ReadonlyMap<string, number>
  /** What was looked at completely, apart from what was refused. */
  readonly covers: readonly PathPattern[]
  readonly refused: readonly Refused[]
  /** The same as one thing to ask. */
  readonly reach: Reach
  /** Pieces that are joined: what one lacks never contradicts another. */
  readonly parts: readonly Part[]
  /** 64 hex digits of all of the above. */
  readonly digest: string
}

/** A piece of state with the way back to its document. */
export interface Part {
  /** From the root. */
  readonly state: DataObject
  readonly masked: readonly Path[]
  readonly applied: readonly Applied[]
  /** Values at sensitive paths. */
  readonly secrets: readonly Data[]
  readonly files: readonly string[]
  origin: Reported['origin']
}

const nothingSensitive = { before: [], secrets: [] }

/** Puts a report's state at a path; undefined if that leaves something other than a map at the root. */
export function placedPart(report: Reported, at: Path, sensitive: readonly PathPattern[] = []): Part | undefined {
  const state = at.reduceRight<Data>(mapOf, report.state)
  if (!isDataObject(state)) return undefined
  const { before, secrets } = sensitive.length === 0 ? nothingSensitive : maskSensitive(state, sensitive)
  return {
    state,
    masked: [...(report.masked ?? []).map((path) => [...at, ...path]), ...before],
    applied: (report.applied ?? []).map((applied) => ({ ...applied, at: [...at, ...applied.at] })),
    secrets,
    files: report.files,
    origin: (path, label) => (path.length < at.length ? undefined : report.origin(path.slice(at.length), label)),
  }
}

function mapOf(value: Data, label: string): DataObject {
  return dataMap([[label, value]])
}
