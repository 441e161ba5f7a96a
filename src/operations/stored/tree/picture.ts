import type { OwnerOf } from '../../../check/owner.ts'
import { ownersOf } from '../../../check/owner.ts'
import { isDataObject } from '../../../model/data.ts'
import { dataMap } from '../../../model/data-map.ts'
import { maskSensitive } from '../../../model/masked.ts'
import type { TrackedFinding } from '../../../model/tracked-finding.ts'
import type { Cut } from '../../../observation/cut.ts'
import { readCut } from '../../../observation/read-cut.ts'
import { cueOutline } from '../../../review/cue-outline.ts'
import { sensitiveOf } from '../../../workspace/sensitive.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'
import { chosenRevision } from '../stored-workspace.ts'
import { candidatesAt, snapshotFiles } from '../stored-cut.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import { desiredOutline } from './desired-outline.ts'
import { foundAt } from './found.ts'
import { placesOf, type Places } from './places.ts'
import { spokenOf } from './spoken.ts'
import { unnamedLabels, type Learn } from './unnamed.ts'
import { sightOf } from './sight.ts'

/** One environment as its newest check saw it: what was desired, observed and found, as one tree. */
export interface Picture {
  readonly revision: number
  /** Number and time of the check; absent before the first one. */
  readonly check?: number
  readonly checkedAt?: string
  readonly places: Places
  /** Whether more was found than is counted. */
  readonly atLeast: boolean
  readonly cut: Cut
  readonly owner: OwnerOf
  /** Finds out what patterns say of labels that the desired state does not name. */
  readonly learn: Learn
}

/** Which picture. */
export interface PictureInput {
  readonly workspace: string
  readonly environment: string
  /** Default: now. */
  readonly at?: Date
  readonly deadlineMs?: number
}

type Dependencies = Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock'>

/** Pictures that are kept, those used last. */
const most = 4

/**
 * Gives pictures. A check never changes, so that its picture is made once: whoever asks for one level after the other waits for the first
 * one only.
 */
export function keptPictures(): (dependencies: Dependencies, input: PictureInput) => Promise<Picture> {
  const kept = new Map<string, Promise<Picture>>()
  return async (dependencies, input) => {
    const { workspace, environment, at } = input
    const check = await dependencies.store.checks.at(workspace, environment, at)
    if (check === undefined) return beforeChecks(dependencies, input)
    // A workspace that was deleted and made again counts its checks anew.
    const key = JSON.stringify([workspace, environment, check.check, check.at, check.digest])
    const made = kept.get(key) ?? pictureOf(dependencies, input, { ...check, now: new Date(check.at) })
    // The one that was used last is the last to go.
    kept.delete(key)
    kept.set(key, made)
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
    made.catch(() => kept.delete(key))
    return made
  }
}

async function beforeChecks(dependencies: Dependencies, input: PictureInput): Promise<Picture> {
  const { revision } = await inForce(dependencies, input.workspace, input.at)
  return pictureOf(dependencies, input, { revision: revision.revision, now: input.at ?? dependencies.clock() })
}

interface Ground {
  readonly revision: number
  readonly check?: number
  readonly now: Date
}

async function pictureOf(
  dependencies: Dependencies,
  { workspace, environment, deadlineMs }: PictureInput,
  { revision: number, check, now }: Ground,
): Promise<Picture> {
  const { store, sourceOf } = dependencies
  const revision = await chosenRevision(store, workspace, { revision: number })
  const source = await sourceOf(revision)
  const read = await readWorkspace(source)
  const sensitive = sensitiveOf(read.workspace)
  const candidates = await candidatesAt(store, workspace, environment, { at: now, known: 'then' })
  const [desired, cut, { findings, more }] = await Promise.all([
    desiredOutline(dependencies, { revision, source, environment, deadlineMs }),
    readCut({
      entries: read.workspace.observations ?? [],
      environment,
      source,
      files: snapshotFiles(store.files, workspace, candidates),
      sensitive,
      now,
    }),
    check === undefined ? { findings: [], more: false } : standing(dependencies, workspace, environment, now),
  ])
  const { data } = maskSensitive(cut.observed.state, sensitive)
  const places = placesOf({
    outline: cueOutline(desired.text ?? ''),
    spoken: spokenOf(desired),
    observed: isDataObject(data) ? data : dataMap([]),
    found: foundAt(findings),
    contested: cut.observed.contested.map(({ path }) => path),
    sight: sightOf(cut.observed.coverage),
  })
  return {
    revision: number,
    ...(check === undefined ? {} : { check, checkedAt: now.toISOString() }),
    places,
    atLeast: more,
    cut,
    owner: ownersOf(read.workspace.teams),
    learn: unnamedLabels(places, (input, limits) =>
      dependencies.congruent.outline({ ...input, ...limits, source, environment }),
    ),
  }
}

/** How many findings are counted at most. */
const mostFindings = 50_000

interface Standing {
  readonly findings: readonly TrackedFinding[]
  /** There are more. */
  readonly more: boolean
}

async function standing({ store }: Dependencies, workspace: string, environment: string, at: Date): Promise<Standing> {
  const found: TrackedFinding[] = []
  for (let cursor: string | undefined; found.length < mostFindings;) {
    const page = { limit: 1000, at, ...(cursor === undefined ? {} : { cursor }) }
    const { items, next } = await store.findings.list(workspace, { environments: [environment] }, page)
    found.push(...items)
    if (next === undefined) return { findings: found, more: false }
    cursor = next
  }
  return { findings: found, more: true }
}
