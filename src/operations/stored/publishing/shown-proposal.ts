import type { TeamApproval } from '../../../model/approval.ts'
import type { Effect, Proposal } from '../../../model/proposal.ts'
import { effectOf } from '../../../review/effect.ts'
import type { Revision } from '../../../model/revision.ts'
import type { ReviewSettings } from '../../../model/workspace.ts'
import type { Page, Proposals, Store } from '../../../store/store.ts'
import { chosenRevision } from '../stored-workspace.ts'
import { foundProposal } from './adopt-proposal.ts'
import { teamApprovals } from './approvals.ts'
import { wholeComparison } from './kept-comparison.ts'
import { missingApprovals, reviewSettings } from './review-settings.ts'

/** A proposal with what has been said of it, and whether what it was compared with is still in force. */
export interface ShownProposal extends Proposal {
  /** Sorted by team. */
  readonly approvals: readonly TeamApproval[]
  /** Teams without whose approval the workspace does not let it come into force, sorted; none once it is adopted. */
  readonly missing: readonly string[]
  readonly head: {
    /** The revision in force. */
    readonly revision: number
    /** Another one came since: since the comparison, or since the proposal was adopted. What was said stays, as the proposed files are the same. */
    readonly moved: boolean
  }
}

/** A proposal as a list has it: what it comes to, without the comparison itself. */
export interface ListedProposal extends Omit<ShownProposal, 'comparison'> {
  readonly effect: Effect
}

type Read = Pick<Store, 'workspaces' | 'revisions' | 'proposals' | 'approvals' | 'files'>

/** One proposal as people see it. Rejects with WORKSPACE_NOT_FOUND or NOT_FOUND. */
export async function getProposal(store: Read, workspace: string, name: string): Promise<ShownProposal> {
  return shownProposal(store, await foundProposal(store, workspace, name))
}

/** Proposals in brief, newest first. Rejects with WORKSPACE_NOT_FOUND. */
export async function listProposals(
  store: Read,
  workspace: string,
  page: Parameters<Proposals['list']>[1],
): Promise<Page<ListedProposal>> {
  const head = await headOf(store, workspace)
  const { items, next } = await store.proposals.list(workspace, page)
  const said = await store.approvals.of(
    workspace,
    items.map(({ proposal }) => proposal),
  )
  const listed = items.map((proposal): ListedProposal => {
    const { comparison, ...shown } = show(proposal, teamApprovals(proposal, said), head)
    return { ...shown, effect: effectOf(comparison) }
  })
  return { items: listed, ...(next === undefined ? {} : { next }) }
}

/** The same proposal with what has been said of it until now. */
export async function shownProposal(store: Read, proposal: Proposal): Promise<ShownProposal> {
  const { workspace } = proposal
  const head = await headOf(store, workspace)
  return show(proposal, teamApprovals(proposal, await store.approvals.of(workspace, [proposal.proposal])), head)
}

/** The revision in force, and what it asks of changes. */
interface Head {
  readonly revision: Revision['revision']
  readonly settings: ReviewSettings
}

async function headOf(store: Read, workspace: string): Promise<Head> {
  const revision = await chosenRevision(store, workspace)
  return { revision: revision.revision, settings: await reviewSettings(store.files, revision) }
}

function show(proposal: Proposal, approvals: readonly TeamApproval[], { revision, settings }: Head): ShownProposal {
  const missing = proposal.state === 'adopted' ? [] : missingApprovals(settings, approvals).map(({ team }) => team)
  const head = { revision, moved: revision !== (proposal.adopted ?? proposal.base) }
  return { ...proposal, comparison: wholeComparison(proposal.comparison), approvals, missing, head }
}
