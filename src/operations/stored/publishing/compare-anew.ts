import type { Proposal } from '../../../model/proposal.ts'
import { digestIn } from '../../../model/revision.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { filesOfSet } from '../revision-source.ts'
import { chosenRevision, noWorkspace } from '../stored-workspace.ts'
import { openProposal } from './adopt-proposal.ts'
import { candidateOf } from './candidate.ts'
import { compareSet, type ProposeInput } from './propose.ts'
import { shownProposal, type ShownProposal } from './shown-proposal.ts'

/** Which proposal is to be compared, and who asks for it. */
export interface CompareAnewInput extends Omit<ProposeInput, 'team' | 'title' | 'files'> {
  readonly proposal: string
}

/**
 * Compares a proposal's files with what is in force now, on the newest snapshots, and keeps that in place of the comparison before. What was
 * said of it counts on where the revision is the same. Rejects with PROPOSAL_CLOSED where it is adopted, WORKSPACE_NOT_FOUND or NOT_FOUND, and
 * as a proposal of the same files would where the workspace holds them no more.
 */
export async function compareAnew(dependencies: StoredDependencies, input: CompareAnewInput): Promise<ShownProposal> {
  const { store, clock } = dependencies
  const { workspace, asker } = input
  const { team, after } = await openProposal(store, workspace, input.proposal)
  const head = await chosenRevision(store, workspace)
  const files = await filesOfSet(store.files, workspace, after)
  const comparison = await compareSet(dependencies, input, await candidateOf(dependencies, head, { team, files }))
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const made = await openProposal(tables, workspace, input.proposal)
    // Somebody compared it with a newer revision meanwhile: theirs says more.
    if (made.base > head.revision) return shownProposal(tables, made)
    const at = clock().toISOString()
    const [before, { proposal }] = [digestIn(head.parts, team), made]
    const now: Proposal = {
      ...withoutBefore(made),
      base: head.revision,
      ...(before === undefined ? {} : { before }),
      compared: { at, by: asker.by },
      comparison,
    }
    await tables.proposals.replace(now)
    await tables.events.append(workspace, [
      { kind: 'proposal', at, by: asker.by, proposal, team, state: 'open', base: head.revision },
    ])
    await tables.audit.append({ at, ...asker, action: 'compare proposal anew', workspace, subject: proposal })
    return shownProposal(tables, now)
  })
}

function withoutBefore({ before: _, ...rest }: Proposal): Omit<Proposal, 'before'> {
  return rest
}
