import type { Data } from '../../model/data.ts'
import { parsePathTemplate, parsePattern, type Path } from '../../model/path.ts'
import { suggestion } from '../../schema/did-you-mean.ts'
import { globProblem } from '../glob.ts'

/** One thing that is wrong in a workspace file. */
export interface WorkspaceProblem {
  readonly pointer: Path
  readonly target: 'key' | 'value'
  readonly message: string
  /** Where in the text of the value, in UTF-16 units. */
  readonly offset?: number
}

/** What is wrong with the name of an environment: there must be one. */
export function environmentProblems(
  pointer: Path,
  name: Data | undefined,
  environments: readonly string[],
): readonly WorkspaceProblem[] {
  if (typeof name !== 'string' || environments.includes(name)) return []
  const known = environments.map((environment) => `\`${environment}\``).join(', ')
  return [
    {
      pointer,
      target: 'value',
      message: `there is no environment \`${name}\`${suggestion(name, environments)}; there are ${known}`,
    },
  ]
}

/** What is wrong with a glob. */
export function globProblems(pointer: Path, glob: Data): readonly WorkspaceProblem[] {
  if (typeof glob !== 'string') return []
  const wrong = globProblem(glob)
  return wrong
    ? [{ pointer, target: 'value', message: `the glob \`${glob}\` ${wrong.message}`, offset: wrong.offset }]
    : []
}

/** What is wrong with a path pattern. */
export function patternProblems(pointer: Path, pattern: Data): readonly WorkspaceProblem[] {
  return typeof pattern === 'string' ? syntaxProblems(pointer, () => parsePattern(pattern)) : []
}

/** What is wrong with an `at`, whose labels may hold `{name}` for the given names. */
export function placeProblems(
  pointer: Path,
  at: string | undefined,
  names: readonly string[] = [],
): readonly WorkspaceProblem[] {
  if (at === undefined) return []
  const position = /^(?:[^"[]|"(?:[^"\\]|\\.)*")*\[\d/.exec(at)
  if (position) {
    return [
      {
        pointer,
        target: 'value',
        message: `\`${at}\` names a list position: data is put into maps`,
        offset: position[0].length - 2,
      },
    ]
  }
  return syntaxProblems(pointer, () => parsePathTemplate(at, names))
}

/** What a parser throws, as a problem; its `offset`, if it has one, is the place in the text. */
function syntaxProblems(pointer: Path, parse: () => unknown): readonly WorkspaceProblem[] {
  try {
    parse()
    return []
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const offset = error instanceof Error && 'offset' in error && typeof error.offset === 'number' ? error.offset : 0
    return [{ pointer, target: 'value', message, offset }]
  }
}
