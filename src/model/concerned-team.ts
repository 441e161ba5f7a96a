import type { Finding } from './finding.ts'
import { compareText } from './order.ts'

/** The team that is to look at something: the owner of its path, else the first of those who demand something there. */
export function concernedTeam({ owner, teams }: Pick<Finding, 'owner' | 'teams'>): string | undefined {
  return owner ?? teams[0]
}

/** By name; what concerns no team last. */
export function compareTeams(a: string | undefined, b: string | undefined): number {
  return Number(a === undefined) - Number(b === undefined) || compareText(a ?? '', b ?? '')
}
