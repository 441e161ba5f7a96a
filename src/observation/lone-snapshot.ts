import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { ObservationEntry } from '../model/workspace.ts'
import type { Cut, ObservedState } from './cut.ts'
import type { NamedFile } from './cut-request.ts'
import { digestOfLone, headOfLone } from './digest.ts'
import { isTime } from '../model/time.ts'

/** The cut of one whole report that nothing else is said of. */
export interface LoneSnapshot {
  readonly observed: ObservedState
  /** What its digest begins with, before the sorted JSON of the state. */
  readonly head: () => string
  /** Worked out when asked for; its digest may be known. */
  readonly snapshots: (digest?: string) => Cut['snapshots']
}

/**
 * The same cut as `readCut` makes of the files, for the plainest of them: one snapshot document that covers everything, or one plain
 * document, from an observer of which the workspace says nothing but perhaps its name. Undefined for all others.
 */
export function loneSnapshot(
  files: readonly NamedFile[] | undefined,
  entries: readonly ObservationEntry[],
  environment: string,
): LoneSnapshot | undefined {
  const [file, another] = files ?? []
  if (file?.data === undefined || another !== undefined || !isDataObject(file.data)) return undefined
  const { reported } = file
  if (reported === undefined || reported.at !== undefined || reported.covers !== undefined) return undefined
  if (entries.some((entry) => entry.observer === reported.observer && !isBare(entry))) return undefined
  if (reported.adapter !== 'snapshot') {
    if (reported.adapter !== 'plain') return undefined
    return lone({ observer: reported.observer, sequence: 0, state: file.data }, file.name)
  }
  const said = saidBy(file.data, environment)
  return said && lone(said, file.name)
}

/** Whether an entry says nothing that matters to such a report. */
function isBare({ at, covers, maxAge, lists, namespace }: ObservationEntry): boolean {
  const isWhole = at === undefined && (covers === undefined || covers === 'all')
  return isWhole && maxAge === undefined && lists === undefined && namespace === undefined
}

interface Said {
  readonly observer: string
  readonly sequence: number
  readonly observedAt?: string
  readonly state: DataObject
}

function saidBy(data: DataObject, environment: string): Said | undefined {
  const { snapshot, observer, sequence, observedAt, state, environment: own = environment, ...more } = data
  if (snapshot !== 1 || typeof observer !== 'string' || !/./.test(observer) || own !== environment) return undefined
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0) return undefined
  if (typeof observedAt !== 'string' || !isTime(observedAt) || !isMap(state)) return undefined
  for (const _ in more) return undefined
  return { observer, sequence, observedAt, state }
}

function isMap(value: Data | undefined): value is DataObject {
  return value !== undefined && isDataObject(value)
}

function lone(said: Said, source: string): LoneSnapshot {
  const { observer, sequence, observedAt, state } = said
  return {
    observed: { state, coverage: [{ path: [], status: 'covered' }], contested: [], masked: [] },
    head: () => headOfLone(said),
    snapshots: (digest = digestOfLone(said)) => [
      {
        observer,
        sequence,
        ...(observedAt === undefined ? {} : { observedAt }),
        source,
        digest,
      },
    ],
  }
}
