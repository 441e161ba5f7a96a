import { counts } from '../model/counting.ts'
import type { Kind, Severity, Verdict } from '../model/finding.ts'
import type { Report } from '../model/report.ts'

/** What the process says when it ends; `interrupted` is 128 and the number of SIGINT. */
export const exitStatuses = {
  conforms: 0,
  violates: 1,
  usage: 2,
  conflicts: 3,
  undecided: 4,
  fault: 5,
  interrupted: 130,
} as const satisfies Record<Verdict | 'usage' | 'fault' | 'interrupted', number>

/** Kinds of findings that leave a check undecided. */
export const undecidedKinds = [
  'unobserved',
  'stale',
  'refused',
  'contested',
  'incomplete',
  'unreadable',
] as const satisfies readonly Kind[]

/** What is allowed to stay undecided: every kind, or those named. */
export type Allowed = 'any' | readonly Kind[]

/** The exit status of a check: its verdict, but what was explicitly allowed to stay undecided passes, and a fault anywhere is a fault. */
export function exitStatusOf(report: Report, failOn: Severity, allowed: Allowed): number {
  if (report.faults !== undefined) return exitStatuses.fault
  if (report.verdict !== 'undecided') return exitStatuses[report.verdict]
  const passes = report.environments
    .filter(({ verdict }) => verdict === 'undecided')
    .every(({ name }) => passesUndecided(report, name, failOn, allowed))
  return passes ? exitStatuses.conforms : exitStatuses.undecided
}

/** Where no finding says why (an engine lacks something), only allowing every kind lets it pass. */
function passesUndecided({ findings }: Report, environment: string, failOn: Severity, allowed: Allowed): boolean {
  if (allowed === 'any') return true
  const undecided = findings.filter(
    (finding) => finding.environment === environment && finding.outcome === 'undecided' && counts(finding, failOn),
  )
  return undecided.length > 0 && undecided.every(({ kind }) => allowed.includes(kind))
}
