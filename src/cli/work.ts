import type { QuotedLines } from '../model/quoted-line.ts'
import type { FormatOptions } from '../report/format.ts'
import type { CommandContext } from './command.ts'
import { choiceFlag, isSet, type Flags } from './flags.ts'
import type { Target } from './outputs.ts'
import { startProgress } from './progress.ts'

/** Does work that may take long, and says so on a terminal. */
export async function working<T>({ io, config }: CommandContext, words: string, work: () => Promise<T>): Promise<T> {
  const stop = config.progress ? startProgress(io.stderr, words) : undefined
  try {
    return await work()
  } finally {
    stop?.()
  }
}

/** How findings are shown: as the flags say, with the lines of code that they point at. */
export function formatOptionsOf(flags: Flags, lines: QuotedLines, { colour, width }: Target): FormatOptions {
  return {
    colour,
    width,
    lines: (file) => lines.get(file),
    groupBy: choiceFlag(flags, 'group', ['file', 'team']) ?? 'file',
    quiet: isSet(flags, 'quiet'),
  }
}
