import { once } from 'node:events'
import { Fault } from '../../errors.ts'
import { baseUrlOf, pagesOption } from '../base-url.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { countFlag, textFlag, textFlags } from '../flags.ts'
import { write } from '../io.ts'
import { allowHostOption, databaseOption, lanesOption, logLevelOption } from '../options.ts'

/** `congruent work`: a process that does jobs of servers beside it, and answers no requests. */
export const work: Command = {
  summary: 'make checks for servers that share a PostgreSQL database; answers no requests',
  arguments: [],
  options: [databaseOption, lanesOption, allowHostOption, pagesOption, logLevelOption],
  examples: [['congruent work --database postgres://congruent@db/congruent', 'beside any number of `congruent serve`']],
  async run(context, flags) {
    const { io, config, clock } = context
    const pages = baseUrlOf(context, flags)
    const database = textFlag(flags, 'database') ?? config.database
    if (database === undefined)
      throw new Fault('USAGE', 'there is no database to work on: name one with `--database` or CONGRUENT_DATABASE')
    const lanes = countFlag(flags, 'lanes') ?? 2
    const { openServing, logLevelOf } = await import('../serving.ts')
    const serving = await openServing({
      database,
      clock,
      allow: textFlags(flags, 'allowHost'),
      logLevel: logLevelOf(textFlag(flags, 'logLevel')),
      write: (line) => void io.stderr.write(line, () => undefined),
      ...(pages === undefined ? {} : { pages }),
      ...(config.engineProgram === undefined ? {} : { engineProgram: config.engineProgram }),
    })
    try {
      await serving.work(lanes)
      await write(io.stdout, `working, ${lanes} ${lanes === 1 ? 'check' : 'checks'} at a time\n`)
      if (!io.interrupted.aborted) await once(io.interrupted, 'abort')
    } finally {
      await serving.close()
    }
    return exitStatuses.conforms
  },
}
