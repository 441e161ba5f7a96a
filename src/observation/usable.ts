import type { Observation } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import type { Note } from '../model/report.ts'
import type { CutProblem } from './cut.ts'
import { cyclesOf } from './order.ts'
import type { Snapshot } from './snapshot.ts'

/** Snapshots that can be compared, and those that contradict themselves. */
export interface Usable {
  readonly fresh: readonly Snapshot[]
  readonly stale: readonly Snapshot[]
  readonly problems: readonly CutProblem[]
  readonly notes: readonly Note[]
}

/** Refuses sequences that were used twice and circles of `seen`, and parts the rest by age. */
export function usableSnapshots(given: readonly Snapshot[]): Usable {
  const problems: CutProblem[] = []
  const notes: Note[] = []
  const unique: Snapshot[] = []
  const inOrder = given.toSorted(byNameAndFile)
  for (const group of grouped(inOrder, ({ observer, sequence }) => JSON.stringify([observer, sequence]))) {
    const [first, ...others] = group
    if (!first) continue
    if (others.every(({ digest }) => digest === first.digest)) {
      unique.push(first)
      if (others.length > 0) notes.push(sameTwice(group))
    } else
      problems.push(
        problemOf(group, `${named(first)} was reported with different contents, ${places(group)}: none of them counts`),
      )
  }
  const circles = cyclesOf(unique)
  for (const circle of circles) {
    problems.push(
      problemOf(
        circle,
        `${circle.map(named).join(' and ')} say that each had seen the other, which cannot be: none of them counts`,
      ),
    )
  }
  const inCircles = new Set(circles.flat())
  const kept = withOldAge(unique.filter((snapshot) => !inCircles.has(snapshot)))
  return {
    fresh: kept.filter(({ stale }) => stale === undefined),
    stale: kept.filter(({ stale }) => stale !== undefined),
    problems,
    notes,
  }
}

function byNameAndFile(a: Snapshot, b: Snapshot): number {
  const file = ({ parts }: Snapshot): string => parts[0]?.files[0] ?? ''
  return compareText(a.observer, b.observer) || a.sequence - b.sequence || compareText(file(a), file(b))
}

/** What is older than a stale snapshot of the same observer is stale, whatever its clock said. */
function withOldAge(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  return [...grouped(snapshots, ({ observer }) => observer)].flatMap((group) => {
    let reason: string | undefined
    return group
      .toSorted((a, b) => b.sequence - a.sequence)
      .map((snapshot) => {
        reason = snapshot.stale ?? reason
        return reason === undefined ? snapshot : { ...snapshot, stale: reason }
      })
  })
}

function grouped(snapshots: readonly Snapshot[], key: (snapshot: Snapshot) => string): Iterable<readonly Snapshot[]> {
  const groups = new Map<string, Snapshot[]>()
  for (const snapshot of snapshots) {
    const group = groups.get(key(snapshot))
    if (group) group.push(snapshot)
    else groups.set(key(snapshot), [snapshot])
  }
  return groups.values()
}

function named({ observer, sequence }: Snapshot): string {
  return `\`${observer}\` ${sequence}`
}

function problemOf(snapshots: readonly Snapshot[], message: string): CutProblem {
  return { kind: 'unreadable', path: [], message, observations: snapshots.map(whereOf) }
}

function whereOf({ observer, sequence, parts }: Snapshot): Observation {
  const origin = parts[0]?.origin([])
  if (!origin) return { observer, sequence, ...(parts[0]?.files[0] !== undefined && { file: parts[0].files[0] }) }
  return {
    observer,
    sequence,
    file: origin.document.file,
    ...origin.document.locate(['sequence']),
    pointer: '/sequence',
  }
}

function places(snapshots: readonly Snapshot[]): string {
  return snapshots
    .map(whereOf)
    .map(({ file, line }) => (line === undefined ? `${file}` : `${file}:${line}`))
    .sort(compareText)
    .join(' and ')
}

function sameTwice(snapshots: readonly Snapshot[]): Note {
  const [first] = snapshots
  return {
    code: 'same-snapshot',
    message: `${first ? named(first) : ''} was given more than once, with the same content: ${places(snapshots)}`,
  }
}
