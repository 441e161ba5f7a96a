import { Fault } from '../../../errors.ts'
import type { EventDraft } from '../../../model/event.ts'
import {
  digestIn,
  type FileSet,
  type Revision,
  type RevisionCause,
  type RevisionParts,
} from '../../../model/revision.ts'
import type { Transaction } from '../../../store/store.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { Asker } from '../asker.ts'
import { candidateOf, type Candidate } from './candidate.ts'
import { conflictChanges, type ConflictChange } from './conflicts.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { isSameSet } from './file-sets.ts'
import { keepRevision, moveHead } from '../move-head.ts'
import { awaitedApprovals } from './approvals.ts'
import { compareSet, keepProposal } from './propose.ts'
import { approvalFault, missingApprovals, reviewSettings } from './review-settings.ts'
import { noWorkspace } from '../stored-workspace.ts'

/** A file set that is to be in force. */
export interface PublishInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** Absent: the shared set. */
  readonly team?: string
  /** All files of the set, by the names that they are kept by. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Digests of which the set in force must have one, the empty one where there must be no set yet; `*`: there must be a set; absent: whatever is in force. */
  readonly ifMatch?: readonly string[] | '*'
  /** Comes into force whatever it conflicts with. */
  readonly force?: boolean
  readonly asker: Asker
}

/** The revision that is in force now, and the set in it. */
export interface PublishResult {
  readonly outcome: 'published' | 'unchanged'
  readonly revision: Revision
  readonly set: FileSet
  /** Conflicts that it brings although it is in force. */
  readonly conflicts: readonly ConflictChange[]
}

/** How a set comes into force: what the revision is put down to, and what becomes of one that conflicts. */
export interface PublishWays {
  readonly cause: RevisionCause
  readonly action: string
  /** Refuses a candidate that conflicts: answers the fault to throw. */
  readonly refuse: (candidate: Candidate, conflicts: readonly ConflictChange[]) => Promise<Fault>
  /** Of a candidate without conflicts: throws where it waits for approvals. Not asked where it is forced. */
  readonly hold?: (candidate: Candidate) => Promise<void>
  /** Told with the revision. */
  readonly events?: readonly EventDraft[]
  /** More work in the transaction of the change. */
  readonly also?: (tables: Transaction, revision: Revision) => Promise<void>
}

/**
 * Publishes a team's file set, or the shared one. The same content again changes nothing. A set with a conflict that the head does not have is
 * kept as a proposal and refused with FRAGMENTS_CONFLICT, one that needs approvals with APPROVAL_MISSING, unless it is forced;
 * PRECONDITION_FAILED says that another set is in force.
 */
export async function publish(dependencies: StoredDependencies, input: PublishInput): Promise<PublishResult> {
  const { team } = input
  return publishBy(dependencies, input, {
    cause: team === undefined ? { kind: 'shared' } : { kind: 'fragments', team },
    action: team === undefined ? 'publish shared files' : 'publish fragments',
    refuse: async (candidate, conflicts) => {
      if (team === undefined) return conflictFault(input, conflicts)
      const proposing = { ...input, ...withinShare(input), team }
      const comparison = await compareSet(dependencies, proposing, candidate)
      const { proposal } = await keepProposal(dependencies, proposing, candidate, comparison)
      return conflictFault(input, conflicts, proposal)
    },
    ...(team === undefined
      ? {}
      : { hold: (candidate) => holdForApprovals(dependencies, { ...input, team }, candidate) }),
  })
}

/** Keeps what concerns other teams as a proposal where the workspace asks for their approvals, and throws APPROVAL_MISSING. */
async function holdForApprovals(
  dependencies: StoredDependencies,
  input: PublishInput & { readonly team: string },
  candidate: Candidate,
): Promise<void> {
  const settings = await reviewSettings(dependencies.store.files, candidate.head)
  if (settings.required !== 'owners') return
  const comparison = await compareSet(dependencies, input, candidate)
  const asked = missingApprovals(settings, awaitedApprovals({ team: input.team, comparison }))
  if (asked.length === 0 && comparison.faults.length === 0) return
  const { proposal } = await keepProposal(dependencies, input, candidate, comparison)
  throw approvalFault(input.workspace, proposal, asked)
}

