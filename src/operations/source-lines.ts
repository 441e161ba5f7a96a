import { stretchAt } from '../model/quoted-line.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { quotedLines } from './quoted-lines.ts'
import { sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** Which lines of which file. */
export interface SourceLinesInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Its name in the workspace. */
  readonly file: string
  /** Numbers from 1. */
  readonly lines: readonly number[]
}

/** Lines of a file of a workspace, by number: of those that there are, those that hold nothing masked in any environment. */
export async function sourceLines(
  dependencies: Dependencies,
  input: SourceLinesInput,
): Promise<ReadonlyMap<number, string>> {
  const { source, file, lines } = input
  const opened = await dependencies.open(source)
  const { workspace, environments } = opened.read
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const maskedIn = await Promise.all(
    environments.map(async (environment) => {
      const found = await opened.fragments(environment)
      const limits = limitsOf(input, subjectOf(environment, found))
      const mask = await sensitiveMask({ workspace, fragments: found }, engine, limits)
      return { fragments: found, ...(mask && { mask }) }
    }),
  )
  const pointing = { conjuncts: lines.map((line) => ({ team: '', file, line, column: 1 })), observations: [] }
  const quoted = await quotedLines([pointing], (name) => source.read(name), maskedIn)
  const found = [...(quoted.get(file) ?? [])].map(([line, text]) => [line, stretchAt(text, 1)?.text ?? ''] as const)
  return new Map(found.toSorted(([a], [b]) => a - b))
}
