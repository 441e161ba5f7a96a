import { compareText } from '../model/order.ts'
import { formatPattern, parsePattern } from '../model/path.ts'
import { workspaceFile } from '../workspace/workspace-file.ts'
import type { LintedWorkspace, WorkspaceLint } from './linted.ts'
import { statesPath } from './stated.ts'

/** Patterns of `owns` and `constrains` at which no fragment of any environment says anything. */
export function teamPatternLints({ read, environments }: LintedWorkspace): readonly WorkspaceLint[] {
  const teams = Object.entries(read.workspace.teams).toSorted(([a], [b]) => compareText(a, b))
  return teams.flatMap(([team, { owns = [], constrains = [] }]) => [
    ...unreached('owns', owns, team),
    ...unreached('constrains', constrains, team),
  ])

  function unreached(
    member: 'owns' | 'constrains',
    patterns: readonly string[],
    team: string,
  ): readonly WorkspaceLint[] {
    return patterns.flatMap((text, index): readonly WorkspaceLint[] => {
      const pattern = parsePattern(text)
      if (environments.some((environment) => statesPath(environment, pattern))) return []
      return [
        {
          lint: 'unreached-pattern',
          message: `\`${team}\` ${member} \`${text}\`, where no fragment says anything: most likely a label is mistyped or has another name by now`,
          path: pattern.map((label) => label ?? '*'),
          at: formatPattern(pattern),
          place: { file: workspaceFile, ...read.locate(['teams', team, member, String(index)]) },
          team,
          environments: environments.map(({ name }) => name),
        },
      ]
    })
  }
}
