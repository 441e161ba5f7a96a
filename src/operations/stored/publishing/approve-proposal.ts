import { Fault } from '../../../errors.ts'
import type { Approval } from '../../../model/approval.ts'
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
  readonly asker: Asker
}

const actions = {
  approved: 'approve proposal',
  objected: 'object to proposal',
  withdrawn: 'withdraw approval',
} as const

/**
 * Keeps what a team says of an open proposal, and tells those who follow the workspace. Rejects with PROPOSAL_CLOSED where it is adopted,
 * NOT_FOUND where the workspace has no such team.
 */
export async function approveProposal(dependencies: StoredDependencies, input: ApproveInput): Promise<ShownProposal> {
  const { store } = dependencies
  const { workspace, team, state } = input
  await requireTeam(dependencies, input, await openProposal(store, workspace, input.proposal))
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const proposal = await openProposal(tables, workspace, input.proposal)
    const said = await tables.approvals.of(workspace, [proposal.proposal])
    const now = teamApprovals(proposal, said).find((one) => one.team === team)
    if (state !== 'withdrawn' || (now !== undefined && now.state !== 'waiting'))
      await keep(tables, dependencies.clock, input, proposal)
    return shownProposal(tables, proposal)
  })
}

async function keep(
  tables: Transaction,
  clock: () => Date,
  { workspace, team, state, words, asker }: ApproveInput,
  { proposal, team: proposing, after: digest }: Proposal,
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
