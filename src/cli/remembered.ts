import type { Congruent } from '../congruent.ts'
import { tracedRun, type Answer } from '../memory/trace/run.ts'
import type { World } from '../memory/trace/world.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import type { RequestOptions } from '../operations/dependencies.ts'
import type { CommandContext } from './command.ts'
import { working } from './work.ts'

/** What a command works out. */
interface Made<T> {
  readonly value: T
  readonly quoted: () => Promise<QuotedLines>
  /** The last moment, in milliseconds since 1970, at which the same inputs give the same; `-Infinity` where they may not even now. */
  readonly holdsUntil: number
}

/** What every command that works something out asks. */
type Input = RequestOptions & World & { readonly now?: Date }

/**
 * The answer of a command at a moment: that of an earlier run if all that it was asked and all that it read is the same, else worked out, by an engine
 * that is started only then.
 */
export async function answerTo<I extends Input, T>(
  context: CommandContext,
  { command, doing, now }: { readonly command: string; readonly doing: string; readonly now: Date },
  input: I,
  work: (congruent: Congruent, input: I) => Promise<Made<T>>,
): Promise<Answer<T>> {
  const { source, files, stdin, signal: _, deadlineMs: __, ...asked } = input
  const world = { source, ...(files === undefined ? {} : { files }), ...(stdin === undefined ? {} : { stdin }) }
  const question = [command, source.name, files?.map(({ name }) => name), asked, context.config.engineProgram]
  return working(context, doing, async () => {
    const memory = await context.memory(source.name)
    const run = tracedRun<T>(memory, question, world, now.getTime())
    const known = await run.recall()
    if (known !== undefined) return known
    const congruent = await context.congruent(input.engine, memory)
    const { value, quoted, holdsUntil } = await work(congruent, { ...input, ...run.world })
    const answer = { value, lines: await quoted() }
    run.remember(answer, holdsUntil)
    return answer
  })
}
