import { Fault } from '../errors.ts'
import type { Unreadable } from '../model/document.ts'
import type { PathPattern } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Refused, Reported } from './adapters/adapter.ts'
import { ageOf, type Age } from './age.ts'
import type { CutRequest } from './cut-request.ts'
import { digestOf } from './digest.ts'
import type { Input } from './inputs.ts'
import { widestPatterns } from './pattern-set.ts'
import { reachOf } from './reach.ts'
import type { InputReading, PlacedReport } from './read-input.ts'
import { placedPart, type Part, type Snapshot } from './snapshot.ts'

/** The snapshots of all inputs, before they are compared; reports that cannot be used are told. */
export interface Snapshots {
  readonly snapshots: readonly Snapshot[]
  readonly unreadable: readonly { readonly input: Input; readonly problem: Unreadable }[]
  readonly notes: readonly Note[]
}

/** Where a part was looked at, by the same rule for each part of a snapshot. */
interface Piece {
  readonly part: Part
  readonly covers: readonly PathPattern[]
  readonly refused: readonly Refused[]
}

/**
 * A report that names its observer is a snapshot of its own. All others of one observer are parts of one snapshot, with sequence 0; where
 * something of an input cannot be read, its parts say only what they hold.
 */
export function snapshotsOf(readings: readonly InputReading[], request: CutRequest): Snapshots {
  const snapshots: Snapshot[] = []
  const unreadable: { input: Input; problem: Unreadable }[] = []
  const notes: Note[] = []
  const unnamed = new Map<string, Piece[]>()
  for (const { input, ...reading } of readings) {
    const parts = reading.reports.map(({ report, at }) => placedPart(report, at, request.sensitive))
    const misplaced = reading.reports.filter((_, index) => !parts[index]).map(notAMap)
    const problems = [...reading.unreadable, ...misplaced]
    unreadable.push(...problems.map((problem) => ({ input, problem })))
    const onlyHeld = request.partial === true || problems.length > 0
    for (const [index, placed] of reading.reports.entries()) {
      const part = parts[index]
      if (!part) continue
      const { identity } = placed.report
      if (!identity) {
        // It has no age, which an entry with `maxAge` refuses.
        ageOf(input.observer, undefined, input, request.now)
        add(unnamed, input.observer, { part, covers: coversOf(placed, input, onlyHeld), refused: refusedOf(placed) })
      } else if (identity.environment !== undefined && identity.environment !== request.environment) {
        if (input.chosen) notes.push(ofAnotherEnvironment(placed.report, identity.environment, request.environment))
      } else {
        const covers = coversOf(placed, input, request.partial === true)
        const age = ageOf(identity.observer, identity.observedAt, input, request.now)
        snapshots.push(namedSnapshot(placed, part, covers, age, request))
      }
    }
  }
  for (const [observer, pieces] of unnamed) snapshots.push(unnamedSnapshot(observer, pieces, request))
  return { snapshots, unreadable, notes }
}

function add(pieces: Map<string, Piece[]>, observer: string, piece: Piece): void {
  const known = pieces.get(observer)
  if (known) known.push(piece)
  else pieces.set(observer, [piece])
}

/** Where absence in a report is evidence, from the root: as it says itself, else as its input says. */
export function coversOf(
  { report, at }: PlacedReport,
  { covers, name }: Pick<Input, 'covers' | 'name'>,
  onlyHeld: boolean,
): readonly PathPattern[] {
  const below = (patterns: readonly PathPattern[]): readonly PathPattern[] =>
    patterns.map((pattern) => [...at, ...pattern])
  if (onlyHeld) return below(report.objects)
  if (report.covers) return below(report.covers)
  if (covers === 'all') return [at]
  if (covers === 'objects') return below(report.objects)
  if (covers !== 'kinds') return below(covers)
  if (report.kinds) return below(report.kinds)
  throw new Fault('WORKSPACE_INVALID', `${name}: \`covers: kinds\` is for the adapter \`kubernetes\``)
}

function refusedOf({ report, at }: PlacedReport): readonly Refused[] {
  return (report.refused ?? []).map(({ path, reason }) => ({ path: [...at, ...path], reason }))
}

function namedSnapshot(
  placed: PlacedReport,
  part: Part,
  covers: readonly PathPattern[],
  age: Age,
  { rereading }: CutRequest,
): Snapshot {
  const { observer = '', sequence = 0, observedAt = '', seen = {} } = placed.report.identity ?? {}
  const said = {
    observer,
    sequence,
    observedAt,
    seen: new Map(Object.entries(seen)),
    covers,
    refused: refusedOf(placed),
    parts: [part],
  }
  return {
    ...said,
    reach: reachOf(said.covers, said.refused),
    digest: digestOf(said, rereading?.write),
    ...age,
  }
}

function unnamedSnapshot(observer: string, pieces: readonly Piece[], { rereading }: CutRequest): Snapshot {
  const said = {
    observer,
    sequence: 0,
    seen: new Map<string, number>(),
    covers: widestPatterns(pieces.flatMap(({ covers }) => covers)),
    refused: pieces.flatMap(({ refused }) => refused),
    parts: pieces.map(({ part }) => part),
  }
  return { ...said, reach: reachOf(said.covers, said.refused), digest: digestOf(said, rereading?.write) }
}

function notAMap({ report }: PlacedReport): Unreadable {
  const place = report.origin([])
  const message = 'the document is no map: only a map can stand at the root, anything else needs `at`'
  return { file: report.files[0] ?? '', ...(place && { position: place.document.locate(place.pointer) }), message }
}

function ofAnotherEnvironment(report: Reported, environment: string, wanted: string): Note {
  const line = report.origin([])?.document.locate(['environment']).line
  return {
    code: 'other-environment',
    message: `the snapshot says that it is of \`${environment}\`: not used for \`${wanted}\``,
    file: report.files[0] ?? '',
    ...(line !== undefined && { line }),
  }
}
