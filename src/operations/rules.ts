import { placed } from '../check/draft.ts'
import { severityOf, type Entry } from '../check/severity.ts'
import { compareText } from '../model/order.ts'
import type { Severity } from '../model/finding.ts'
import type { ListedRule } from '../model/listed-rule.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { oneEnvironment } from './environments.ts'
import { sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** Of which environment the rules are asked. */
export interface RulesInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Needed where the workspace has several. */
  readonly environment?: string
}

/** Every rule that the fragments of an environment state, by id and team. An engine that cannot tell answers none. */
export async function rules(dependencies: Dependencies, input: RulesInput): Promise<readonly ListedRule[]> {
  const opened = await dependencies.open(input.source)
  const { workspace, environments } = opened.read
  const environment = oneEnvironment(input.environment, environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const fragments = await opened.fragments(environment)
  const limits = limitsOf(input, subjectOf(environment, fragments))
  const mask = await sensitiveMask({ workspace, fragments }, engine, limits)
  const answer = await engine.rules?.({ fragments: fragments.fragments }, limits)
  const shown = (text: string): string => mask?.text(text) ?? text
  const listed = (answer?.rules ?? []).map(({ rule, team, sites }): ListedRule => {
    const severity = (entry: Entry): Severity | 'off' =>
      severityOf({ kind: 'mismatch', outcome: 'violates', rule }, { rules: workspace.rules ?? [], environment, entry })
    return {
      id: shown(rule.id),
      ...(rule.title === undefined ? {} : { title: shown(rule.title) }),
      ...(rule.docs === undefined ? {} : { docs: shown(rule.docs) }),
      team,
      explicit: rule.explicit,
      severity: { ci: severity('ci'), api: severity('api'), admission: severity('admission') },
      sites: placed(
        sites.map((site) => ({ site, team })),
        fragments,
      ),
    }
  })
  return listed.toSorted((a, b) => compareText(a.id, b.id) || compareText(a.team, b.team))
}
