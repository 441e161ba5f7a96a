import { severities } from '../../model/counting.ts'
import { reviewFormats } from '../../report/review/formatters.ts'
import type { Command } from '../command.ts'
import { choiceFlag } from '../flags.ts'
import { directoryOption, nowOption, outputOption, runOptions } from '../options.ts'
import { outputsOf } from '../outputs.ts'
import { observedOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { reviewStatus, writeReviewed } from '../reviewed.ts'
import { working } from '../work.ts'

/** `congruent diff`: how one environment differs from another. */
export const diff: Command = {
  summary: 'compare two environments of a workspace: what each demands, and what is found in each',
  arguments: [
    { name: '<from>', description: 'an environment' },
    { name: '<to>', description: 'another one: what is told is what changes on the way to it' },
  ],
  options: [
    directoryOption,
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: reviewFormats,
      default: 'text',
    },
    outputOption,
    {
      flags: '--fail-on <severity>',
      description: 'the least severity of a finding that has a say in the verdict',
      choices: ['error', 'warning', 'info'],
      default: 'error',
    },
    nowOption,
    ...runOptions,
  ],
  examples: [
    ['congruent diff dev prod', 'what prod demands otherwise than dev, and what violates there alone'],
    ['congruent diff prod dev --format json', 'the way back, for a machine'],
  ],
  async run(context, flags, [base = '', head = '']) {
    const outputs = outputsOf(flags, reviewFormats, 'text', context.io.cwd)
    const failOn = choiceFlag(flags, 'failOn', severities) ?? 'error'
    const request = requestOptionsOf(context, flags)
    const { now = context.clock() } = await observedOf(context, flags, [])
    const source = await sourceOf(context, flags)
    const reviewed = await working(context, 'comparing', async () => {
      const congruent = await context.congruent(request.engine, await context.memory(source.name))
      const { review, quoted } = await congruent.compareEnvironments({ ...request, source, base, head, failOn, now })
      return { review, lines: await quoted() }
    })
    await writeReviewed(context, flags, outputs, reviewed)
    return reviewStatus(reviewed.review)
  },
}
