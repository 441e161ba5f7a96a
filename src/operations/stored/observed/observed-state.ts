import { isDataObject, type Data } from '../../../model/data.ts'
import { memberOf } from '../../../model/data-map.ts'
import { formatPath, type Path } from '../../../model/path.ts'
import type { Cut } from '../../../observation/cut.ts'
import { readCut } from '../../../observation/read-cut.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { candidatesAt, snapshotFiles } from '../stored-cut.ts'

/** What was observed of an environment at a moment, cut to one state. */
export interface ObservedAt {
  readonly workspace: string
  readonly environment: string
  /** RFC 3339. */
  readonly at: string
  /** The revision that says how observers are read. */
  readonly revision: number
  /** The part that was asked for, as CUE writes it; the root is empty. */
  readonly path: string
  /** Absent: nothing is there, or observers differ about it. */
  readonly state?: Data
  /** Those that take part. */
  readonly snapshots: Cut['snapshots']
  /** Whose word stands where: what lies below a place is of the same, unless a longer path says otherwise. */
  readonly answers: readonly { readonly path: string; readonly snapshots: readonly Answering[] }[]
  /** Whether some places were left out of `answers`. */
  readonly more: boolean
  /** Where observers differ, with the texts of what they say. */
  readonly contested: readonly { readonly path: string; readonly values: readonly string[]; readonly absent: boolean }[]
}

/** A snapshot that said something. */
interface Answering {
  readonly observer: string
  readonly sequence: number
}

/** Which state. */
export interface ObservedInput {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  /** Default: now. */
  readonly at?: Date
  readonly known: 'then' | 'now'
  readonly path: Path
}

const mostAnswers = 1000

/** The newest snapshots at a moment as one state, and which of them answered for which path. Rejects with WORKSPACE_NOT_FOUND, NOT_FOUND or QUERY_INVALID. */
export async function observedAt(dependencies: StoredDependencies, input: ObservedInput): Promise<ObservedAt> {
  const { workspace, at, path } = input
  const { revision, source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, input.environment)
  const now = at ?? dependencies.clock()
  const cut = await readCut({
    entries: read.workspace.observations ?? [],
    environment,
    source,
    files: snapshotFiles(
      dependencies.store.files,
      workspace,
      await candidatesAt(dependencies.store, workspace, environment, input),
    ),
    now,
  })
  const state = valueAt(cut.observed.state, path)
  const { answers, more } = answersIn(cut, state, path)
  return {
    workspace,
    environment,
    at: now.toISOString(),
    revision: revision.revision,
    path: formatPath(path),
    ...(state === undefined ? {} : { state }),
    snapshots: cut.snapshots,
    answers,
    more,
    contested: cut.observed.contested
      .filter((place) => isWithin(place.path, path))
      .map(({ path: place, values, absent = false }) => ({ path: formatPath(place), values, absent })),
  }
}

/** Goes down only where several speak: one who speaks alone speaks for everything below. */
function answersIn(cut: Cut, state: Data | undefined, path: Path): Pick<ObservedAt, 'answers' | 'more'> {
  const answers: ObservedAt['answers'][number][] = []
  const open: { readonly value: Data | undefined; readonly path: Path }[] = [{ value: state, path }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (answers.length === mostAnswers) return { answers, more: true }
    const speaking =
      cut.snapshots.length === 1 ? cut.snapshots : cut.observe(place.path).filter(({ value }) => value !== undefined)
    const snapshots = distinct(speaking)
    const { value, path: above } = place
    if (snapshots.length < 2 || value === undefined || !isDataObject(value) || Object.keys(value).length === 0) {
      if (snapshots.length > 0) answers.push({ path: formatPath(above), snapshots })
      continue
    }
    for (const [label, member] of Object.entries(value).toReversed())
      open.push({ value: member, path: [...above, label] })
  }
  return { answers, more: false }
}

function distinct(speaking: readonly Answering[]): readonly Answering[] {
  const byKey = new Map(
    speaking.map(({ observer, sequence }) => [JSON.stringify([observer, sequence]), { observer, sequence }]),
  )
  return [...byKey.values()]
}

function valueAt(state: Data, path: Path): Data | undefined {
  let value: Data | undefined = state
  for (const label of path) {
    if (Array.isArray(value)) value = value[Number(label)]
    else value = memberOf(value, label)
  }
  return value
}

function isWithin(path: Path, above: Path): boolean {
  return above.every((label, index) => path[index] === label)
}
