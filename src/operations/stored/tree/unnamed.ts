import type { Outline } from '../../../engine/protocol.ts'
import { isDataObject, type Data } from '../../../model/data.ts'
import type { Path } from '../../../model/path.ts'
import { cueOutline, type CueOutline } from '../../../review/cue-outline.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { OutlineInput } from '../../outline.ts'
import type { Place, Places } from './places.ts'
import { spokenOf, type Spoken } from './spoken.ts'

/** Finds out what patterns say of places, and of those they lie in, that the desired state does not name. Answers whether anything was new. */
export type Learn = (places: readonly Place[], limits: Pick<RequestOptions, 'deadlineMs'>) => Promise<boolean>

type Ask = (
  input: Required<Pick<OutlineInput, 'paths' | 'labels'>>,
  limits: Pick<RequestOptions, 'deadlineMs'>,
) => Promise<readonly Outline[]>

/** How many labels are asked about at a time, those below the ones that are shown included. */
const mostLabels = 3000

/** What is observed and named by nobody may still be what a pattern speaks of: that is asked for label by label, as it is shown. */
export function unnamedLabels(places: Places, ask: Ask): Learn {
  const asked = new Set<string>()
  let learned = 0
  const learnNow: Learn = async (shown, limits) => {
    const paths: Path[] = []
    const labels: Path[] = []
    for (const place of shown) {
      const first = firstUnnamed(places, place.path)
      if (first === undefined || asked.has(keyOf(first.path)) || labels.length >= mostLabels) continue
      asked.add(keyOf(first.path))
      paths.push(first.path)
      for (const path of observedBelow(first, mostLabels - labels.length)) {
        asked.add(keyOf(path))
        labels.push(path)
      }
    }
    if (paths.length === 0) return false
    try {
      for (const { path, text, ...speaking } of await ask({ paths, labels }, limits)) {
        const spoken = spokenOf(speaking)
        const outline = text === undefined ? undefined : saidOf(cueOutline(text), spoken)
        if (outline !== undefined) places.learn(path, { outline, spoken })
      }
    } catch (error) {
      for (const path of [...paths, ...labels]) asked.delete(keyOf(path))
      throw error
    }
    learned += 1
    return true
  }
  let last: Promise<unknown> = Promise.resolve()
  return async (shown, limits) => {
    // What another one asks for now is waited for: it may be the same.
    const before = learned
    const own = last.catch(() => undefined).then(() => learnNow(shown, limits))
    last = own
    return (await own) || learned !== before
  }
}

/** The first place on the way to a path that is observed and not named; undefined where all are named. */
function firstUnnamed(places: Places, path: Path): Place | undefined {
  for (let length = 1; length <= path.length; length++) {
    const place = places.at(path.slice(0, length))
    if (place?.outline === undefined) return place?.observed === undefined ? undefined : place
  }
  return undefined
}

/** A place and what is observed below it, level by level. */
function observedBelow({ path, observed }: Place, most: number): readonly Path[] {
  const found: (readonly [Path, Data | undefined])[] = [[path, observed]]
  for (let index = 0; index < found.length; index++) {
    const [at, data] = found[index] ?? []
    if (at === undefined || data === undefined || !isDataObject(data)) continue
    for (const [label, below] of Object.entries(data)) {
      if (found.length >= most) return found.map(([one]) => one)
      found.push([[...at, label], below])
    }
  }
  return found.map(([one]) => one)
}

/** An outline without the labels of which nobody speaks: they are only taken to be there. */
function saidOf(outline: CueOutline, spoken: Spoken): CueOutline | undefined {
  if (outline.fields === undefined) return spoken.teams.length === 0 ? undefined : outline
  const fields = outline.fields.flatMap((field) => {
    const there = spoken.below(field.label)
    const value = there && saidOf(field.value, there)
    return value === undefined ? [] : [{ ...field, value }]
  })
  return fields.length === 0 && spoken.teams.length === 0 ? undefined : { ...outline, fields }
}

function keyOf(path: Path): string {
  return JSON.stringify(path)
}
