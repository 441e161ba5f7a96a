import { matchesRule } from '../check/severity.ts'
import type { RuleEntry } from '../model/workspace.ts'
import { suggestion } from '../schema/did-you-mean.ts'
import { workspaceFile } from '../workspace/workspace-file.ts'
import type { LintedWorkspace, WorkspaceLint } from './linted.ts'
import { statesRule } from './stated.ts'

/** Entries of `rules` that change nothing: their glob fits no rule, or a later entry wins wherever they would. */
export function ruleEntryLints({ read, environments }: LintedWorkspace): readonly WorkspaceLint[] {
  const entries = read.workspace.rules ?? []
  return entries.flatMap((entry, index): readonly WorkspaceLint[] => {
    const about = environments.filter(({ name }) => (entry.environment ?? name) === name)
    const place = { file: workspaceFile, ...read.locate(['rules', String(index), 'rule']) }
    const found = { path: [], at: '', place, environments: about.map(({ name }) => name) }
    const winner = entries.slice(index + 1).find((later) => winsOver(later, entry))
    if (winner !== undefined)
      return [
        {
          ...found,
          lint: 'overridden-rule',
          message: `the severity \`${entry.severity}\` for \`${entry.rule}\` never counts: the later entry for \`${winner.rule}\` fits the same rules, and the last one wins; put it behind that one, or leave it out`,
        },
      ]
    if (about.some((environment) => statesRule(environment, entry.rule))) return []
    const ids = about.flatMap(({ rules }) => rules.map(({ id }) => id))
    return [
      {
        ...found,
        lint: 'unmatched-rule',
        message: `the severity \`${entry.severity}\` is for \`${entry.rule}\`, which is no rule of the fragments${suggestion(entry.rule, new Set(ids))}`,
      },
    ]
  })
}

/** Whether a later entry fits every rule, environment and entry that an earlier one fits. A `*` of the earlier one can only be met by one of the later. */
function winsOver(later: RuleEntry, earlier: RuleEntry): boolean {
  return (
    matchesRule(later.rule, earlier.rule) &&
    (later.environment === undefined || later.environment === earlier.environment) &&
    (later.entry === undefined || later.entry === earlier.entry)
  )
}
