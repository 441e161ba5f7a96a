import type { Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { printable } from './printable.ts'
import { standingOf } from './standing.ts'

/** Why nothing certain can be said of an environment, where no finding says it. */
export interface EnvironmentProblem {
  readonly environment: string
  /** Code of the fault that ended its check; absent where the engine could not tell all. */
  readonly code?: string
  /** One line that names the environment. */
  readonly message: string
}

/** What a reader of findings alone would take for conforming: environments that a fault ended, and those that are undecided although no finding is. */
export function environmentProblems(
  { environments, faults = [], findings }: Report,
  failOn?: Severity,
): readonly EnvironmentProblem[] {
  const explained = new Set(
    findings.filter((finding) => standingOf(finding, failOn) === 'undecided').map(({ environment }) => environment),
  )
  return [
    ...environments
      .filter(({ name, verdict }) => verdict === 'undecided' && !explained.has(name))
      .map(({ name, lacks = [] }) => ({
        environment: name,
        message: `${printable(name)} is undecided: ${lacks.length === 0 ? 'the engine cannot tell all that the fragments demand' : `the engine cannot tell ${lacks.map(printable).join('; ')}`}`,
      })),
    ...faults.map(({ environment, code, message }) => ({
      environment,
      code,
      message: `${printable(environment)} was not checked: ${printable(message)} (${code})`,
    })),
  ]
}
