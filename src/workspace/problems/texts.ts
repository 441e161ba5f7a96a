import type { Data } from '../../model/data.ts'
import { parsePath, parsePattern, type Path } from '../../model/path.ts'
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

export function globProblems(pointer: Path, glob: Data): readonly WorkspaceProblem[] {
  const wrong = typeof glob === 'string' ? globProblem(glob) : undefined
  return wrong
    ? [{ pointer, target: 'value', message: `the glob \`${String(glob)}\` ${wrong.message}`, offset: wrong.offset }]
    : []
}

export function patternProblems(pointer: Path, pattern: Data): readonly WorkspaceProblem[] {
  return typeof pattern === 'string' ? syntaxProblems(pointer, () => parsePattern(pattern)) : []
}

export function pathProblems(
  pointer: Path,
  path: string | undefined,
  prepare = (at: string): string => at,
): readonly WorkspaceProblem[] {
  return path === undefined ? [] : syntaxProblems(pointer, () => parsePath(prepare(path)))
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