/** Who is told of a conflict is not to wait for what else the set would change: that gets a share of the time, and may stay unknown. */
function withinShare({ deadlineMs }: PublishInput): Pick<PublishInput, 'deadlineMs'> {
  return deadlineMs === undefined ? {} : { deadlineMs: Math.ceil(deadlineMs / 4) }
}

/** The way that publishing and adopting have in common. */
export async function publishBy(
  dependencies: StoredDependencies,
  input: PublishInput,
  ways: PublishWays,
): Promise<PublishResult> {
  const { store, queue, clock } = dependencies
  const { workspace, team, files, force = false, asker } = input
  return moveHead<PublishResult>(store, workspace, async (head) => {
    if (head === undefined) throw noWorkspace(workspace)
    const digest = digestIn(head.parts, team)
    const inForce = digest === undefined ? undefined : await store.files.getSet(workspace, digest)
    refuseUnmatched(input, inForce)
    if (inForce !== undefined && isSameSet(inForce, files))
      return { answer: { outcome: 'unchanged', revision: head, set: inForce, conflicts: [] } }
    const candidate = await candidateOf(dependencies, head, { team, files })
    const changes = await conflictChanges(dependencies, candidate.before, candidate.after, input).catch(
      (error: unknown) => {
        // Who forces knows better than an engine that gives up.
        if (force && error instanceof Fault && error.code.startsWith('ENGINE_')) return undefined
        throw error
      },
    )
    const conflicts = changes?.filter((change) => change.new.length > 0) ?? []
    if (conflicts.length > 0 && !force) throw await ways.refuse(candidate, conflicts)
    if (!force) await ways.hold?.(candidate)
    const { environments, workspace: document } = await readWorkspace(candidate.after)
    const isUnasked = force && team !== undefined && document.review?.required === 'owners'
    return {
      keep: async (tables) => {
        const set = await tables.files.putSet(workspace, files)
        const revision = await keepRevision(queue, tables, workspace, {
          draft: {
            at: clock().toISOString(),
            by: asker.by,
            cause: ways.cause,
            forced: changes === undefined || conflicts.length > 0 || isUnasked,
            parts: withSet(head.parts, team, set.digest),
          },
          environments,
          asker,
          action: ways.action,
          ...(team === undefined ? {} : { subject: team }),
          ...(ways.events === undefined ? {} : { events: ways.events }),
        })
        await ways.also?.(tables, revision)
        return { outcome: 'published', revision, set, conflicts }
      },
    }
  })
}

/** The fault of a set that conflicts, with what it conflicts with. */
export function conflictFault(
  { workspace, team }: Pick<PublishInput, 'workspace' | 'team'>,
  conflicts: readonly ConflictChange[],
  proposal?: string,
): Fault {
  const found = conflicts.flatMap((change) => change.new)
  const whose = team === undefined ? 'the shared files conflict' : `the fragments of team \`${team}\` conflict`
  const where = conflicts.map(({ environment }) => `\`${environment}\``).join(', ')
  const kept = proposal === undefined ? '' : `; they are kept as proposal \`${proposal}\``
  return new Fault('FRAGMENTS_CONFLICT', `${whose} in workspace \`${workspace}\`, environment ${where}${kept}`, {
    places: found.slice(0, mostPlaces).flatMap(({ at, message, conjuncts }) =>
      conjuncts.map(({ file, line, column }) => ({
        message: at === '' ? message : `${at}: ${message}`,
        file,
        line,
        column,
      })),
    ),
    details: { conflicts: found, ...(proposal === undefined ? {} : { proposal }) },
  })
}

const mostPlaces = 20

function withSet(parts: RevisionParts, team: string | undefined, digest: string): RevisionParts {
  if (team === undefined) return { ...parts, shared: digest }
  return { ...parts, teams: { ...parts.teams, [team]: digest } }
}

function refuseUnmatched({ workspace, team, ifMatch }: PublishInput, inForce: FileSet | undefined): void {
  if (ifMatch === undefined) return
  if (ifMatch === '*' ? inForce !== undefined : ifMatch.includes(inForce?.digest ?? '')) return
  const whose = team === undefined ? 'the shared files' : `the files of team \`${team}\``
  const found = inForce === undefined ? 'there are none yet' : `their digest is \`${inForce.digest}\``
  throw new Fault(
    'PRECONDITION_FAILED',
    `${whose} in workspace \`${workspace}\` are not those that you changed: ${found}; read them again`,
    { details: inForce === undefined ? {} : { digest: inForce.digest } },
  )
}
