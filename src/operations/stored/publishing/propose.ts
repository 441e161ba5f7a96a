import { digestIn } from '../../../model/revision.ts'
import type { Comparison, Proposal } from '../../../model/proposal.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { Asker } from '../asker.ts'
import { compare } from './compare.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { snapshotFiles } from '../stored-cut.ts'
import { candidateOf, type Candidate } from './candidate.ts'
import { chosenRevision, noWorkspace } from '../stored-workspace.ts'

/** A change of one team's file set that is to be looked at. */
export interface ProposeInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  readonly team: string
  readonly title?: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly asker: Asker
}

/** Compares a candidate with the head and keeps it, with what it would change. */
export async function propose(dependencies: StoredDependencies, input: ProposeInput): Promise<Proposal> {
  const head = await chosenRevision(dependencies.store, input.workspace)
  const candidate = await candidateOf(dependencies, head, { team: input.team, files: input.files })
  return keepProposal(dependencies, input, candidate, await compareSet(dependencies, input, candidate))
}

/** What a candidate would change, on the newest snapshots. */
export async function compareSet(
  dependencies: StoredDependencies,
  input: Pick<ProposeInput, 'workspace' | 'deadlineMs' | 'signal'>,
  { before, after }: Candidate,
): Promise<Comparison> {
  const { store } = dependencies
  const { workspace } = input
  return compare(dependencies, {
    ...input,
    before,
    after,
    observed: async (environment) =>
      snapshotFiles(store.files, workspace, await store.snapshots.candidates(workspace, environment, {})),
  })
}

/** Keeps a candidate as a proposal; one that waits already, for the same change of the same head, is that one. */
export async function keepProposal(
  { store, clock, random }: StoredDependencies,
  { workspace, team, title, files, asker }: ProposeInput,
  { head }: Candidate,
  comparison: Comparison,
): Promise<Proposal> {
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const set = await tables.files.putSet(workspace, files)
    const { items } = await tables.proposals.list(workspace, { state: 'open', limit: mostLookedAt })
    const same = items.find(
      (open) => open.team === team && open.base === head.revision && open.after === set.digest && open.title === title,
    )
    if (same !== undefined) return same
    const earlier = digestIn(head.parts, team)
    const proposal: Proposal = {
      workspace,
      proposal: random(),
      team,
      ...(title === undefined ? {} : { title }),
      at: clock().toISOString(),
      by: asker.by,
      state: 'open',
      base: head.revision,
      ...(earlier === undefined ? {} : { before: earlier }),
      after: set.digest,
      comparison,
    }
    await tables.proposals.add(proposal)
    await tables.events.append(workspace, [
      { kind: 'proposal', at: proposal.at, by: asker.by, proposal: proposal.proposal, team, state: 'open' },
    ])
    await tables.audit.append({
      at: proposal.at,
      by: asker.by,
      action: 'propose fragments',
      workspace,
      subject: proposal.proposal,
      ...(asker.request === undefined ? {} : { request: asker.request }),
    })
    return proposal
  })
}

/** How many of the newest open proposals may be the same one. */
const mostLookedAt = 100
