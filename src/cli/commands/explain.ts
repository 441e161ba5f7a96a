import { explanationFormats, explanationFormatters } from '../../report/explanation.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { textFlag } from '../flags.ts'
import {
  colorOption,
  directoryOption,
  engineOption,
  environmentOption,
  nowOption,
  outputOption,
  quietOption,
  timeoutOption,
} from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { observedOf, pathOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { formatOptionsOf, working } from '../work.ts'

/** `congruent explain`: why a value is what it is. */
export const explain: Command = {
  summary: 'say what is desired at a path and why: who contributed what, what observers see, and what that comes to',
  arguments: [{ name: '<path>', description: 'a path as CUE writes it: services.web.ports[0]."a b"' }],
  options: [
    directoryOption,
    environmentOption,
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: explanationFormats,
      default: 'text',
    },
    outputOption,
    nowOption,
    engineOption,
    timeoutOption,
    colorOption,
    quietOption,
  ],
  examples: [
    ['congruent explain services.checkout.replicas -e prod', 'every conjunct with its team and line'],
    ['congruent explain services.checkout -e prod --format json', 'the same for a machine'],
  ],
  async run(context, flags, [path = '']) {
    const outputs = outputsOf(flags, explanationFormats, 'text', context.io.cwd)
    const environment = textFlag(flags, 'environment')
    const request = requestOptionsOf(context, flags)
    const congruent = context.congruent(request.engine)
    const input = {
      ...request,
      ...(await observedOf(context, flags, [])),
      source: await sourceOf(context, flags),
      path: pathOf(path),
      ...(environment === undefined ? {} : { environment }),
    }
    const { explanation, lines } = await working(context, 'explaining', async () => {
      const { explanation, quoted } = await (await congruent).explain(input)
      return { explanation, lines: await quoted() }
    })
    await writeOutputs(context, outputs, (format, target) =>
      explanationFormatters[format](explanation, formatOptionsOf(flags, lines, target)),
    )
    return exitStatuses.conforms
  },
}
