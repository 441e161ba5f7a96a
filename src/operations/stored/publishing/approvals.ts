import type { Approval, TeamApproval } from '../../../model/approval.ts'
import { concernedTeam } from '../../../model/concerned-team.ts'
import { compareText } from '../../../model/order.ts'
import type { Proposal } from '../../../model/proposal.ts'

/**
 * Where each team stands to a proposal, sorted by name: those whose paths it changes or against whom something new is found, and those that
 * spoke unasked. The team that proposes has approved by proposing. What was said before it was compared anew with another revision stands
 * beside, as earlier.
 */
export function teamApprovals(proposal: Proposal, said: readonly Approval[]): readonly TeamApproval[] {
  const required = new Set(askedTeams(proposal))
  const last = new Map<string, Approval>()
  for (const approval of said)
    if (approval.proposal === proposal.proposal && approval.digest === proposal.after) last.set(approval.team, approval)
  const spoken = [...last.values()].filter(({ state }) => state !== 'withdrawn').map(({ team }) => team)
  return [...new Set([...required, ...spoken])].toSorted(compareText).map((team) => ({
    team,
    required: required.has(team),
    ...standing(proposal, last.get(team)),
  }))
}

/** The approvals that are waited for before anybody said anything. */
export function awaitedApprovals(change: Pick<Proposal, 'team' | 'comparison'>): readonly TeamApproval[] {
  const teams = [...new Set(askedTeams(change))].toSorted(compareText)
  return teams.map((team) => ({ team, required: true, state: 'waiting' }))
}

/**
 * Teams whose approval is waited for: owners of changed paths, whoever new or other findings concern, and everybody who takes part in a new
 * conflict.
 */
function askedTeams({ team, comparison }: Pick<Proposal, 'team' | 'comparison'>): readonly string[] {
  const found = comparison.environments.flatMap(({ conflicts, findings }) => [
    ...conflicts.new,
    ...findings.new,
    ...findings.changed.map(({ after }) => after),
  ])
  const contradicted = comparison.environments.flatMap(({ conflicts }) => conflicts.new.flatMap(({ teams }) => teams))
  const asked = [...comparison.approvals.map((one) => one.team), ...found.map(concernedTeam), ...contradicted]
  return asked.flatMap((one) => (one === undefined || one === team ? [] : [one]))
}

function standing(
  proposal: Pick<Proposal, 'base' | 'compared'>,
  approval: Approval | undefined,
): Omit<TeamApproval, 'team' | 'required'> {
  if (approval === undefined || approval.state === 'withdrawn') return { state: 'waiting' }
  const { state, by, at, words, base } = approval
  const said = { state, by, at, ...(words === undefined ? {} : { words }) }
  if (isOfComparison(proposal, approval)) return said
  return { state: 'waiting', earlier: { ...said, ...(base === undefined ? {} : { base }) } }
}

/** Whether it was said of the proposal against the revision that it is compared with now; without a revision it was said of the first. */
function isOfComparison({ base, compared }: Pick<Proposal, 'base' | 'compared'>, approval: Approval): boolean {
  return approval.base === undefined ? compared === undefined : approval.base === base
}
