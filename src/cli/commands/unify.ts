import { exitStatuses } from '../exit-status.ts'
import type { DesiredState } from '../../model/desired.ts'
import { desiredFormats, formatDesired, obstacleLines } from '../../report/desired.ts'
import type { Command } from '../command.ts'
import { textFlag } from '../flags.ts'
import { write } from '../io.ts'
import { directoryOption, environmentOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { pathOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { answerTo } from '../remembered.ts'
import { formatOptionsOf } from '../work.ts'

/** `congruent unify`: the desired state. */
export const unify: Command = {
  summary: 'write the desired state that all fragments unify to, or every conflict in its way',
  arguments: [{ name: '[path]', description: 'only this part of it, as CUE writes paths' }],
  options: [
    directoryOption,
    environmentOption,
    {
      flags: '--format <name>',
      description: 'what to write to standard output; json and yaml need everything to be concrete',
      choices: desiredFormats,
      default: 'cue',
    },
    outputOption,
    ...runOptions,
  ],
  examples: [
    ['congruent unify -e prod', 'the desired state of one environment, as CUE'],
    ['congruent unify services.checkout -e prod --format yaml', 'a part of it as plain data'],
  ],
  async run(context, flags, [path]) {
    const outputs = outputsOf(flags, desiredFormats, 'cue', context.io.cwd)
    const environment = textFlag(flags, 'environment')
    const request = requestOptionsOf(context, flags)
    const formats = [outputs.format, ...outputs.files.map(({ format }) => format)]
    const input = {
      ...request,
      source: await sourceOf(context, flags),
      want: [...new Set(formats.map((format) => (format === 'cue' ? 'cue' : 'json')))],
      ...(environment === undefined ? {} : { environment }),
      ...(path === undefined ? {} : { path: pathOf(path) }),
    }
    const { value: desired, lines } = await answerTo(
      context,
      { command: 'unify', doing: 'unifying', now: context.clock() },
      input,
      async (congruent, input) => {
        const { desired, quoted } = await congruent.unify(input)
        return { value: desired, quoted, holdsUntil: Infinity }
      },
    )
    await writeOutputs(context, outputs, (format) => formatDesired(desired, format))
    const wantsData = formats.some((format) => format !== 'cue')
    const options = formatOptionsOf(flags, lines, { ...context.config, colour: false })
    await write(
      context.io.stderr,
      obstacleLines(desired, wantsData, options)
        .map((line) => `${line}\n`)
        .join(''),
    )
    return statusOf(desired, wantsData)
  },
}

function statusOf({ findings, json }: DesiredState, wantsData: boolean): number {
  if (findings.some(({ outcome }) => outcome === 'conflicts')) return exitStatuses.conflicts
  return wantsData && json === undefined ? exitStatuses.undecided : exitStatuses.conforms
}
