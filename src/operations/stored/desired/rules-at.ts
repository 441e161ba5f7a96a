import type { Outcome } from '../../../model/finding.ts'
import type { ListedRule } from '../../../model/listed-rule.ts'
import { testedRules } from '../../../testing/rules-without-test.ts'
import type { RequestOptions } from '../../dependencies.ts'
import { digestsAt } from '../../place-digests.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'
import { countsBy } from './teams.ts'

/** Of which environment the rules are asked, and when. */
export interface RulesAtInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  /** Default: now. */
  readonly at?: Date
}

/** A rule, and what stands and stood against it. */
export interface RuleAt extends ListedRule {
  readonly findings: Readonly<Record<Outcome, number>>
  /** Findings that an exemption excuses. */
  readonly exempted: number
  /** How many violations stood in each of the last 12 weeks, oldest week first. */
  readonly weeks: readonly number[]
  /** RFC 3339: the last moment of these weeks at which it was violated; absent: it was not. */
  readonly lastViolated?: string
  /** How many cases expect to find it; absent where the workspace has no tests. */
  readonly tests?: number
}

const weeks = 12

/** The rules that held at a moment, by id and team, each with the findings that stood, and that stood in the weeks before. */
export async function rulesAt(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf' | 'clock'>,
  { workspace, environment: asked, at, deadlineMs, signal }: RulesAtInput,
): Promise<readonly RuleAt[]> {
  const { congruent, store, clock } = dependencies
  const { source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, asked)
  const filter = { environments: [environment], exempted: true }
  const [listed, countOf, excused, past, testsOf] = await Promise.all([
    congruent.rules({
      source,
      environment,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(signal === undefined ? {} : { signal }),
    }),
    countsBy(store.findings, workspace, { by: 'rule', as: 'outcome' }, environment, at),
    store.findings.count(workspace, filter, 'rule', at),
    store.findings.weeks(workspace, environment, at ?? clock(), weeks),
    testedRules({ source, read }),
  ])
  const withDigest = await digestsAt(
    listed.flatMap(({ sites }) => sites),
    (file) => source.read(file),
  )
  const exempted = new Map(excused.map(({ name, count }) => [name, count]))
  const violated = new Map(past.map((one) => [one.rule, one]))
  return listed.map((rule): RuleAt => {
    const { counts = Array.from({ length: weeks }, () => 0), last } = violated.get(rule.id) ?? {}
    const tests = testsOf?.(rule.id)
    return {
      ...rule,
      sites: rule.sites.map(withDigest),
      findings: countOf(rule.id),
      exempted: exempted.get(rule.id) ?? 0,
      weeks: counts,
      ...(last === undefined ? {} : { lastViolated: last }),
      ...(tests === undefined ? {} : { tests }),
    }
  })
}
