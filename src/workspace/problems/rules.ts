import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Path } from '../../model/path.ts'
import { suggestion } from '../../schema/did-you-mean.ts'
import { text } from './members.ts'
import { environmentProblems, type WorkspaceProblem } from './texts.ts'

export function ruleProblems(
  base: Path,
  entry: Data,
  environments: readonly string[],
  teams: readonly string[],
): readonly WorkspaceProblem[] {
  const rule = text(entry, 'rule')
  const problems: WorkspaceProblem[] = []
  if (rule === '')
    problems.push({ pointer: [...base, 'rule'], target: 'value', message: '`rule` is empty: `*` is every rule' })
  // An id of a fragment's own may hold a colon too, so only a near miss is taken for a team.
  const team = /^(?:congruent:breach\/)?([^:*/]+)$/.exec(
    rule?.startsWith('congruent:') ? rule : (rule?.split(':', 1)[0] ?? ''),
  )?.[1]
  const asTeam =
    rule !== undefined && rule.includes(':') && team !== undefined && team !== 'congruent' && !teams.includes(team)
  const hint = asTeam ? suggestion(team, teams) : ''
  if (asTeam && hint !== '')
    problems.push({
      pointer: [...base, 'rule'],
      target: 'value',
      message: `there is no team \`${team}\`${hint}`,
      offset: rule.indexOf(team),
    })
  return [...problems, ...environmentProblems([...base, 'environment'], memberOf(entry, 'environment'), environments)]
}
