import { Fault } from '../../errors.ts'
import { explanationFormats, explanationFormatters, type ExplanationFormat } from '../../report/explanation.ts'
import { planFormatters } from '../../report/plan.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet, textFlag, type Flags } from '../flags.ts'
import { directoryOption, environmentOption, nowOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs, type Outputs } from '../outputs.ts'
import { observedOf, pathOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { answerTo } from '../remembered.ts'
import { formatOptionsOf } from '../work.ts'

/** `congruent explain`: why a value is what it is. */
export const explain: Command = {
  summary: 'say what is desired at a path and why: who contributed what, what observers see, and what that comes to',
  arguments: [{ name: '[path]', description: 'a path as CUE writes it: services.web.ports[0]."a b"' }],
  options: [
    directoryOption,
    environmentOption,
    {
      flags: '--plan',
      description: 'instead of a path: how a check is divided, and which lines stand in the way of more',
    },
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: explanationFormats,
      default: 'text',
    },
    outputOption,
    nowOption,
    ...runOptions,
  ],
  examples: [
    ['congruent explain services.checkout.replicas -e prod', 'every conjunct with its team and line'],
    ['congruent explain services.checkout -e prod --format json', 'the same for a machine'],
    ['congruent explain --plan -e prod', 'what is evaluated one entity at a time, and if not, which line makes it so'],
  ],
  async run(context, flags, [path]) {
    const outputs = outputsOf(flags, explanationFormats, 'text', context.io.cwd)
    if (isSet(flags, 'plan')) return explainPlan(context, flags, outputs, path)
    if (path === undefined)
      throw new Fault('USAGE', "expected a path such as `services.web.replicas` (`''` is the whole state), or `--plan`")
    const environment = textFlag(flags, 'environment')
    const request = requestOptionsOf(context, flags)
    const observed = await observedOf(context, flags, [])
    const now = observed.now ?? context.clock()
    const input = {
      ...request,
      ...observed,
      source: await sourceOf(context, flags),
      path: pathOf(path),
      ...(environment === undefined ? {} : { environment }),
    }
    const { value, lines } = await answerTo(
      context,
      { command: 'explain', doing: 'explaining', now },
      input,
      async (congruent, input) => {
        const { explanation, quoted, holdsUntil } = await congruent.explain({ ...input, now })
        return { value: explanation, quoted, holdsUntil }
      },
    )
    await writeOutputs(context, outputs, (format, target) =>
      explanationFormatters[format](value, formatOptionsOf(flags, lines, target)),
    )
    return exitStatuses.conforms
  },
}

/** `congruent explain --plan`: how the check of an environment is divided. */
async function explainPlan(
  context: CommandContext,
  flags: Flags,
  outputs: Outputs<ExplanationFormat>,
  path: string | undefined,
): Promise<number> {
  if (path !== undefined) throw new Fault('USAGE', `\`--plan\` is about a whole environment: leave \`${path}\` out`)
  const environment = textFlag(flags, 'environment')
  const request = requestOptionsOf(context, flags)
  const input = {
    ...request,
    source: await sourceOf(context, flags),
    ...(environment === undefined ? {} : { environment }),
  }
  const { value, lines } = await answerTo(
    context,
    { command: 'plan', doing: 'planning', now: context.clock() },
    input,
    async (congruent, input) => {
      const { plan, quoted } = await congruent.plan(input)
      return { value: plan, quoted, holdsUntil: Infinity }
    },
  )
  await writeOutputs(context, outputs, (format, target) =>
    planFormatters[format](value, formatOptionsOf(flags, lines, target)),
  )
  return exitStatuses.conforms
}
