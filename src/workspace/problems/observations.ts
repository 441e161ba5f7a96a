import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Path } from '../../model/path.ts'
import { elements, text } from './members.ts'
import { environmentProblems, globProblems, placeProblems, patternProblems, type WorkspaceProblem } from './texts.ts'

export function observationProblems(
  base: Path,
  entry: Data,
  environments: readonly string[],
): readonly WorkspaceProblem[] {
  const adapter = text(entry, 'adapter') ?? 'plain'
  const problems: WorkspaceProblem[] = []
  const onlyFor = (key: string, needed: string, why: string): void => {
    if (adapter !== needed)
      problems.push({
        pointer: [...base, key],
        target: 'key',
        message: `${why}; the adapter of this entry is \`${adapter}\``,
      })
  }
  const files = memberOf(entry, 'files')
  const isEmpty = Array.isArray(files) && files.length === 0
  const isSent = isEmpty && memberOf(entry, 'observer') !== undefined
  if (isEmpty && !isSent)
    problems.push({
      pointer: [...base, 'files'],
      target: 'value',
      message: '`files` is empty: name at least one glob, or the `observer` that sends snapshots to a server',
    })
  // Whatever is sent to a server becomes a snapshot, which says when it was made.
  if (!isSent && memberOf(entry, 'maxAge') !== undefined)
    onlyFor('maxAge', 'snapshot', '`maxAge` needs documents with `observedAt`, so the adapter `snapshot`')
  for (const key of ['lists', 'namespace', 'hooks']) {
    if (memberOf(entry, key) !== undefined) onlyFor(key, 'kubernetes', `\`${key}\` is for the adapter \`kubernetes\``)
  }
  if (text(entry, 'covers') === 'kinds')
    onlyFor('covers', 'kubernetes', '`covers: kinds` is for the adapter `kubernetes`')
  return [
    ...problems,
    ...elements(entry, 'files').flatMap(([index, glob]) =>
      glob === '-' ? [] : globProblems([...base, 'files', index], glob),
    ),
    ...environmentProblems([...base, 'environment'], memberOf(entry, 'environment'), environments),
    ...placeProblems([...base, 'at'], text(entry, 'at'), ['file', 'stem', 'index']),
    ...elements(entry, 'covers').flatMap(([index, pattern]) => patternProblems([...base, 'covers', index], pattern)),
  ]
}
