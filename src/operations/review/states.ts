import type { Entry } from '../../check/severity.ts'
import type { ReadingTime } from '../../document/reading-time.ts'
import type { Finding, Severity } from '../../model/finding.ts'
import type { Cut } from '../../observation/cut.ts'
import type { Source } from '../../workspace/source.ts'
import { check, type CheckInput, type CheckResult } from '../check.ts'
import type { Dependencies, EngineName, RequestOptions } from '../dependencies.ts'
import type { OpenWorkspace } from '../open-workspace.ts'

/** A state of a workspace that is compared with another one. */
export interface State {
  readonly source: Source
  readonly opened: OpenWorkspace
}

/** What the states of one comparison have in common. */
export interface Asked extends RequestOptions {
  readonly engine: EngineName
  readonly failOn: Severity
  readonly entry: Entry
  readonly now: Date
}

/** A state, checked in some environments. */
export interface CheckedState extends State {
  readonly result: CheckResult | undefined
}

/** Checks a state in some environments against what is observed, read by whoever reads it first. */
export async function checkState(
  dependencies: Dependencies,
  state: State,
  environments: readonly string[],
  asked: Asked & Partial<Omit<CheckInput, 'source' | 'environments' | keyof Asked>>,
): Promise<CheckedState> {
  // None named would mean every one.
  if (environments.length === 0) return { ...state, result: undefined }
  const { opened, source } = state
  const result = await check({ ...dependencies, open: async () => opened }, { ...asked, source, environments })
  return { ...state, result }
}

/** The findings of a checked state in an environment. Where nothing is observed at all, that nobody looked is no news. */
export function findingsIn({ result }: CheckedState, environment: string | undefined): readonly Finding[] {
  if (result === undefined || environment === undefined) return []
  const { findings, environments } = result.report
  const isObserved = environments.some(({ name, snapshots }) => name === environment && snapshots.length > 0)
  return findings.filter(
    (finding) => finding.environment === environment && (isObserved || finding.kind !== 'unobserved'),
  )
}

/** The digest of what is desired there; undefined where there is nothing, or a fault. */
export function digestIn({ result }: CheckedState, environment: string | undefined): string | undefined {
  return result?.report.environments.find(({ name }) => name === environment)?.desired.digest
}

/** What is observed in each environment, read once. */
export function readOnce(
  read: (environment: string, time: ReadingTime | undefined) => Promise<Cut>,
): (environment: string, time: ReadingTime | undefined) => Promise<Cut> {
  const cuts = new Map<string, Promise<Cut>>()
  return (environment, time) => {
    const cut = cuts.get(environment) ?? read(environment, time)
    cuts.set(environment, cut)
    return cut
  }
}
