import { formatPattern, parsePattern } from '../model/path.ts'
import { suggestion } from '../schema/did-you-mean.ts'
import type { LintedWorkspace, WorkspaceLint } from './linted.ts'
import { statesPath, statesRule } from './stated.ts'

/** Exemptions that can excuse nothing, whatever is observed: no rule has the id, or no fragment speaks of the path. */
export function exemptionLints({ exemptions, environments }: LintedWorkspace): readonly WorkspaceLint[] {
  return exemptions.flatMap((exemption): readonly WorkspaceLint[] => {
    const { id, rule, path, owner, file, line } = exemption
    const about = environments.filter(({ name }) => exemption.environments?.includes(name) ?? true)
    const pattern = parsePattern(path)
    // What is not allowed somewhere is found at a path of which nobody speaks, beside those of which somebody does.
    const around = pattern.slice(0, -1)
    const reasons = [
      ...(about.some((environment) => statesRule(environment, rule))
        ? []
        : [
            `no fragment states a rule \`${rule}\`${suggestion(rule, new Set(about.flatMap(({ rules }) => rules.map(({ id }) => id))))}`,
          ]),
      ...(rule.startsWith('congruent:') || about.some((environment) => statesPath(environment, around))
        ? []
        : [`no fragment says anything at \`${path}\``]),
    ]
    if (reasons.length === 0) return []
    return [
      {
        lint: 'unmatched-exemption',
        message: `exemption \`${id}\` can excuse nothing: ${reasons.join(', and ')}`,
        path: pattern.map((label) => label ?? '*'),
        at: formatPattern(pattern),
        place: { file, line, column: 1 },
        team: owner,
        environments: about.map(({ name }) => name),
      },
    ]
  })
}
