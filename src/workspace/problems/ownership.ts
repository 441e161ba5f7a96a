import type { Data } from '../../model/data.ts'
import { parsePattern } from '../../model/path.ts'
import { elements, members } from './members.ts'
import { patternProblems, type WorkspaceProblem } from './texts.ts'

export function ownershipProblems(data: Data): readonly WorkspaceProblem[] {
  const owners = new Map<string, string>()
  const problems: WorkspaceProblem[] = []
  for (const [team, value] of members(data, 'teams')) {
    for (const key of ['owns', 'constrains']) {
      for (const [index, pattern] of elements(value, key)) {
        const pointer = ['teams', team, key, index]
        const wrong = patternProblems(pointer, pattern)
        problems.push(...wrong)
        if (key !== 'owns' || wrong.length > 0 || typeof pattern !== 'string') continue
        const same = JSON.stringify(parsePattern(pattern))
        const owner = owners.get(same)
        if (owner === undefined) owners.set(same, team)
        else
          problems.push({
            pointer,
            target: 'value',
            message: `\`${pattern}\` is owned twice: also by ${owner === team ? 'the same team' : `team \`${owner}\``}`,
          })
      }
    }
  }
  return problems
}
