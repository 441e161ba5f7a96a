import type { EngineFinding } from '../engine/protocol.ts'
import { exemptionLints } from './exemption-entries.ts'
import { workspaceLintTitles, type LintedWorkspace } from './linted.ts'
import { observationLints } from './observation-entries.ts'
import { ruleEntryLints } from './rule-entries.ts'
import { teamPatternLints } from './team-patterns.ts'

const lints = [ruleEntryLints, teamPatternLints, exemptionLints, observationLints]

/** What in a workspace's own files does nothing, by the environment in which it was to do something, in the form in which engines tell findings. */
export function workspaceLints(linted: LintedWorkspace): ReadonlyMap<string, readonly EngineFinding[]> {
  const found = lints.flatMap((lint) => lint(linted))
  return new Map(
    linted.environments.map(({ name }) => [
      name,
      found
        .filter(({ environments }) => environments.includes(name))
        .map(({ lint, message, path, at, place, team = '' }): EngineFinding => {
          const title = workspaceLintTitles[lint]
          const rule = { id: `congruent:lint/${lint}`, explicit: true, severity: 'warning', title } as const
          return {
            kind: 'lint',
            path,
            at,
            message,
            rule: { ...rule, docs: `docs/lint.md#${lint}` },
            conjuncts: [{ team, site: place }],
            reads: [],
          }
        }),
    ]),
  )
}
