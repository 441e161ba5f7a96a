import type { TestReport } from '../../model/test-report.ts'
import { testFormats, testFormatters } from '../../report/tests/formatters.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet, textFlags } from '../flags.ts'
import { nameInWorkspace } from '../named-files.ts'
import {
  colorOption,
  directoryOption,
  engineOption,
  noCacheOption,
  outputOption,
  quietOption,
  timeoutOption,
} from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { directoryOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { working } from '../work.ts'

/** `congruent test`: the tests of policies. */
export const test: Command = {
  summary: 'run the tests of policies: what is given, and what a check is expected to find',
  arguments: [
    {
      name: '[file...]',
      description: 'files of tests (`*.test.yaml`), or folders of them; default: all in the workspace',
    },
  ],
  options: [
    directoryOption,
    {
      flags: '-e, --environment <name>',
      description: 'run cases in this environment only; repeatable; default: in those that they name',
      repeatable: true,
    },
    {
      flags: '--format <name>',
      description: 'what to write to standard output',
      choices: testFormats,
      default: 'text',
    },
    outputOption,
    engineOption,
    timeoutOption,
    noCacheOption,
    colorOption,
    quietOption,
  ],
  examples: [
    ['congruent test', 'every test of the workspace in this folder'],
    ['congruent test platform -e prod', 'those of one folder, in one environment'],
  ],
  async run(context, flags, names) {
    const { io } = context
    const outputs = outputsOf(flags, testFormats, 'text', io.cwd)
    const place = { cwd: io.cwd, directory: directoryOf(flags) }
    const source = await sourceOf(context, flags)
    const input = {
      ...requestOptionsOf(context, flags),
      source,
      files: names.map((name) => nameInWorkspace(name, place)),
      environments: textFlags(flags, 'environment'),
    }
    const report = await working(context, 'testing', async () => {
      const congruent = await context.congruent(input.engine, await context.memory(source.name))
      return (await congruent.test(input)).report
    })
    await writeOutputs(context, outputs, (format, { colour }) =>
      testFormatters[format](report, { colour, quiet: isSet(flags, 'quiet') }),
    )
    return statusOf(report)
  },
}

function statusOf({ summary }: TestReport): number {
  if (summary.fault > 0) return exitStatuses.fault
  return summary.fail > 0 ? exitStatuses.violates : exitStatuses.conforms
}
