import { toJson } from '../document/to-json.ts'
import { cutText } from '../model/cut-text.ts'
import type { Data } from '../model/data.ts'
import type { Observation } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import { claims, standing, wordsBelow, wordsOf, type Word } from './words.ts'
import type { Part, Snapshot } from './snapshot.ts'

/**
 * Tells who said what at a path: the fresh snapshots whose word stands there, else the stale ones. Who looked and saw nothing
 * is told with the place of the nearest that it saw around it, without a value; so is everybody where nobody looked.
 */
export function observeIn(
  fresh: readonly Snapshot[],
  stale: readonly Snapshot[],
): (path: Path) => readonly Observation[] {
  return (path) => {
    const { said, absent } = wordsAt(fresh, path)
    const nothing = absent.flatMap(({ snapshot }) => around(snapshot, path))
    if (said.length > 0) return sorted([...said.flatMap(({ snapshot }) => valuesIn(snapshot, path)), ...nothing])
    const old = wordsAt(stale, path).said
    if (old.length > 0) return sorted([...old.flatMap(({ snapshot }) => valuesIn(snapshot, path)), ...nothing])
    return nothing.length > 0 ? sorted(nothing) : nearest([...fresh, ...stale], path)
  }
}

function wordsAt(
  snapshots: readonly Snapshot[],
  path: Path,
): { readonly said: readonly Word[]; readonly absent: readonly Word[] } {
  const start = standing(wordsOf(snapshots))
  const { absent, leaves, maps } = claims(path.reduce((words, label) => standing(wordsBelow(words, label)), start))
  return { said: [...leaves, ...maps], absent }
}

/** Every part of a snapshot that has a value at a path. */
function valuesIn(snapshot: Snapshot, path: Path): readonly Observation[] {
  return snapshot.parts.flatMap((part) => {
    const value = valueAt(part.state, path)
    return value === undefined ? [] : [{ ...named(snapshot), ...place(part, path), value: shown(value) }]
  })
}

/** The nearest place around a path that the snapshot speaks of, if it is one place: the key there, below which the path is missing. */
function around(snapshot: Snapshot, path: Path): readonly Observation[] {
  for (let length = path.length; length >= 0; length--) {
    const above = path.slice(0, length)
    const parts = snapshot.parts.filter(({ state }) => valueAt(state, above) !== undefined)
    const [only, ...others] = parts
    if (only) return [{ ...named(snapshot), ...(others.length === 0 && place(only, above, 'key')) }]
  }
  return [named(snapshot)]
}

/** Where nobody looked: those who saw most of the way. */
function nearest(snapshots: readonly Snapshot[], path: Path): readonly Observation[] {
  for (let length = path.length - 1; length > 0; length--) {
    const above = path.slice(0, length)
    const knowing = snapshots.filter(({ parts }) => parts.some(({ state }) => valueAt(state, above) !== undefined))
    if (knowing.length > 0) return sorted(knowing.flatMap((snapshot) => around(snapshot, path)))
  }
  return []
}

function named({ observer, sequence }: Snapshot): Pick<Observation, 'observer' | 'sequence'> {
  return { observer, sequence }
}

function place(
  part: Part,
  path: Path,
  target: 'value' | 'key' = 'value',
): Pick<Observation, 'file' | 'line' | 'column' | 'pointer'> {
  const origin = part.origin(path)
  if (!origin) return {}
  const { document, pointer } = origin
  return {
    file: document.file,
    ...document.locate(pointer, pointer.length === 0 ? 'value' : target),
    pointer: pointer.map((label) => `/${escaped(label)}`).join(''),
  }
}

function escaped(label: string): string {
  return label.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A value for a report: as it is, or the beginning of its JSON text if that is longer than 1 kB. */
function shown(value: Data): Data {
  const text = toJson(value)
  const cut = cutText(text)
  return cut === text ? value : cut
}

function valueAt(state: Data, path: Path): Data | undefined {
  let value: Data | undefined = state
  for (const label of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, label)) return undefined
    value = Reflect.get(value, label)
  }
  return value
}

/** By observer, sequence, file, line and column; equal ones once. */
function sorted(observations: readonly Observation[]): readonly Observation[] {
  const byKey = new Map(
    observations.map((one) => [
      JSON.stringify([one.observer, one.sequence, one.file, one.line, one.column, one.pointer]),
      one,
    ]),
  )
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.observer, b.observer) ||
      a.sequence - b.sequence ||
      compareText(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
}
