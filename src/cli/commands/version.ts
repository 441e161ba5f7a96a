import { packageVersion } from '../../version.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { write } from '../io.ts'

/** `congruent version`: what is installed. */
export const version: Command = {
  summary: 'say which version this is, and which CUE its engines are',
  arguments: [],
  options: [],
  examples: [['congruent version', 'the version of Congruent and of CUE in each engine']],
  async run(context) {
    const engines = await context.engines()
    const lines = [`congruent ${packageVersion()}`, ...engines.map(({ name, cue }) => `${name}  CUE ${cue}`)]
    await write(context.io.stdout, `${lines.join('\n')}\n`)
    return exitStatuses.conforms
  },
}
