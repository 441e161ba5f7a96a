import { compareText } from '../../../model/order.ts'
import { formatPattern, type PathPattern } from '../../../model/path.ts'
import { contains, overlaps } from '../../../model/path-pattern.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { entryOfObserver } from '../entry-of-observer.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { candidatesAt, type Moment } from '../stored-cut.ts'
import { desiredFields } from './desired-fields.ts'
import { lookOf, type Look } from './look.ts'

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
    /** Fields of the desired state at the path and below; absent where it has none that can be told, as fragments contradict each other. */
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
  const { desired } = await dependencies.congruent.unify({ source, environment, want: ['json', 'cue'], deadlineMs })
  const fields = desiredFields(desired)
  const named = new Map(
    [
      ...looks.flatMap(({ covers, refused }) => [...covers, ...refused.map(({ path }) => path)]),
      ...(fields?.labels ?? []).map((label) => [label]),
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
        ...(fields === undefined ? {} : { desired: fields.below(pattern) }),
        sights: sightsAt(pattern, looks),
      })),
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
