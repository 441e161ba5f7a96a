import { Fault } from '../../errors.ts'
import { packFormats, packFormatters, packListFormatters } from '../../report/packs.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { requestOptionsOf } from '../requests.ts'
import { working } from '../work.ts'
import { noMemory } from '../../memory/memory.ts'

/** `congruent pack`: the packs of rules that come with Congruent. */
export const pack: Command = {
  summary: 'list the packs of rules that come with Congruent, or show one with its rules and parameters',
  arguments: [
    { name: '<action>', description: '`list` or `show`' },
    { name: '[name]', description: 'to show: the name of a pack' },
  ],
  options: [
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: packFormats,
      default: 'text',
    },
    outputOption,
    ...runOptions,
  ],
  examples: [
    ['congruent pack list', 'which there are'],
    ['congruent pack show kubernetes/pod-security', 'its rules, and what a workspace may set'],
  ],
  async run(context, flags, [action, name]) {
    const outputs = outputsOf(flags, packFormats, 'text', context.io.cwd)
    const request = requestOptionsOf(context, flags)
    if (action === 'list' && name === undefined) {
      const congruent = await context.congruent(request.engine, noMemory)
      const packs = await congruent.packs()
      await writeOutputs(context, outputs, (format, target) => packListFormatters[format](packs, target))
      return exitStatuses.conforms
    }
    if (action !== 'show' || name === undefined)
      throw new Fault(
        'USAGE',
        `\`congruent pack\` takes \`list\`, or \`show\` with the name of a pack; it got \`${[action, name].filter((word) => word !== undefined).join(' ')}\``,
      )
    const shown = await working(context, 'reading a pack', async () => {
      const congruent = await context.congruent(request.engine, noMemory)
      return congruent.pack({ ...request, name })
    })
    await writeOutputs(context, outputs, (format, target) => packFormatters[format](shown, target))
    return exitStatuses.conforms
  },
}
