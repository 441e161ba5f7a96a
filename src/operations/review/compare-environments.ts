import type { Entry } from '../../check/severity.ts'
import { Fault } from '../../errors.ts'
import type { Finding, Severity } from '../../model/finding.ts'
import type { Exemption } from '../../model/exemption.ts'
import type { Note } from '../../model/report.ts'
import { exemptionChanges } from '../../review/exemption-changes.ts'
import { whereverItIs } from '../../review/finding-delta.ts'
import { ruleChanges } from '../../review/rule-changes.ts'
import type { PlacedExemption } from '../../workspace/read-exemptions.ts'
import type { Source } from '../../workspace/source.ts'
import type { Dependencies, RequestOptions } from '../dependencies.ts'
import { oneEnvironment } from '../environments.ts'
import { compareStates } from './compare-states.ts'
import { quotedSides } from './quoted-sides.ts'
import type { ReviewResult } from './review.ts'
import { sharedStates } from './shared-states.ts'
import { checkState, type CheckedState } from './states.ts'
import { writeReview } from './write-review.ts'

/** Two environments of one workspace. */
export interface CompareInput extends RequestOptions {
  readonly source: Source
  readonly base: string
  readonly head: string
  readonly failOn?: Severity
  readonly entry?: Entry
  readonly now?: Date
}

/**
 * Says how one environment of a workspace differs from another, as a review does of two states: what each demands, and what is found on its own
 * newest snapshots. Findings are told only where both are observed.
 */
export async function compareEnvironments(dependencies: Dependencies, input: CompareInput): Promise<ReviewResult> {
  const { source, failOn = 'error', entry = 'ci', now = dependencies.clock(), deadlineMs, signal } = input
  const read = await dependencies.open(source)
  const [opened] = sharedStates(read, read)
  const known = opened.read.environments
  const [base, head] = [oneEnvironment(input.base, known), oneEnvironment(input.head, known)]
  if (base === head) throw new Fault('USAGE', `\`${base}\` is compared with itself: name two environments`)
  const engine = input.engine ?? opened.read.workspace.engine ?? 'cue-go'
  const limits = { ...(deadlineMs === undefined ? {} : { deadlineMs }), ...(signal === undefined ? {} : { signal }) }
  const asked = { engine, failOn, entry, now, ...limits }
  const both = await checkState(dependencies, { source, opened }, [base, head], asked)
  const sides = { base: ofOne(both, base), head: ofOne(both, head) }
  const unobserved = [base, head].filter((name) => !isObserved(both, name))
  const held = unobserved.length === 0 ? sides : { base: unjudged(sides.base), head: unjudged(sides.head) }
  const compared = await compareStates(dependencies, {
    ...held,
    pairs: [{ name: `${base}…${head}`, base, head }],
    asked,
    identityOf: whereverItIs,
  })
  const { exemptions } = await opened.exemptions()
  const review = writeReview({
    version: dependencies.version,
    base: { ref: base, checked: held.base },
    head: { ref: head, checked: held.head },
    compared,
    asked,
    rules: ruleChanges(compared.rules),
    exemptions: exemptionChanges(holdingIn(exemptions, base), holdingIn(exemptions, head)),
    approvals: [],
    notes: unobserved.map(notObserved),
    engine: (await dependencies.engine(engine)).identity,
  })
  return { review, quoted: () => quotedSides(review, held.base, held.head) }
}

/** The part of a check that is about one environment. */
function ofOne(checked: CheckedState, environment: string): CheckedState {
  const { result } = checked
  if (result === undefined) return checked
  const report = {
    ...result.report,
    environments: result.report.environments.filter(({ name }) => name === environment),
    findings: result.report.findings.filter((finding) => finding.environment === environment),
  }
  return { ...checked, result: { ...result, report } }
}

/** A check without what is found on observations. */
function unjudged(checked: CheckedState): CheckedState {
  const { result } = checked
  if (result === undefined) return checked
  const ofFragments: ReadonlySet<Finding['kind']> = new Set(['conflict', 'breach', 'exemption', 'lint'])
  const findings = result.report.findings.filter(
    ({ kind, outcome }) => ofFragments.has(kind) || outcome === 'conflicts',
  )
  return { ...checked, result: { ...result, report: { ...result.report, findings } } }
}

function isObserved({ result }: CheckedState, environment: string): boolean {
  return result?.report.environments.find(({ name }) => name === environment)?.snapshots.length !== 0
}

function notObserved(environment: string): Note {
  return {
    code: 'not-observed',
    message: `nothing is observed in \`${environment}\`: findings on observations are not compared`,
  }
}

function holdingIn(exemptions: readonly PlacedExemption[], environment: string): readonly Exemption[] {
  return exemptions
    .filter(({ environments }) => environments?.includes(environment) ?? true)
    .map(({ file: _, line: __, environments: ___, ...one }) => one)
}
