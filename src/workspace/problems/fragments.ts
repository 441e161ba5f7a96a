import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Path } from '../../model/path.ts'
import { type FragmentPath, parseFragmentPath } from '../fragment-path.ts'
import { isScript } from '../scripts.ts'
import { elements, members, text } from './members.ts'
import { environmentProblems, patternProblems, placeProblems, type WorkspaceProblem } from './texts.ts'

interface ClaimedPath {
  readonly team: string
  readonly pointer: Path
  readonly path: FragmentPath
  /** Undefined: every one. */
  readonly environments: readonly string[] | undefined
}

export function fragmentProblems(data: Data, environments: readonly string[]): readonly WorkspaceProblem[] {
  const problems: WorkspaceProblem[] = []
  const claimed = new Map<string, ClaimedPath[]>()
  for (const [team, value] of members(data, 'teams')) {
    for (const [index, entry] of elements(value, 'fragments')) {
      const base = ['teams', team, 'fragments', index]
      const pointer = typeof entry === 'string' ? base : [...base, 'path']
      const written = typeof entry === 'string' ? entry : text(entry, 'path')
      problems.push(...environmentListProblems(base, entry, environments))
      if (written === undefined) continue
      const path = parseFragmentPath(written)
      if ('problem' in path) {
        problems.push({
          pointer,
          target: 'value',
          message: `the fragment path \`${written}\` ${path.problem}`,
          offset: path.offset,
        })
        continue
      }
      problems.push(...dataOnlyProblems(base, entry, path))
      const among = elements(entry, 'environments').map(([, name]) => (typeof name === 'string' ? name : ''))
      const claim = {
        team,
        pointer,
        path,
        environments: memberOf(entry, 'environments') === undefined ? undefined : among,
      }
      const key = JSON.stringify(path)
      const earlier = claimed.get(key) ?? []
      const other = earlier.find((candidate) => meet(candidate.environments, claim.environments))
      if (other)
        problems.push({
          pointer,
          target: 'value',
          message: `the fragment path \`${written}\` is given twice: also by ${other.team === team ? 'the same team' : `team \`${other.team}\``}`,
        })
      claimed.set(key, [...earlier, claim])
    }
  }
  return problems
}

function meet(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  return left === undefined || right === undefined || left.some((name) => right.includes(name))
}

/** What is wrong with the environments that an entry takes part in. */
export function environmentListProblems(
  base: Path,
  entry: Data,
  environments: readonly string[],
  what = 'fragment',
): readonly WorkspaceProblem[] {
  const names = memberOf(entry, 'environments')
  if (Array.isArray(names) && names.length === 0) {
    return [
      {
        pointer: [...base, 'environments'],
        target: 'value',
        message: `\`environments\` is empty, so the ${what} takes part nowhere: leave the key out for every environment`,
      },
    ]
  }
  return elements(entry, 'environments').flatMap(([index, name]) =>
    environmentProblems([...base, 'environments', index], name, environments),
  )
}

/** `as`, `at` and `namespace` say where data is put; a package says that itself. */
function dataOnlyProblems(base: Path, entry: Data, path: FragmentPath): readonly WorkspaceProblem[] {
  const problems: WorkspaceProblem[] = []
  for (const key of ['as', 'at']) {
    if (path.kind === 'files' || memberOf(entry, key) === undefined) continue
    problems.push({
      pointer: [...base, key],
      target: 'key',
      message: `\`${key}\` is for files of data; the path names a CUE package`,
    })
  }
  if (path.kind === 'files' && isScript(path.glob) && memberOf(entry, 'as') !== undefined) {
    const message = '`as` is for .yaml, .yml and .json files: what a Starlark file leaves is data'
    problems.push({ pointer: [...base, 'as'], target: 'key', message })
  }
  if (memberOf(entry, 'namespace') !== undefined && text(entry, 'as') !== 'kubernetes') {
    const message = '`namespace` is for manifests: it needs `as: kubernetes`'
    problems.push({ pointer: [...base, 'namespace'], target: 'key', message })
  }
  const at = text(entry, 'at')
  const isPattern = text(entry, 'as') === 'jsonschema' && at !== undefined
  return [...problems, ...(isPattern ? patternProblems([...base, 'at'], at) : placeProblems([...base, 'at'], at))]
}
