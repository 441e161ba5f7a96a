import { unlimited, type ReadingTime } from '../document/reading-time.ts'
import type { Unreadable } from '../model/document.ts'
import type { Applied } from '../model/applied.ts'
import { comparePath, compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { coverageOf } from './coverage.ts'
import type { Cut, CutProblem } from './cut.ts'
import type { CutRequest } from './cut-request.ts'
import { findInputs, type Input } from './inputs.ts'
import { joinSnapshots } from './join.ts'
import { newest } from './newest.ts'
import { observeIn } from './observe.ts'
import { readInput, type InputReading } from './read-input.ts'
import type { Snapshot } from './snapshot.ts'
import { snapshotsOf } from './snapshots-of.ts'
import { usableSnapshots } from './usable.ts'

/**
 * Reads what observers reported of one environment and cuts it to one state. What cannot be read becomes a problem of the cut; it rejects
 * with a Fault only for a request that cannot be served: a file that was named and is not there, settings that do not fit the documents.
 */
export async function readCut(request: CutRequest): Promise<Cut> {
  const found = await findInputs(request)
  const readings = await Promise.all(found.inputs.map((input) => readInput(input, request)))
  const { time = unlimited } = request
  return time.spend(() => cutOf(found, readings, request, time))
}

function cutOf(
  found: Awaited<ReturnType<typeof findInputs>>,
  readings: readonly InputReading[],
  request: CutRequest,
  time: ReadingTime,
): Cut {
  const read = snapshotsOf(readings, request)
  time.check()
  const usable = usableSnapshots(read.snapshots)
  const fresh = newest(usable.fresh, () => time.check())
  const kept = new Set(newest([...usable.fresh, ...usable.stale], () => time.check()))
  const stale = usable.stale.filter((snapshot) => kept.has(snapshot))
  time.check()
  const { state, contested } = joinSnapshots(fresh, () => time.check())
  time.check()
  const observe = observeIn(fresh, stale, request.sensitive)
  const unreadable = read.unreadable.map(({ input, problem }) => unreadableProblem(input, problem))
  return {
    observed: {
      state,
      coverage: coverageOf(fresh, stale),
      contested: contested.toSorted((a, b) => comparePath(a.path, b.path)),
      masked: maskedIn(fresh),
    },
    snapshots: [...fresh, ...stale].sort(bySequence).map(listed),
    observe,
    applied: appliedIn(fresh, observe).sort(byObject),
    secrets: read.snapshots.flatMap(({ parts }) => parts.flatMap(({ secrets }) => secrets)),
    problems: [...found.problems, ...unreadable, ...usable.problems].sort(byPlace),
    notes: sortedNotes([
      ...found.notes,
      ...readings.flatMap(({ notes }) => notes),
      ...read.notes,
      ...usable.notes,
      ...replacedNotes([...usable.fresh, ...usable.stale], [...fresh, ...stale]),
    ]),
    holdsUntil: read.snapshots.reduce((least, { holdsUntil = Infinity }) => Math.min(least, holdsUntil), Infinity),
  }
}

/** Of several snapshots those tell of an object whose word about it stands. */
function appliedIn(fresh: readonly Snapshot[], observe: Cut['observe']): Applied[] {
  return fresh.flatMap(({ observer, sequence, parts }) =>
    parts.flatMap(({ applied }) =>
      applied.filter(
        ({ at }) =>
          fresh.length === 1 || observe(at).some((one) => one.observer === observer && one.sequence === sequence),
      ),
    ),
  )
}

function byObject(a: Applied, b: Applied): number {
  return comparePath(a.at, b.at) || compareText(a.by, b.by)
}

function unreadableProblem({ at, observer }: Input, { file, position, message }: Unreadable): CutProblem {
  return {
    kind: 'unreadable',
    path: at.prefix,
    message: `${file}: ${message}`,
    observations: [{ observer, sequence: 0, file, ...position }],
  }
}

function maskedIn(snapshots: readonly Snapshot[]): readonly Path[] {
  const byKey = new Map(
    snapshots.flatMap(({ parts }) => parts.flatMap(({ masked }) => masked.map((path) => [JSON.stringify(path), path]))),
  )
  return [...byKey.values()].sort(comparePath)
}

function listed({ observer, sequence, observedAt, parts, digest }: Snapshot): Cut['snapshots'][number] {
  const source = [...new Set(parts.flatMap(({ files }) => files))].sort(compareText).join(', ')
  return { observer, sequence, ...(observedAt !== undefined && { observedAt }), source, digest }
}

function replacedNotes(given: readonly Snapshot[], kept: readonly Snapshot[]): readonly Note[] {
  const counts = new Map<string, number>()
  const remaining = new Set(kept)
  for (const snapshot of given) {
    if (!remaining.has(snapshot)) counts.set(snapshot.observer, (counts.get(snapshot.observer) ?? 0) + 1)
  }
  return [...counts].map(([observer, count]) => ({
    code: 'replaced',
    message:
      count === 1
        ? `a snapshot of \`${observer}\` is replaced by newer ones`
        : `${count} snapshots of \`${observer}\` are replaced by newer ones`,
  }))
}

function bySequence(a: Snapshot, b: Snapshot): number {
  return compareText(a.observer, b.observer) || a.sequence - b.sequence
}

function byPlace(a: CutProblem, b: CutProblem): number {
  return (
    comparePath(a.path, b.path) ||
    compareText(a.kind, b.kind) ||
    compareText(a.observations[0]?.file ?? '', b.observations[0]?.file ?? '') ||
    (a.observations[0]?.line ?? 0) - (b.observations[0]?.line ?? 0) ||
    compareText(a.message, b.message)
  )
}
