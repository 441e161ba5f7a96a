import { Fault } from '../../../errors.ts'
import type { TeamApproval } from '../../../model/approval.ts'
import { digestIn } from '../../../model/revision.ts'
import type { Proposal } from '../../../model/proposal.ts'
import type { Store } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { teamApprovals } from './approvals.ts'
import { conflictFault, publishBy, type PublishInput, type PublishResult } from './publish.ts'
import { filesOfSet } from '../revision-source.ts'
import { approvalFault, missingApprovals, reviewSettings, unapproved } from './review-settings.ts'
import { chosenRevision, knownWorkspace } from '../stored-workspace.ts'

/** Which proposal is to come into force. */
export interface AdoptInput extends Omit<PublishInput, 'team' | 'files'> {
  readonly proposal: string
}

/** The revision that it made, and the teams whose approval is missing. */
export interface AdoptResult extends PublishResult {
  readonly unapproved: readonly TeamApproval[]
}

/**
 * Makes a proposal's file set the team's. Rejects with PROPOSAL_CLOSED where it is adopted already or the team has published another set since
 * (unless `ifMatch` names that set), with FRAGMENTS_CONFLICT where it conflicts with what is in force now, and with APPROVAL_MISSING where the
 * workspace asks for approvals that nobody gave; the latter two unless it is forced.
 */
export async function adoptProposal(dependencies: StoredDependencies, input: AdoptInput): Promise<AdoptResult> {
  const { store, clock } = dependencies
  const { workspace, asker } = input
  const proposal = await openProposal(store, workspace, input.proposal)
  const { team } = proposal
  if (input.ifMatch === undefined) await refuseOvertaken(store, proposal)
  const files = await filesOfSet(store.files, workspace, proposal.after)
  const at = clock().toISOString()
  const published = await publishBy(
    dependencies,
    { ...input, team, files, ...matching(input, proposal) },
    {
      cause: { kind: 'proposal', proposal: proposal.proposal, team },
      action: 'adopt proposal',
      refuse: async (_, conflicts) => conflictFault({ workspace, team }, conflicts, proposal.proposal),
      events: [{ kind: 'proposal', at, by: asker.by, proposal: proposal.proposal, team, state: 'adopted' }],
      also: async (tables, made) => {
        const [now, said] = [
          await openProposal(tables, workspace, proposal.proposal),
          await tables.approvals.of(workspace, [proposal.proposal]),
        ]
        const missing = missingApprovals(await reviewSettings(tables.files, made), teamApprovals(now, said))
        if (missing.length > 0 && input.force !== true) throw approvalFault(workspace, proposal.proposal, missing)
        if (!(await tables.proposals.adopt(workspace, proposal.proposal, made.revision))) throw closed(proposal)
      },
    },
  )
  const said = await store.approvals.of(workspace, [proposal.proposal])
  return { ...published, unapproved: unapproved(teamApprovals(proposal, said)) }
}

/** One proposal. Rejects with WORKSPACE_NOT_FOUND or NOT_FOUND. */
export async function foundProposal(
  store: Pick<Store, 'workspaces' | 'proposals'>,
  workspace: string,
  name: string,
): Promise<Proposal> {
  const proposal = await store.proposals.get(workspace, name)
  if (proposal !== undefined) return proposal
  await knownWorkspace(store, workspace)
  throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no proposal \`${name}\``)
}

/** One that is not adopted yet. Rejects with PROPOSAL_CLOSED, WORKSPACE_NOT_FOUND or NOT_FOUND. */
export async function openProposal(
  store: Pick<Store, 'workspaces' | 'proposals'>,
  workspace: string,
  name: string,
): Promise<Proposal> {
  const proposal = await foundProposal(store, workspace, name)
  if (proposal.state !== 'open') throw closed(proposal)
  return proposal
}

/** The set that the proposal was made from must still be the team's when the change is made. */
function matching({ ifMatch }: AdoptInput, { before }: Proposal): Pick<PublishInput, 'ifMatch'> {
  if (ifMatch !== undefined) return { ifMatch }
  return { ifMatch: [before ?? ''] }
}

async function refuseOvertaken(store: Store, proposal: Proposal): Promise<void> {
  const { parts, revision } = await chosenRevision(store, proposal.workspace)
  if (digestIn(parts, proposal.team) === proposal.before) return
  throw new Fault(
    'PROPOSAL_CLOSED',
    `proposal \`${proposal.proposal}\` changes files of team \`${proposal.team}\` as they were in revision ${proposal.base}, and revision ${revision} has others: compare it anew, or name the set in force with \`If-Match\``,
    { details: { digest: digestIn(parts, proposal.team) } },
  )
}

function closed({ proposal, adopted }: Proposal): Fault {
  const how = adopted === undefined ? '' : ` in revision ${adopted}`
  return new Fault('PROPOSAL_CLOSED', `proposal \`${proposal}\` is adopted already${how}`)
}
