import { Fault } from '../../errors.ts'
import type { Report } from '../../model/report.ts'
import type { ReplayResult } from '../../operations/captures/replay.ts'
import { formats, formatters } from '../../report/formatters.ts'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatusOf } from '../exit-status.ts'
import { isSet, textFlag } from '../flags.ts'
import { write } from '../io.ts'
import { namedFiles } from '../named-files.ts'
import { groupOption, outputOption, runOptions } from '../options.ts'
import { outputsOf, writeOutputs } from '../outputs.ts'
import { requestOptionsOf } from '../requests.ts'
import { formatOptionsOf, working } from '../work.ts'

/** `congruent replay`: the report of a capture, made anew. */
export const replay: Command = {
  summary: 'make the report of a capture anew, or ask what other fragments would have said of it',
  arguments: [{ name: '<file>', description: 'what `congruent capture` wrote; `-` is standard input' }],
  options: [
    {
      flags: '--fragments <dir>',
      description: 'a workspace whose fragments, rules and exemptions are asked about instead',
    },
    { flags: '--format <name>', description: 'what to write to standard output', choices: formats, default: 'text' },
    outputOption,
    groupOption,
    ...runOptions,
  ],
  examples: [
    ['congruent replay prod.capture --format json', 'the same bytes as when it was captured'],
    ['congruent replay prod.capture --fragments .', 'what the fragments as they are now would have said'],
  ],
  async run(context, flags, [name = '']) {
    const outputs = outputsOf(flags, formats, 'text', context.io.cwd)
    const directory = textFlag(flags, 'fragments')
    const request = requestOptionsOf(context, flags)
    const [file] = await namedFiles([name], { cwd: context.io.cwd, directory: '.' }, context.stdin)
    const read = await file?.read()
    if (read?.ok !== true) throw new Fault('INPUT_NOT_FOUND', read?.message ?? `\`${name}\` cannot be read`)
    const { readCapture } = await import('../../operations/captures/read-capture.ts')
    const captured = readCapture(name, read.bytes)
    const fragments = directory === undefined ? undefined : await context.open(directory)
    const { result, lines } = await working(context, 'replaying', async () => {
      const memory = await context.memory(fragments?.name ?? context.io.cwd)
      const congruent = await context.congruent(request.engine ?? captured.report.tool.engine.name, memory)
      const result = await congruent.replay({ ...request, captured, ...(fragments === undefined ? {} : { fragments }) })
      return { result, lines: await result.quoted() }
    })
    const { report } = result
    const failOn = captured.input.failOn ?? 'error'
    await writeOutputs(context, outputs, (format, target) =>
      formatters[format](report, { ...formatOptionsOf(flags, lines, target), failOn }),
    )
    const words = comparisonWords(result, captured.report, directory !== undefined)
    const isExpected = result.comparison !== 'different' || directory !== undefined
    if (!isExpected || !isSet(flags, 'quiet')) await write(context.io.stderr, `congruent: ${words}\n`)
    return exitStatusOf(report, failOn, [])
  },
}

/** What the report made anew has to do with that of then. */
function comparisonWords({ report, comparison, added, gone }: ReplayResult, before: Report, other: boolean): string {
  if (comparison === 'same') return 'the same report as was captured'
  if (comparison === 'told')
    return 'the captured report; what depends on masked values is told as it was, and all else was found again'
  const counts = `findings: ${added} new, ${gone} gone`
  if (other) return `against the captured report, ${counts}`
  const [then, now] = [before, report].map(({ tool }) => `${tool.version} with ${tool.engine.name} ${tool.engine.cue}`)
  const makers =
    then === now
      ? `made by ${printable(now ?? '')}`
      : `captured by ${printable(then ?? '')}, replayed by ${printable(now ?? '')}`
  return `the report differs from the captured one; ${counts} (${makers})`
}
