import { readDocuments } from '../../../document/read.ts'
import { isDataObject, type Data } from '../../../model/data.ts'
import { compareText } from '../../../model/order.ts'
import { formatPattern, parsePattern, type PathPattern } from '../../../model/path.ts'
import { contains, overlaps } from '../../../model/path-pattern.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import { parseAt } from '../../../observation/at.ts'
import { freshUntil } from '../checks/stale-snapshots.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { entryOfObserver } from '../entry-of-observer.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { candidatesAt, type Moment } from '../stored-cut.ts'

/** How an observer looks at a path: at all of it, at a part, no longer, or it may not. */
export type Sight = 'all' | 'part' | 'stale' | 'refused'

/** Who looks where: a row for each path pattern that an observer names, and for each top label of the desired state. */
export interface CoverageAt {
  readonly workspace: string
  readonly environment: string
  readonly at: string
  readonly revision: number
  /** Sorted. */
  readonly observers: readonly string[]
  /** Sorted by path. */
  readonly paths: readonly {
    /** A path pattern; the root is empty. */
    readonly path: string
    /** Fields of the desired state at the path and below; absent where it is not concrete. */
    readonly desired?: number
    /** Sorted by observer; who does not look there is left out. */
    readonly sights: readonly { readonly observer: string; readonly sight: Sight; readonly reason?: string }[]
  }[]
}

/** Which coverage. */
export interface CoverageInput extends Moment {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  readonly deadlineMs: number
}

/** Which observer looks at which paths of an environment at a moment. Rejects with WORKSPACE_NOT_FOUND, NOT_FOUND or QUERY_INVALID. */
export async function coverageAt(dependencies: StoredDependencies, input: CoverageInput): Promise<CoverageAt> {
  const { workspace, at, deadlineMs } = input
  const { revision, source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, input.environment)
  const now = at ?? dependencies.clock()
  const entries = read.workspace.observations ?? []
  const candidates = await candidatesAt(dependencies.store, workspace, environment, input)
  const looks = candidates.map((snapshot) =>
    lookOf(snapshot, entryOfObserver(entries, snapshot.observer, environment), now),
  )
  const { desired } = await dependencies.congruent.unify({ source, environment, want: ['json'], deadlineMs })
  const json = desired.json === undefined ? undefined : dataOf(desired.json)
  const named = new Map(
    [
      ...looks.flatMap(({ covers, refused }) => [...covers, ...refused.map(({ path }) => path)]),
      ...topLabels(json),
    ].map((pattern) => [formatPattern(pattern), pattern]),
  )
  return {
    workspace,
    environment,
    at: now.toISOString(),
    revision: revision.revision,
    observers: [...new Set(looks.map(({ observer }) => observer))].sort(compareText),
    paths: [...named]
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, pattern]) => ({
        path,
        ...(json === undefined ? {} : { desired: fieldsBelow(json, pattern) }),
        sights: sightsAt(pattern, looks),
      })),
  }
}

/** Where one snapshot looked, from the root. */
interface Look {
  readonly observer: string
  readonly covers: readonly PathPattern[]
  readonly refused: readonly { readonly path: PathPattern; readonly reason: string }[]
  readonly isStale: boolean
}

function lookOf(snapshot: StoredSnapshot, entry: ObservationEntry | undefined, now: Date): Look {
  const place = parseAt(entry?.at).prefix
  const placed = (text: string): PathPattern => [...place, ...parsePattern(text)]
  const covers = snapshot.covers ?? (Array.isArray(entry?.covers) ? entry.covers : [''])
  const until = freshUntil(snapshot, entry)
  return {
    observer: snapshot.observer,
    covers: covers.map((text: string) => placed(text)),
    refused: snapshot.refused.map(({ path, reason }) => ({ path: placed(path), reason })),
    isStale: until !== undefined && until < now.getTime(),
  }
}

const order: readonly Sight[] = ['all', 'part', 'refused', 'stale']

function sightsAt(path: PathPattern, looks: readonly Look[]): CoverageAt['paths'][number]['sights'] {
  const best = new Map<string, CoverageAt['paths'][number]['sights'][number]>()
  for (const look of looks) {
    const found = sightOf(path, look)
    const known = best.get(look.observer)
    if (found === undefined) continue
    if (known === undefined || order.indexOf(found.sight) < order.indexOf(known.sight))
      best.set(look.observer, { observer: look.observer, ...found })
  }
  return [...best.values()].sort((a, b) => compareText(a.observer, b.observer))
}

function sightOf(path: PathPattern, { covers, refused, isStale }: Look): { sight: Sight; reason?: string } | undefined {
  const refusal = refused.find((one) => contains(one.path, path))
  if (refusal !== undefined) return { sight: 'refused', reason: refusal.reason }
  if (!covers.some((cover) => overlaps(cover, path))) return undefined
  if (isStale) return { sight: 'stale' }
  const isWhole = covers.some((cover) => contains(cover, path)) && !refused.some((one) => overlaps(one.path, path))
  return { sight: isWhole ? 'all' : 'part' }
}

function dataOf(json: string): Data | undefined {
  return readDocuments('desired', Buffer.from(json), { format: 'json' }).documents[0]?.data
}

function topLabels(json: Data | undefined): readonly PathPattern[] {
  return json !== undefined && isDataObject(json) ? Object.keys(json).map((label) => [label]) : []
}

/** Fields at and below the places that a pattern reaches: what is neither a map nor a list. */
function fieldsBelow(data: Data, [label, ...rest]: PathPattern): number {
  if (typeof data !== 'object' || data === null || (!isDataObject(data) && !Array.isArray(data)))
    return label === undefined ? 1 : 0
  const members: readonly (readonly [string, Data])[] = Object.entries(data)
  const below = label === undefined || label === null ? members : members.filter(([name]) => name === label)
  return below.reduce((sum, [, member]) => sum + fieldsBelow(member, rest), 0)
}
