import { counts, severities } from '../../model/counting.ts'
import type { Report } from '../../model/report.ts'
import type { Severity } from '../../model/finding.ts'
import { formats, formatters, type Format } from '../../report/formatters.ts'
import { lintText } from '../../report/lint-text.ts'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, textFlags } from '../flags.ts'
import { write } from '../io.ts'
import { directoryOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs, type Target } from '../outputs.ts'
import { readerNames } from '../reader-names.ts'
import { answerTo } from '../remembered.ts'
import { directoryOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { writeStepSummary } from '../step-summary.ts'
import { formatOptionsOf } from '../work.ts'

/** `congruent lint`: what goes wrong silently. */
export const lint: Command = {
  summary: 'find what goes wrong silently in fragments, and what of the workspace file does nothing',
  arguments: [],
  options: [
    directoryOption,
    {
      flags: '-e, --environment <name>',
      description: 'tell of this environment only; repeatable; default: of every one',
      repeatable: true,
    },
    { flags: '--format <name>', description: 'what to write to standard output', choices: formats, default: 'text' },
    outputOption,
    {
      flags: '--group <by>',
      description: 'how the text report is grouped',
      choices: ['file', 'team'],
      default: 'file',
    },
    {
      flags: '--fail-on <severity>',
      description: 'the least severity that makes the status 1; without it findings leave it 0',
      choices: ['error', 'warning', 'info'],
    },
    ...runOptions,
  ],
  examples: [
    ['congruent lint', 'every environment of the workspace in this folder'],
    ['congruent lint --fail-on warning --output sarif=lint.sarif', 'in continuous integration'],
  ],
  async run(context, flags) {
    const outputs = outputsOf(flags, formats, 'text', context.io.cwd)
    const failOn = choiceFlag(flags, 'failOn', severities)
    const now = context.clock()
    const input = {
      ...requestOptionsOf(context, flags),
      source: await sourceOf(context, flags),
      environments: textFlags(flags, 'environment'),
    }
    const { value, lines } = await answerTo(
      context,
      { command: 'lint', doing: 'linting', now },
      input,
      async (congruent, input) => {
        const { report, quoted, holdsUntil } = await congruent.lint({ ...input, now })
        return { value: report, quoted, holdsUntil: report.faults === undefined ? holdsUntil : -Infinity }
      },
    )
    const report = { ...value, checkedAt: now.toISOString() }
    const nameOf = readerNames(context.io.cwd, directoryOf(flags), [])
    const render = (format: Format, target: Target): string => {
      const options = { ...formatOptionsOf(flags, lines, target), nameOf, ...(failOn === undefined ? {} : { failOn }) }
      return format === 'text' ? lintText(report, options) : formatters[format](report, options)
    }
    await writeOutputs(context, outputs, render)
    await writeStepSummary(context.config, outputs, () => render('markdown', context.config))
    if (outputs.format !== 'text') {
      for (const { code, message } of report.faults ?? [])
        await write(context.io.stderr, `congruent: ${printable(message)} (${code})\n`)
    }
    return statusOf(report, failOn)
  },
}

function statusOf({ faults, verdict, findings }: Report, failOn: Severity | undefined): number {
  if (faults !== undefined) return exitStatuses.fault
  if (verdict === 'conflicts') return exitStatuses.conflicts
  const fails = failOn !== undefined && findings.some((finding) => counts(finding, failOn))
  return fails ? exitStatuses.violates : exitStatuses.conforms
}
