import { toJson } from '../document/to-json.ts'
import { cutText } from '../model/cut-text.ts'
import type { Data } from '../model/data.ts'
import type { Observation } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import { maskSensitive } from '../model/masked.ts'
import type { Path, PathPattern } from '../model/path.ts'
import { claims, standing, wordsBelow, wordsByLabel, wordsOf, type Word, type WordsBelow } from './words.ts'
import type { Part, Snapshot } from './snapshot.ts'

/**
 * Tells who said what at a path: the fresh snapshots whose word stands there, else the stale ones. Who looked and saw nothing
 * is told with the place of the nearest that it saw around it, without a value; so is everybody where nobody looked.
 */
export function observeIn(
  fresh: readonly Snapshot[],
  stale: readonly Snapshot[],
  sensitive: readonly PathPattern[] = [],
): (path: Path) => readonly Observation[] {
  const [freshRoot, staleRoot] = [standAt(wordsOf(fresh)), standAt(wordsOf(stale))]
  return (path) => {
    const stands = standsOn(freshRoot, path)
    const staleStands = standsOn(staleRoot, path)
    const { absent, ...seen } = claims(stands.at(-1)?.words ?? [])
    const nothing = absent.flatMap(({ snapshot }) => around(snapshot, stands, path))
    const said = [...seen.leaves, ...seen.maps]
    if (said.length > 0) return sorted([...said.flatMap((word) => valuesOf(word, path, sensitive)), ...nothing])
    const old = claims(staleStands.at(-1)?.words ?? [])
    if (old.leaves.length + old.maps.length > 0) {
      return sorted([...[...old.leaves, ...old.maps].flatMap((word) => valuesOf(word, path, sensitive)), ...nothing])
    }
    return sorted(nothing.length > 0 ? nothing : [...nearest(stands, path), ...nearest(staleStands, path)])
  }
}

/** What stands at one place, and below it; each place is worked out once. */
interface Stand {
  readonly words: readonly Word[]
  below(label: string): Stand
}

function standAt(given: readonly Word[]): Stand {
  const words = standing(given)
  const isLarge = words.reduce((sum, { pieces }) => sum + 1 + pieces.length, 0) > 8
  const known = new Map<string, Stand>()
  let byLabel: WordsBelow | undefined
  return {
    words,
    below: (label) => {
      if (isLarge) byLabel ??= wordsByLabel(words)
      const stand = known.get(label) ?? standAt(wordsAt(words, byLabel, label))
      known.set(label, stand)
      return stand
    },
  }
}

/** A label that nobody saw is not among those that were seen; still, somebody may have looked there. */
function wordsAt(words: readonly Word[], byLabel: WordsBelow | undefined, label: string): readonly Word[] {
  const seen = byLabel?.at(label) ?? []
  return seen.length > 0 ? seen : wordsBelow(words, label)
}

/** What stands at the root and at each place on the way to a path. */
function standsOn(root: Stand, path: Path): readonly Stand[] {
  const stands = [root]
  for (const label of path) stands.push((stands.at(-1) ?? root).below(label))
  return stands
}

function valuesOf({ snapshot, pieces }: Word, path: Path, sensitive: readonly PathPattern[]): readonly Observation[] {
  return pieces.map(({ part, value }) => ({
    ...named(snapshot),
    ...place(part, path),
    value: shown(sensitive.length === 0 ? value : maskSensitive(value, sensitive, path).data),
  }))
}

/** The nearest place around a path that the snapshot speaks of, if it is one place: the key there, below which the path is missing. */
function around(snapshot: Snapshot, stands: readonly Stand[], path: Path): readonly Observation[] {
  for (let length = path.length; length >= 0; length--) {
    const pieces = stands[length]?.words.find((word) => word.snapshot === snapshot)?.pieces ?? []
    const [only, ...others] = pieces
    if (only) {
      const at = others.length === 0 ? place(only.part, path.slice(0, length), 'key') : {}
      return [{ ...named(snapshot), ...at }]
    }
  }
  return [named(snapshot)]
}

/** Where nobody looked: those who saw most of the way. */
function nearest(stands: readonly Stand[], path: Path): readonly Observation[] {
  for (let length = path.length - 1; length > 0; length--) {
    const knowing = (stands[length]?.words ?? []).filter(({ pieces, superseded }) => pieces.length > 0 && !superseded)
    if (knowing.length > 0) return knowing.flatMap(({ snapshot }) => around(snapshot, stands, path))
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
