import type { Outcome, Observation, Verdict } from '../../../model/finding.ts'
import { isDataObject } from '../../../model/data.ts'
import { comparePath } from '../../../model/order.ts'
import { reaches } from '../../../model/path-pattern.ts'
import { formatPath, type Path } from '../../../model/path.ts'
import type { FoundHere } from './found.ts'
import type { Picture } from './picture.ts'
import { isUnseen, stateOf, type Place } from './places.ts'
import type { SightWord } from './sight.ts'

/** A label with what is desired, observed and found there, and how much below. */
export interface TreeNode {
  readonly label: string
  readonly path: Path
  readonly at: string
  /** `observed`, `found`: the desired state names nothing there. */
  readonly kind: 'struct' | 'list' | 'value' | 'observed' | 'found'
  readonly mark?: '!' | '?'
  /** CUE text, but of a struct. */
  readonly text?: string
  /** Labels below, of all sorts; absent where there are none. */
  readonly members?: number
  /** Exempted findings count apart. */
  readonly findings: Readonly<Record<Outcome, number>>
  readonly exempted: number
  /** Findings at the place itself, the first of them. */
  readonly found: readonly FoundHere[]
  readonly state: Verdict
  /** Why nobody can say what is there; absent where somebody looks. */
  readonly unseen?: Exclude<SightWord, 'covered' | 'partly'>
  /** The reason in words, as far as somebody gave one. */
  readonly unseenBecause?: string
  /** Who reported what; of a map nothing, as that is below. */
  readonly observations: readonly Pick<Observation, 'observer' | 'sequence' | 'value'>[]
  readonly owner?: string
  /** Those that speak there or below, sorted. */
  readonly teams: readonly string[]
  /** What patterns say of any label below, where none is named. */
  readonly patterns?: readonly string[]
  readonly children?: TreeLevel
}

/** Labels of one level, sorted. */
export interface TreeLevel {
  readonly items: readonly TreeNode[]
  /** Labels beyond the limit, from where to ask for them, and labels that are hidden. */
  readonly more: number
  readonly next?: string
  readonly hidden: number
}

/** How much of which level. */
export interface LevelInput {
  readonly depth: number
  readonly limit: number
  /** Labels after this one. */
  readonly after?: string
  readonly isSelected: (place: Place) => boolean
  /** Whether labels that do not conform are given with what is below, while there is room. */
  readonly unfold: boolean
}

/** Labels that may still be unfolded; counts down. */
interface Room {
  left: number
}

/** How many labels are unfolded at most: as many as somebody may look through. */
const mostUnfolded = 300

const mostFound = 5

/** The labels below a place. */
export function levelBelow(picture: Picture, place: Place, input: LevelInput): TreeLevel {
  return level(picture, place, input, { left: mostUnfolded })
}

function level(picture: Picture, place: Place, { after, ...input }: LevelInput, room: Room): TreeLevel {
  const all = picture.places.below(place)
  const shown = all.filter((one) => input.isSelected(one))
  const start = after === undefined ? 0 : shown.findIndex((one) => comparePath(one.path.slice(-1), [after]) > 0)
  const rest = start < 0 ? [] : shown.slice(start)
  const items = rest.slice(0, input.limit).map((one) => nodeOf(picture, one, input, room))
  const last = items.at(-1)
  return {
    items,
    more: rest.length - items.length,
    ...(rest.length > items.length && last !== undefined ? { next: last.label } : {}),
    hidden: all.length - shown.length,
  }
}

function nodeOf(picture: Picture, place: Place, input: Omit<LevelInput, 'after'>, room: Room): TreeNode {
  const { path, mark, outline, observed, found, spoken } = place
  const members = picture.places.below(place).length
  const { word } = place.sight()
  const owner = picture.owner(path)
  return {
    label: path.at(-1) ?? '',
    path,
    at: formatPath(path),
    kind: kindOf(place),
    ...(mark === '' ? {} : { mark }),
    ...(outline === undefined || outline.fields !== undefined ? {} : { text: outline.text }),
    ...(members === 0 ? {} : { members }),
    findings: found?.counts ?? nothing,
    exempted: found?.exempted ?? 0,
    found: (found?.here ?? []).slice(0, mostFound),
    state: stateOf(place),
    ...(isUnseen(place.sight()) && word !== 'covered' && word !== 'partly' ? unseenAs(picture, path, word) : {}),
    observations: observed !== undefined && isDataObject(observed) ? [] : observationsAt(picture, path),
    ...(owner === undefined ? {} : { owner }),
    teams: spoken?.teams ?? [],
    ...(spoken === undefined || spoken.patterns.length === 0 || outline?.fields?.length !== 0
      ? {}
      : { patterns: spoken.patterns }),
    ...childrenOf(picture, place, input, room),
  }
}

function unseenAs(
  { cut }: Picture,
  path: Path,
  word: NonNullable<TreeNode['unseen']>,
): Pick<TreeNode, 'unseen' | 'unseenBecause'> {
  const because = cut.observed.coverage.find(
    ({ path: pattern, status, reason }) => status === word && reason && reaches(pattern, path),
  )?.reason
  return { unseen: word, ...(because === undefined ? {} : { unseenBecause: because }) }
}

function childrenOf(
  picture: Picture,
  place: Place,
  input: Omit<LevelInput, 'after'>,
  room: Room,
): Pick<TreeNode, 'children'> {
  const below = picture.places.below(place)
  if (below.length === 0) return {}
  if (input.depth > 1) return { children: level(picture, place, { ...input, depth: input.depth - 1 }, room) }
  if (!input.unfold || stateOf(place) === 'conforms') return {}
  const shown = below.filter((one) => input.isSelected(one)).length
  if (shown > room.left) return {}
  room.left -= shown
  return { children: level(picture, place, input, room) }
}

const nothing = { conflicts: 0, violates: 0, undecided: 0, none: 0 }

function kindOf({ outline, observed, contested }: Place): TreeNode['kind'] {
  if (outline === undefined) return observed === undefined && contested === undefined ? 'found' : 'observed'
  if (outline.fields !== undefined) return 'struct'
  return outline.text.startsWith('[') ? 'list' : 'value'
}

function observationsAt({ cut }: Picture, path: Path): TreeNode['observations'] {
  return cut.observe(path).flatMap((one) => {
    if (!('value' in one)) return []
    const { observer, sequence, value } = one
    return [{ observer, sequence, value }]
  })
}
