import { Fault } from '../../errors.ts'
import { parseDuration } from '../../model/duration.ts'
import { exemptionListFormats, exemptionListFormatters } from '../../report/exemption-list.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { nowFlag, textFlag, textFlags } from '../flags.ts'
import { directoryOption, nowOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { requestOptionsOf, sourceOf } from '../requests.ts'
import { formatOptionsOf, working } from '../work.ts'

/** `congruent exemptions`: what is excused, by whom, and for how long. */
export const exemptions: Command = {
  summary: 'list the exemptions: how old each is, when it ends, what it excuses now, and what is wrong with it',
  arguments: [],
  options: [
    directoryOption,
    {
      flags: '-e, --environment <name>',
      description: 'ask only this environment what is excused; repeatable; default: every one',
      repeatable: true,
    },
    { flags: '--within <duration>', description: 'those that end within this time end soon', default: '14d' },
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: exemptionListFormats,
      default: 'text',
    },
    outputOption,
    nowOption,
    ...runOptions,
  ],
  examples: [
    ['congruent exemptions', 'each with what it excuses in any environment'],
    ['congruent exemptions --within 30d --format json', 'for a reminder, with those that end this month'],
  ],
  async run(context, flags) {
    const outputs = outputsOf(flags, exemptionListFormats, 'text', context.io.cwd)
    const within = textFlag(flags, 'within') ?? '14d'
    const withinMs = parseDuration(within)
    if (withinMs === undefined)
      throw new Fault('USAGE', `\`--within ${within}\` is no duration: expected one such as \`14d\``)
    const request = requestOptionsOf(context, flags)
    const source = await sourceOf(context, flags)
    const list = await working(context, 'looking at exemptions', async () => {
      const congruent = await context.congruent(request.engine, await context.memory(source.name))
      return congruent.exemptions({
        ...request,
        source,
        stdin: context.stdin,
        environments: textFlags(flags, 'environment'),
        now: nowFlag(flags) ?? context.clock(),
        withinMs,
        git: context.git,
      })
    })
    await writeOutputs(context, outputs, (format, target) =>
      exemptionListFormatters[format](list, formatOptionsOf(flags, new Map(), target)),
    )
    return list.faults === undefined ? exitStatuses.conforms : exitStatuses.fault
  },
}
