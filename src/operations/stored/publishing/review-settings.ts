import { Fault } from '../../../errors.ts'
import type { TeamApproval } from '../../../model/approval.ts'
import type { Revision } from '../../../model/revision.ts'
import type { ReviewSettings } from '../../../model/workspace.ts'
import type { Files } from '../../../store/store.ts'
import { bundleSource } from '../../../workspace/bundle-source.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import { workspaceFile } from '../../../workspace/workspace-file.ts'

/** What a revision's workspace asks for before a change comes into force. */
export async function reviewSettings(
  files: Pick<Files, 'get'>,
  { workspace, parts }: Pick<Revision, 'workspace' | 'parts'>,
): Promise<ReviewSettings> {
  const document = await files.get(workspace, parts.workspace)
  if (document === undefined)
    throw new Fault('INTERNAL', `workspace \`${workspace}\`: its document \`${parts.workspace}\` is not in the store`)
  const read = await readWorkspace(bundleSource(workspace, new Map([[workspaceFile, document]])))
  return read.workspace.review ?? {}
}

/** Of the teams that a change concerns those without whose approval it may not come into force. */
export function missingApprovals(
  { required = 'none' }: ReviewSettings,
  approvals: readonly TeamApproval[],
): readonly TeamApproval[] {
  return required === 'owners' ? unapproved(approvals) : []
}

/** Those who are asked and have not approved. */
export function unapproved(approvals: readonly TeamApproval[]): readonly TeamApproval[] {
  return approvals.filter(({ required, state }) => required && state !== 'approved')
}

/** The fault of a change that waits for approvals, which is kept as a proposal. */
export function approvalFault(workspace: string, proposal: string, missing: readonly TeamApproval[]): Fault {
  const teams = missing.map(({ team, state }) => `\`${team}\`${state === 'objected' ? ', which objects,' : ''}`)
  const whose =
    missing.length === 0
      ? 'it could not be compared everywhere, so nobody can say whose approval it needs'
      : `it concerns ${teams.join(' and ')} without approval`
  return new Fault(
    'APPROVAL_MISSING',
    `workspace \`${workspace}\` asks for the approval of every team that a change concerns, and ${whose}; it is kept as proposal \`${proposal}\`: it is adopted once they approve it`,
    { details: { unapproved: missing, proposal } },
  )
}
