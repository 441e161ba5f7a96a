import type { Outcome } from '../../../model/finding.ts'
import type { ListedRule } from '../../../model/listed-rule.ts'
import type { RequestOptions } from '../../dependencies.ts'
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

/** A rule, and what stands against it. */
export interface RuleAt extends ListedRule {
  readonly findings: Readonly<Record<Outcome, number>>
}

/** The rules that held at a moment, by id and team, each with the findings that stood. */
export async function rulesAt(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf'>,
  { workspace, environment: asked, at, deadlineMs, signal }: RulesAtInput,
): Promise<readonly RuleAt[]> {
  const { source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, asked)
  const [listed, countOf] = await Promise.all([
    dependencies.congruent.rules({
      source,
      environment,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(signal === undefined ? {} : { signal }),
    }),
    countsBy(dependencies.store.findings, workspace, 'rule', environment, at),
  ])
  return listed.map((rule) => ({ ...rule, findings: countOf(rule.id) }))
}
