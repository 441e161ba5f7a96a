import { Fault } from '../../../errors.ts'
import type { Approval, TeamApproval } from '../../../model/approval.ts'
import type { Proposal } from '../../../model/proposal.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'
import { noWorkspace } from '../stored-workspace.ts'
import { openProposal } from './adopt-proposal.ts'
import { teamApprovals } from './approvals.ts'
import { shownProposal, type ShownProposal } from './shown-proposal.ts'

/** What a team says of which proposal. */
export interface ApproveInput {
  readonly workspace: string
  readonly proposal: string
  readonly team: string
  /** `withdrawn`: takes back what the team said; nothing happens where it said nothing. */
  readonly state: Approval['state']
  readonly words?: string
  /** The revision with which the proposal was compared as the team saw it; absent: whatever it is compared with now. */
  readonly base?: number
  readonly asker: Asker
}

const actions = {
  approved: 'approve proposal',
  objected: 'object to proposal',
  withdrawn: 'withdraw approval',
} as const

/**
 * Keeps what a team says of an open proposal, and tells those who follow the workspace; the same said again is nothing new. Rejects with
 * PROPOSAL_CLOSED where it is adopted, PRECONDITION_FAILED where it was compared anew since, NOT_FOUND where the workspace has no such team.
 */
export async function approveProposal(dependencies: StoredDependencies, input: ApproveInput): Promise<ShownProposal> {
  const { store } = dependencies
  const { workspace, team } = input
  await requireTeam(dependencies, input, await openProposal(store, workspace, input.proposal))
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const proposal = await openProposal(tables, workspace, input.proposal)
    if (input.base !== undefined && input.base !== proposal.base) throw comparedSince(proposal, input.base)
    const said = await tables.approvals.of(workspace, [proposal.proposal])
    const now = teamApprovals(proposal, said).find((one) => one.team === team)
    if (isNews(input, now)) await keep(tables, dependencies.clock, input, proposal)
    return shownProposal(tables, proposal)
  })
}

/** Whether a team stands otherwise for what it says. */
function isNews({ state, words, asker }: ApproveInput, now: TeamApproval | undefined): boolean {
  if (state === 'withdrawn') return now !== undefined && (now.earlier !== undefined || now.state !== 'waiting')
  return now?.state !== state || now.words !== words || now.by !== asker.by
}

function comparedSince({ proposal, base }: Proposal, seen: number): Fault {
  return new Fault(
    'PRECONDITION_FAILED',
    `proposal \`${proposal}\` was compared anew with revision ${base}, and what is said is about revision ${seen}: look at it again`,
  )
}

async function keep(
  tables: Transaction,
  clock: () => Date,
  { workspace, team, state, words, asker }: ApproveInput,
  { proposal, team: proposing, after: digest, base }: Proposal,
): Promise<void> {
  const [at, { by }] = [clock().toISOString(), asker]
  await tables.approvals.append(workspace, {
    proposal,
    team,
    state,
    at,
    by,
    ...(words === undefined ? {} : { words }),
    digest,
    base,
  })
  await tables.events.append(workspace, [
    { kind: 'proposal', at, by, proposal, team: proposing, state: 'open', approval: { team, state } },
  ])
  await tables.audit.append({ at, ...asker, action: actions[state], workspace, subject: `${proposal} for ${team}` })
}

/** Who may speak for any team may still not speak for one that there is not. */
async function requireTeam(
  dependencies: StoredDependencies,
  { workspace, team }: ApproveInput,
  proposal: Proposal,
): Promise<void> {
  if (proposal.team === team || teamApprovals(proposal, []).some((one) => one.team === team)) return
  const { read } = await inForce(dependencies, workspace)
  if (Object.hasOwn(read.workspace.teams, team)) return
  throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no team \`${team}\``)
}
