import { ownersOf } from '../../check/owner.ts'
import { readDocuments } from '../../document/read.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Fragments } from '../../engine/protocol.ts'
import type { Mask } from '../../masking/mask.ts'
import type { Data } from '../../model/data.ts'
import type { Change } from '../../model/review.ts'
import type { Note } from '../../model/report.ts'
import { parameterChanges } from '../../review/parameter-changes.ts'
import { desiredChanges } from '../../review/desired-changes.ts'
import { setParameters } from '../../workspace/pack-parameters.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'
import { workspaceFile } from '../../workspace/workspace-file.ts'
import { limitsOf, type RequestOptions } from '../dependencies.ts'
import type { OpenWorkspace } from '../open-workspace.ts'
import { sensitiveMask } from '../sensitive-mask.ts'
import { subjectOf } from '../subject.ts'

/** One environment of one state; absent where the state has none of it. */
export interface Place {
  readonly opened: OpenWorkspace
  readonly environment: string | undefined
}

/** How what is desired differs, in the engine's eyes. */
export interface DesiredDifference {
  readonly changes: readonly Change[]
  readonly notes: readonly Note[]
}

/** Asks an engine what differs between what two places demand. */
export async function desiredDifference(
  engine: Engine,
  base: Place,
  head: Place,
  options: RequestOptions,
): Promise<DesiredDifference> {
  const [before, after] = await Promise.all([fragmentsOf(base), fragmentsOf(head)])
  const environment = head.environment ?? base.environment ?? ''
  if (before.unreadable.length + after.unreadable.length > 0) return untold('a fragment cannot be read', environment)
  if (engine.diff === undefined)
    return untold(`the engine \`${engine.identity.name}\` cannot compare what constraints mean`, environment)
  const limits = limitsOf(options, subjectOf(environment, after))
  const [answer, ...masks] = await Promise.all([
    engine.diff({ base: before.fragments, fragments: after.fragments }, limits),
    sensitiveMask({ workspace: base.opened.read.workspace, fragments: before }, engine, limits),
    sensitiveMask({ workspace: head.opened.read.workspace, fragments: after }, engine, limits),
  ])
  const known = masks.flatMap((mask) => mask ?? [])
  const [ownerBefore, ownerAfter] = [base, head].map(({ opened }) => ownersOf(opened.read.workspace.teams))
  const changes = desiredChanges(answer.changes, {
    base: before,
    head: after,
    ownerOf: (path) => ownerAfter?.(path) ?? ownerBefore?.(path),
    valueOf: (json, path) => known.reduce((value, mask) => mask.value(value, path), valueOf(json)),
  })
  const [setBefore = [], setAfter = []] = [base, head].map(({ opened, environment: name }) =>
    name === undefined ? [] : setParameters(opened.read, name),
  )
  const set = parameterChanges(setBefore, setAfter, workspaceFile)
  return {
    changes: [...set, ...changes].map((change) => known.reduce(masked, change)),
    notes: known.reduce((notes: readonly Note[], mask) => mask.notes(notes), answer.notes),
  }
}

/** That something differs is known; what is not. */
function untold(why: string, environment: string): DesiredDifference {
  const message = `${why}: what changes in \`${environment}\` is not told`
  return {
    changes: [{ at: '', path: [], change: 'unordered', side: 'head', conjuncts: [], teams: [] }],
    notes: [{ code: 'changes-untold', message }],
  }
}

const nothing: Fragments = { files: [], parts: [], tags: {}, limits: [] }

async function fragmentsOf({ opened, environment }: Place): Promise<FragmentSet> {
  if (environment !== undefined) return opened.fragments(environment)
  return { environment: '', fragments: nothing, origins: new Map(), made: new Map(), unreadable: [], notes: [] }
}

function valueOf(json: string): Data {
  return readDocuments('example', new TextEncoder().encode(json), { format: 'json' }).documents[0]?.data ?? null
}

function masked(change: Change, mask: Mask): Change {
  const { before, after, path } = change
  return {
    ...change,
    at: mask.text(change.at),
    ...(before === undefined ? {} : { before: mask.cue(before, path) }),
    ...(after === undefined ? {} : { after: mask.cue(after, path) }),
    conjuncts: mask.conjuncts(change.conjuncts, path),
  }
}
