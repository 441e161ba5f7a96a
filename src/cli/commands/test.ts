import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { parseDuration } from '../../model/duration.ts'
import type { TestReport, TestResult } from '../../model/test-report.ts'
import { percentOf } from '../../report/tests/coverage-lines.ts'
import { testFormats, testFormatters } from '../../report/tests/formatters.ts'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet, textFlag, textFlags } from '../flags.ts'
import { write } from '../io.ts'
import { nameInWorkspace } from '../named-files.ts'
import { directoryOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { directoryOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { working } from '../work.ts'
import { writeWhole } from '../written-file.ts'

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
    {
      flags: '--update',
      description: 'have failing cases expect what is found; the files keep their comments and layout',
    },
    {
      flags: '--coverage',
      description: 'tell which rules no case exercises or violates, and which the observations never meet',
    },
    {
      flags: '--threshold <percent>',
      description: 'fail if fewer rules are violated by a case, such as `80%`; tells the coverage, too',
    },
    {
      flags: '--mutate [duration]',
      description: 'remove or loosen each rule in turn, at most so long, and tell which change no case notices',
      bare: '2m',
    },
    ...runOptions,
  ],
  examples: [
    ['congruent test', 'every test of the workspace in this folder'],
    ['congruent test platform -e prod', 'those of one folder, in one environment'],
    ['congruent test --update', 'write down what is found; read the difference as you would read code'],
    ['congruent test --threshold 80%', 'fail where a rule in five is violated by no case'],
    ['congruent test --mutate', 'what could be changed without a test that notices'],
  ],
  async run(context, flags, names) {
    const { io } = context
    const threshold = percentFlag(textFlag(flags, 'threshold'))
    const mutateMs = mutateFlag(textFlag(flags, 'mutate'))
    const outputs = outputsOf(flags, testFormats, 'text', io.cwd)
    const place = { cwd: io.cwd, directory: directoryOf(flags) }
    const source = await sourceOf(context, flags)
    const input = {
      ...requestOptionsOf(context, flags),
      source,
      files: names.map((name) => nameInWorkspace(name, place)),
      environments: textFlags(flags, 'environment'),
      coverage: isSet(flags, 'coverage') || threshold !== undefined,
      ...(mutateMs === undefined ? {} : { mutateMs }),
    }
    const report = await working(context, 'testing', async () => {
      const congruent = await context.congruent(input.engine, await context.memory(source.name))
      const outcome = await congruent.test(input)
      if (!isSet(flags, 'update')) return outcome.report
      const { files, kept } = await outcome.update()
      for (const { file, text } of files) await writeWhole(resolve(io.cwd, place.directory, file), text)
      for (const { one } of kept) await write(io.stderr, printable(notUpdated(one)) + '\n')
      return files.length === 0 ? outcome.report : (await congruent.test(input)).report
    })
    await writeOutputs(context, outputs, (format, { colour }) =>
      testFormatters[format](report, { colour, quiet: isSet(flags, 'quiet') }),
    )
    return statusOf(report, threshold)
  },
}

function statusOf({ summary, coverage = [], mutation }: TestReport, threshold = 0): number {
  if (summary.fault > 0) return exitStatuses.fault
  const fails = summary.fail > 0 || percentOf(coverage) < threshold || (mutation?.survivors.length ?? 0) > 0
  return fails ? exitStatuses.violates : exitStatuses.conforms
}

function notUpdated({ name, file, line, column }: Pick<TestResult, 'name' | 'file' | 'line' | 'column'>): string {
  return `not updated: \`${name}\` at ${file}:${line}:${column}: its environments find different things, and a case expects the same of all; make it several`
}

/** `80%` or `80`. */
function percentFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const percent = /^\d{1,3}%?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
  if (percent <= 100) return percent
  throw new Fault('USAGE', `\`--threshold ${text}\` is no share: expected one from \`0%\` to \`100%\``)
}

function mutateFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  throw new Fault('USAGE', `\`--mutate=${text}\` is no duration above zero: expected one such as \`2m\``)
}
