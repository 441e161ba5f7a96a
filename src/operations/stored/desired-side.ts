import type { Revision } from '../../model/revision.ts'
import type { Page, PageRequest } from '../../store/store.ts'
import type { StoredDependencies } from './dependencies.ts'
import { exemptionsAt } from './desired/exemptions-at.ts'
import { explainAt } from './desired/explain-at.ts'
import { fileLines } from './desired/file-lines.ts'
import { readDesired } from './desired/read-desired.ts'
import { renderDesired } from './desired/render-desired.ts'
import { ruleMatchesAt } from './desired/rule-matches-at.ts'
import { rulesAt } from './desired/rules-at.ts'
import { teams } from './desired/teams.ts'
import { adoptProposal, type AdoptInput } from './publishing/adopt-proposal.ts'
import { compareAnew, type CompareAnewInput } from './publishing/compare-anew.ts'
import { approveProposal, type ApproveInput } from './publishing/approve-proposal.ts'
import { writeArchive } from './publishing/archive.ts'
import { getFileSet } from './publishing/get-file-set.ts'
import { propose, type ProposeInput } from './publishing/propose.ts'
import { publish, type PublishInput } from './publishing/publish.ts'
import { filesSent, type SentFiles } from './publishing/sent-files.ts'
import { getProposal, listProposals, shownProposal } from './publishing/shown-proposal.ts'
import { chosenRevision, knownWorkspace, type RevisionChoice } from './stored-workspace.ts'
import { keptPictures } from './tree/picture.ts'
import { tree, type TreeInput } from './tree/tree.ts'
import { deleteWorkspace, setRetention } from './workspaces/change-workspace.ts'
import { getWorkspace } from './workspaces/get-workspace.ts'
import { putWorkspace } from './workspaces/put-workspace.ts'

type Input<Operation extends (dependencies: StoredDependencies, input: never) => unknown> = Parameters<Operation>[1]

/** The operations on what stored workspaces demand. */
export function desiredSide(dependencies: StoredDependencies) {
  const { store } = dependencies
  const pictures = keptPictures()
  return {
    putWorkspace: (input: Input<typeof putWorkspace>) => putWorkspace(dependencies, input),
    getWorkspace: (workspace: string, choice: RevisionChoice) => getWorkspace(dependencies, workspace, choice),
    setRetention: (input: Input<typeof setRetention>) => setRetention(dependencies, input),
    deleteWorkspace: (input: Input<typeof deleteWorkspace>) => deleteWorkspace(dependencies, input),

    publish: async (input: WithSent<PublishInput>) =>
      publish(dependencies, { ...input, files: await filesSent(input.files) }),
    getFileSet: (workspace: string, team: string | undefined, choice: RevisionChoice) =>
      getFileSet(dependencies, workspace, team, choice),
    writeArchive,

    getRevision: (workspace: string, choice: RevisionChoice): Promise<Revision> =>
      chosenRevision(store, workspace, choice),
    listRevisions: async (workspace: string, page: PageRequest): Promise<Page<Revision>> => {
      await knownWorkspace(store, workspace)
      return store.revisions.list(workspace, page)
    },
    readDesired: (input: Input<typeof readDesired>) => readDesired(dependencies, input),
    renderDesired: (input: Input<typeof renderDesired>) => renderDesired(dependencies, input),

    explainAt: (input: Input<typeof explainAt>) => explainAt(dependencies, input),
    tree: (input: TreeInput) => tree(dependencies, pictures, input),
    teams: (workspace: string, when: Parameters<typeof teams>[2]) => teams(dependencies, workspace, when),
    rulesAt: (input: Input<typeof rulesAt>) => rulesAt(dependencies, input),
    ruleMatchesAt: (input: Input<typeof ruleMatchesAt>) => ruleMatchesAt(dependencies, input),
    exemptionsAt: (workspace: string, when: Parameters<typeof exemptionsAt>[2]) =>
      exemptionsAt(dependencies, workspace, when),
    fileLines: (input: Input<typeof fileLines>) => fileLines(dependencies, input),

    propose: async (input: WithSent<ProposeInput>) =>
      shownProposal(store, await propose(dependencies, { ...input, files: await filesSent(input.files) })),
    getProposal: (workspace: string, proposal: string) => getProposal(store, workspace, proposal),
    listProposals: (workspace: string, page: Parameters<typeof listProposals>[2]) =>
      listProposals(store, workspace, page),
    approveProposal: (input: ApproveInput) => approveProposal(dependencies, input),
    compareAnew: (input: CompareAnewInput) => compareAnew(dependencies, input),
    adoptProposal: (input: AdoptInput) => adoptProposal(dependencies, input),
  }
}

type WithSent<Given extends { readonly files: unknown }> = Omit<Given, 'files'> & { readonly files: SentFiles }

export type DesiredSide = ReturnType<typeof desiredSide>
