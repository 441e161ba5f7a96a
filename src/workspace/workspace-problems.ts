import type { Data } from '../model/data.ts'
import { environmentNames } from './environments.ts'
import { fragmentProblems } from './problems/fragments.ts'
import { elements, members } from './problems/members.ts'
import { listProblems } from './problems/lists.ts'
import { observationProblems } from './problems/observations.ts'
import { packProblems, type KnownPacks } from './problems/packs.ts'
import { ownershipProblems } from './problems/ownership.ts'
import { ruleProblems } from './problems/rules.ts'
import { globProblems, patternProblems, type WorkspaceProblem } from './problems/texts.ts'

// What a schema cannot say about a workspace: names that must exist, paths and globs that must be readable, members that
// only go together. Written over plain data, so that a file with one wrong key is told of everything else in the same run.

/** Every problem of a workspace beyond its schema. Members of the wrong type are left to the schema. */
export function workspaceProblems(data: Data, packs: KnownPacks): readonly WorkspaceProblem[] {
  const environments = environmentNames(members(data, 'environments').map(([name]) => name))
  const teams = members(data, 'teams').map(([name]) => name)
  return [
    ...nameProblems(data),
    ...fragmentProblems(data, environments),
    ...ownershipProblems(data),
    ...packProblems(data, packs, { environments, teams }),
    ...elements(data, 'observations').flatMap(([index, entry]) =>
      observationProblems(['observations', index], entry, environments),
    ),
    ...listProblems(data, environments),
    ...elements(data, 'rules').flatMap(([index, entry]) => ruleProblems(['rules', index], entry, environments, teams)),
    ...elements(data, 'exemptions').flatMap(([index, glob]) => globProblems(['exemptions', index], glob)),
    ...elements(data, 'sensitive').flatMap(([index, pattern]) => patternProblems(['sensitive', index], pattern)),
  ]
}

function nameProblems(data: Data): readonly WorkspaceProblem[] {
  return (['teams', 'environments'] as const).flatMap((key) =>
    members(data, key).flatMap(([name]): WorkspaceProblem[] => {
      const problem = (message: string): WorkspaceProblem[] => [{ pointer: [key, name], target: 'key', message }]
      const kind = key === 'teams' ? 'a team' : 'an environment'
      if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.@-]*$/u.test(name))
        return problem(`\`${name}\` is no name for ${kind}: letters, digits, \`_\`, \`-\`, \`.\` and \`@\` are`)
      if (key === 'teams' && name === 'congruent')
        return problem('`congruent` is no name for a team: it is kept for rules of the tool itself')
      return []
    }),
  )
}
