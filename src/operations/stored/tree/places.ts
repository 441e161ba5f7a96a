import { worstVerdict } from '../../../check/verdict.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../../../model/data.ts'
import type { Kind, Verdict } from '../../../model/finding.ts'
import { comparePath } from '../../../model/order.ts'
import type { Path } from '../../../model/path.ts'
import { branchOf, type Branch } from '../../../observation/pattern-set.ts'
import type { CueField, CueOutline } from '../../../review/cue-outline.ts'
import type { Found } from './found.ts'
import type { Spoken } from './spoken.ts'
import type { Sight } from './sight.ts'

/** A place of a tree: what is desired there, what was observed, what was found, and how it is looked at. */
export interface Place {
  readonly path: Path
  /** Absent: the desired state names nothing there. */
  readonly outline?: CueOutline
  readonly mark: CueField['mark']
  /** Absent: no team speaks of it. */
  readonly spoken?: Spoken
  /** Absent: nothing was seen there, or observers differ. */
  readonly observed?: Data
  readonly found?: Found
  /** What observers differ about, at the place or below. */
  readonly contested?: Branch
  readonly sight: () => Sight
  /** What was found above and says it of everything below, such as that the whole of it is missing. */
  readonly inherited?: Verdict
}

/** Where a tree begins. */
export interface PlacesInput {
  readonly outline: CueOutline
  readonly spoken: Spoken
  readonly observed: DataObject
  readonly found: Found
  readonly contested: readonly Path[]
  readonly sight: Sight
}

/** The places of one tree; each is made when it is asked for, and stays. */
export interface Places {
  readonly root: Place
  /** Those one label below, sorted by label. */
  below(place: Place): readonly Place[]
  /** Undefined: nothing is desired, observed or found there. */
  at(path: Path): Place | undefined
  /** Takes over what patterns say of a label that the desired state does not name. */
  learn(path: Path, said: Pick<Place, 'outline' | 'spoken'>): void
}

/** Everything that is desired, observed or found as one tree. */
export function placesOf({ outline, spoken, observed, found, contested, sight }: PlacesInput): Places {
  const known = new WeakMap<Place, readonly Place[]>()
  const root: Place = {
    path: [],
    outline,
    mark: '',
    spoken,
    observed,
    found,
    contested: branchOf(contested),
    sight: () => sight,
  }
  const below = (place: Place): readonly Place[] => {
    const made = known.get(place) ?? madeBelow(place)
    known.set(place, made)
    return made
  }
  const at = (path: Path): Place | undefined =>
    path.reduce<Place | undefined>(
      (place, label) => place && below(place).find((one) => one.path.at(-1) === label),
      root,
    )
  const learn: Places['learn'] = (path, said) => {
    const above = at(path.slice(0, -1))
    if (above === undefined || path.length === 0) return
    known.set(
      above,
      below(above).map((one) => (one.path.at(-1) === path.at(-1) ? { ...one, ...said } : one)),
    )
  }
  return { root, below, at, learn }
}

function madeBelow(place: Place): readonly Place[] {
  const { path, outline, spoken, observed, found, contested } = place
  const fields = new Map(outline?.fields?.map((field) => [field.label, field]))
  const members = observed !== undefined && isDataObject(observed) ? Object.keys(observed) : []
  const labels = new Set([
    ...fields.keys(),
    ...members,
    ...(found?.below.keys() ?? []),
    ...(contested?.labels.keys() ?? []),
  ])
  const inherited = inheritedFrom(place)
  let own: Sight | undefined
  const sightHere = (): Sight => (own ??= place.sight())
  const places = Array.from(labels, (label): Place => {
    const field = fields.get(label)
    const member = memberOf(observed, label)
    const spokenThere = spoken?.below(label)
    const foundThere = found?.below.get(label)
    const contestedThere = contested?.labels.get(label)
    let sight: Sight | undefined
    return {
      path: [...path, label],
      mark: field?.mark ?? '',
      ...(field === undefined ? {} : { outline: field.value }),
      ...(spokenThere === undefined ? {} : { spoken: spokenThere }),
      ...(member === undefined ? {} : { observed: member }),
      ...(foundThere === undefined ? {} : { found: foundThere }),
      ...(contestedThere === undefined ? {} : { contested: contestedThere }),
      ...(inherited === undefined ? {} : { inherited }),
      sight: () => (sight ??= sightHere().below(label)),
    }
  })
  return places.sort((a, b) => comparePath(a.path.slice(-1), b.path.slice(-1)))
}

function memberOf(data: Data | undefined, label: string): Data | undefined {
  if (data === undefined) return undefined
  if (isDataList(data)) return data[Number(label)]
  return isDataObject(data) && Object.hasOwn(data, label) ? data[label] : undefined
}

/** Kinds that say something of everything below their path. */
const ofAllBelow: ReadonlySet<Kind> = new Set([
  'conflict',
  'mismatch',
  'missing',
  'unexpected',
  'unobserved',
  'stale',
  'refused',
  'contested',
])

function inheritedFrom({ path, found, inherited }: Place): Verdict | undefined {
  const blinding = (path.length === 0 ? [] : (found?.here ?? [])).filter(
    ({ kind, exempted }) => exempted === undefined && ofAllBelow.has(kind),
  )
  const verdicts = blinding.flatMap(({ outcome }) => (outcome === 'none' ? [] : [outcome]))
  if (inherited !== undefined) verdicts.push(...(inherited === 'conforms' ? [] : [inherited]))
  return verdicts.length === 0 ? undefined : worstVerdict(verdicts)
}

/** How a place stands: the worst of what was found there, below, or above of all of it; undecided also where nobody can say. */
export function stateOf({ found, inherited, sight }: Place): Verdict {
  const said = (['conflicts', 'violates', 'undecided'] as const).filter((outcome) => (found?.counts[outcome] ?? 0) > 0)
  const unseen = isUnseen(sight()) ? (['undecided'] as const) : []
  return worstVerdict([...said, ...unseen, ...(inherited === undefined ? [] : [inherited]), 'conforms'])
}

/** Whether nobody can say what is there. */
export function isUnseen({ word }: Sight): boolean {
  return word !== 'covered' && word !== 'partly'
}
