import { Fault, faults, type FaultCode } from '../../errors.ts'
import type { DesiredState } from '../../model/desired.ts'
import type { Explanation } from '../../model/explanation.ts'
import type { NamedFile } from '../../observation/cut-request.ts'
import type { Report } from '../../model/report.ts'
import type { Source } from '../../workspace/source.ts'
import type { CheckInput } from '../check.ts'
import { writtenAtOnce } from '../check-at-once.ts'
import type { RequestOptions } from '../dependencies.ts'
import type { StoredDependencies } from '../stored/dependencies.ts'
import { momentIn, pathIn, snapshotsIn, storedName, textIn, wholeWorkspace, type SentRequest } from './sent-request.ts'
import { sentSnapshots } from './sent-snapshots.ts'
import { sentWorkspace } from './sent-workspace.ts'

/** What answers to requests that keep nothing are made with. */
export interface RequestedDependencies extends Pick<StoredDependencies, 'congruent' | 'clock'> {
  /** The newest revision of a stored workspace. */
  readonly newest: (workspace: string) => Promise<Source>
}

/** How long a request may take, and what ends it. */
export type RequestLimits = Required<Pick<RequestOptions, 'deadlineMs' | 'signal'>>

/** A report, or its JSON text where that is there already. */
export type SentReport = { readonly report: Report } | { readonly text: string }

/** Checks what a request brings. Rejects with the fault of an environment where no environment could be checked. */
export async function checkSent(
  dependencies: RequestedDependencies,
  sent: SentRequest,
  limits: RequestLimits,
): Promise<SentReport> {
  const { congruent, clock } = dependencies
  const source = await sourceOf(dependencies, sent)
  const input = new SentCheck(source, sent, limits, clock())
  const known = await congruent.knownAtOnce(input)
  const text = known && writtenAtOnce(known, input.files, input.now)
  if (text !== undefined) return { text }
  const { report } = await congruent.check(input)
  const [fault] = report.faults ?? []
  if (fault !== undefined && report.environments.length === 0) throw new Fault(codeOf(fault.code), fault.message)
  return { report }
}

/** Unifies the fragments of a request's workspace. */
export async function unifySent(
  dependencies: RequestedDependencies,
  sent: SentRequest,
  { deadlineMs, signal }: RequestLimits,
): Promise<DesiredState> {
  const source = await sourceOf(dependencies, sent)
  const options = { ...environmentIn(sent), path: pathIn(sent, 'path'), deadlineMs, signal }
  const { desired } = await dependencies.congruent.unify({ source, want: ['json'], ...options })
  return desired
}

/** Explains a path of a request's workspace, with what the request says was seen there. */
export async function explainSent(
  dependencies: RequestedDependencies,
  sent: SentRequest,
  { deadlineMs, signal }: RequestLimits,
): Promise<Explanation> {
  const source = await sourceOf(dependencies, sent)
  const files = sentSnapshots(snapshotsIn(sent))
  const now = momentIn(sent)
  const moment = now === undefined ? {} : { now }
  const options = { ...environmentIn(sent), ...moment, path: pathIn(sent, 'at'), deadlineMs, signal }
  const { explanation } = await dependencies.congruent.explain({ source, files, ...options })
  return explanation
}

/** The check that a request asks for. Not an object literal: one with a getter has a shape of its own, which holds on to the request until all memory is looked through. */
class SentCheck implements CheckInput {
  readonly source: Source
  readonly files: readonly NamedFile[]
  readonly environments?: readonly string[]
  readonly now: Date
  readonly entry = 'api'
  readonly keep = 'here'
  readonly deadlineMs: number
  readonly #limits: RequestLimits

  constructor(source: Source, sent: SentRequest, limits: RequestLimits, now: Date) {
    const environment = textIn(sent, 'environment')
    this.source = source
    this.files = sentSnapshots(snapshotsIn(sent))
    if (environment !== undefined) this.environments = [environment]
    this.now = momentIn(sent) ?? now
    this.deadlineMs = limits.deadlineMs
    this.#limits = limits
  }

  /** Made when somebody looks at it, which a check at once does not. */
  get signal(): AbortSignal {
    return this.#limits.signal
  }
}

async function sourceOf({ newest }: RequestedDependencies, sent: SentRequest): Promise<Source> {
  const name = storedName(sent)
  return name === undefined ? sentWorkspace(wholeWorkspace(sent), sent['files']) : newest(name)
}

function environmentIn(sent: SentRequest): { readonly environment?: string } {
  const environment = textIn(sent, 'environment')
  return environment === undefined ? {} : { environment }
}

function codeOf(code: string): FaultCode {
  return isFaultCode(code) ? code : 'INTERNAL'
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(faults, code)
}
