import { Fault } from '../../errors.ts'
import type { Finding } from '../../model/finding.ts'
import type { TestResult } from '../../model/test-report.ts'
import type { Case } from '../../testing/case.ts'
import { coversOf, givenFiles } from '../../testing/given-files.ts'
import { differencesOf, type Found } from '../../testing/judge.ts'
import { check } from '../check.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import type { CaseWorkspace } from './case-workspaces.ts'

/** A case in one environment. */
export interface Run {
  readonly one: Case
  readonly environment: string
}

/** What became of a run, and all that was found. */
export interface Ran extends Run {
  readonly result: TestResult
  readonly findings: readonly Finding[]
}

/** Checks what a case gives in one environment. A fault is thrown. */
export async function findingsOfCase(
  dependencies: Dependencies,
  { one, environment }: Run,
  { opened, source }: CaseWorkspace,
  options: RequestOptions & { readonly whole?: boolean },
): Promise<Found> {
  const { report } = await check(
    { ...dependencies, open: async () => opened },
    {
      ...ownSignal(options),
      source,
      environments: [environment],
      files: givenFiles(one, source),
      override: { covers: coversOf(one.given) },
      now: one.now ?? new Date(0),
      keep: 'here',
    },
  )
  const [fault] = report.faults ?? []
  if (fault !== undefined) throw new CaseFault(fault.code, fault.message)
  // Where an engine cannot tell something, no finding says so.
  const undecided = report.verdict === 'undecided' && report.findings.every(({ outcome }) => outcome === 'none')
  return { findings: report.findings, ...(undecided ? { undecided } : {}) }
}

/** The same options with a signal of its own: many that wait for one at a time look like a leak. */
export function ownSignal<O extends RequestOptions>(options: O): O {
  const { signal } = options
  return signal === undefined ? options : { ...options, signal: AbortSignal.any([signal]) }
}

/** Says what became of a case, with what a check found for it or why it could not be made. */
export function judged({ one, environment }: Run, found: Found | { readonly fault: unknown }): TestResult {
  const { file, line, column, name, expectation } = one
  const about = { file, line, column, name, environment }
  if ('fault' in found) return { ...about, outcome: 'fault', differences: [], fault: wordsOf(found.fault) }
  const differences =
    expectation === undefined ? [{ kind: 'unsaid' as const, line, column }] : differencesOf(expectation, found)
  return { ...about, outcome: differences.length === 0 ? 'pass' : 'fail', differences }
}

/** A fault that ended the check of one environment, as its report tells it. */
class CaseFault extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

function wordsOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof CaseFault) return { code: error.code, message: error.message }
  if (error instanceof Fault) {
    const [place] = error.places
    const more = place === undefined ? '' : `: ${place.message}`
    return { code: error.code, message: `${error.message}${more}` }
  }
  throw error
}
