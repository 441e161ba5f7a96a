import type { Outcome, Verdict } from '../../../model/finding.ts'
import { formatPath, type Path } from '../../../model/path.ts'
import type { Cut } from '../../../observation/cut.ts'
import type { CueOutline } from '../../../review/cue-outline.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { levelBelow, type TreeLevel } from './level.ts'
import type { Picture, PictureInput } from './picture.ts'
import { stateOf } from './places.ts'
import { selecting, type Selection } from './selection.ts'

/** Which level of a tree, and what of it. */
export interface TreeInput extends Selection, Pick<PictureInput, 'workspace' | 'at' | 'deadlineMs'> {
  /** Needed where there are several. */
  readonly environment?: string
  readonly path: Path
  /** Levels below the path: 1 are its labels. */
  readonly depth: number
  /** The most labels of a level. */
  readonly limit: number
  /** Only labels after this one. */
  readonly after?: string
  /** Whether labels that do not conform are given with what is below, as far as some hundred labels reach. */
  readonly unfold: boolean
}

/** A level of the desired and the observed state of one environment. */
export interface Tree extends TreeLevel {
  readonly workspace: string
  readonly environment: string
  readonly revision: number
  /** Number and time of the check that it is the state of; absent before the first one. */
  readonly check?: number
  readonly checkedAt?: string
  readonly path: Path
  readonly at: string
  /** Where the path names no struct: its CUE text. */
  readonly text?: string
  /** Of the path itself and all below. */
  readonly state: Verdict
  readonly findings: Readonly<Record<Outcome, number>>
  readonly exempted: number
  /** More was found than is counted, here or elsewhere in the environment. */
  readonly atLeast?: true
  /** Fields of the desired state that hold no further ones, at the path and below. */
  readonly fields: number
  /** Those that take part. */
  readonly snapshots: readonly Pick<Cut['snapshots'][number], 'observer' | 'sequence' | 'observedAt'>[]
}

/** The desired and the observed state at a path as a tree, with the findings that stood at a moment rolled up. */
export async function tree(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock'>,
  pictures: (
    dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock'>,
    input: PictureInput,
  ) => Promise<Picture>,
  { environment: asked, path, ...input }: TreeInput,
): Promise<Tree> {
  const { read } = await inForce(dependencies, input.workspace, input.at)
  const environment = environmentIn(read, asked)
  const picture = await pictures(dependencies, { ...input, environment })
  const { places, cut, revision, check, checkedAt } = picture
  const level = await learnedLevel(picture, path, input)
  const place = places.at(path)
  const outline = place?.outline
  const found = place?.found
  return {
    workspace: input.workspace,
    environment,
    revision,
    ...(check === undefined || checkedAt === undefined ? {} : { check, checkedAt }),
    path,
    at: formatPath(path),
    ...(outline === undefined || outline.fields !== undefined ? {} : { text: outline.text }),
    state: place === undefined ? 'conforms' : stateOf(place),
    findings: found?.counts ?? { conflicts: 0, violates: 0, undecided: 0, none: 0 },
    exempted: found?.exempted ?? 0,
    ...(picture.atLeast ? { atLeast: true } : {}),
    fields: outline === undefined ? 0 : fieldsOf(outline),
    snapshots: cut.snapshots.map(({ observer, sequence, observedAt }) => ({
      observer,
      sequence,
      ...(observedAt === undefined ? {} : { observedAt }),
    })),
    ...level,
  }
}

/** How often what was learned may show further labels of which nothing is known: those below what is unfolded because of it. */
const mostRounds = 4

/** A level, once it is known what patterns say of what is in it. */
async function learnedLevel(
  picture: Picture,
  path: Path,
  { deadlineMs, ...input }: Omit<TreeInput, 'environment' | 'path' | 'workspace'>,
): Promise<TreeLevel> {
  const { places, learn } = picture
  const limits = deadlineMs === undefined ? {} : { deadlineMs }
  for (let round = 0; ; round++) {
    const place = places.at(path)
    if (place === undefined) return { items: [], more: 0, hidden: 0 }
    const level = levelBelow(picture, place, { ...input, isSelected: selecting(places, input) })
    const shown = [path, ...pathsIn(level)].flatMap((one) => places.at(one) ?? [])
    if (round === mostRounds || !(await learn(shown, limits))) return level
  }
}

/** The paths of a level, and of those that come with it, that nobody names. */
function pathsIn({ items }: TreeLevel): readonly Path[] {
  return items.flatMap(({ path, kind, children }) => [
    ...(kind === 'observed' ? [path] : []),
    ...(children === undefined ? [] : pathsIn(children)),
  ])
}

function fieldsOf({ fields }: CueOutline): number {
  return fields === undefined ? 1 : fields.reduce((sum, { value }) => sum + fieldsOf(value), 0)
}
