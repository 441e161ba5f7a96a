import { resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { severities } from '../../model/counting.ts'
import { printable } from '../../report/printable.ts'
import type { Command } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, isSet, textFlag, textFlags } from '../flags.ts'
import { write } from '../io.ts'
import {
  directoryOption,
  engineOption,
  failOnOption,
  inputOptions,
  noCacheOption,
  nowOption,
  partialOption,
  quietOption,
  teamOption,
  timeoutOption,
} from '../options.ts'
import { observedOf, requestOptionsOf, sourceOf } from '../requests.ts'
import { working } from '../work.ts'
import { writeWhole } from '../written-file.ts'

/** `congruent capture`: a check with all that it read, in one file. */
export const capture: Command = {
  summary: 'check, and pack all that was read and the report into one file, which replays anywhere',
  arguments: [{ name: '[file...]', description: "observations instead of the workspace's own; `-` is standard input" }],
  options: [
    directoryOption,
    {
      flags: '-e, --environment <name>',
      description: 'capture only this environment; repeatable; default: every one',
      repeatable: true,
    },
    { flags: '-o, --out <file>', description: 'the file that is written; `-` is standard output' },
    teamOption,
    failOnOption,
    partialOption,
    ...inputOptions,
    nowOption,
    engineOption,
    timeoutOption,
    noCacheOption,
    quietOption,
  ],
  examples: [
    ['congruent capture -e prod -o prod.capture', 'what was demanded and seen, and what was found'],
    ['congruent replay prod.capture', 'the same report, anywhere and at any time'],
  ],
  async run(context, flags, files) {
    const out = textFlag(flags, 'out')
    if (out === undefined) throw new Fault('USAGE', 'say where to write the capture: `-o FILE`')
    const team = textFlag(flags, 'team')
    const source = await sourceOf(context, flags)
    const observed = await observedOf(context, flags, files)
    const input = {
      ...requestOptionsOf(context, flags),
      ...observed,
      now: observed.now ?? context.clock(),
      source,
      environments: textFlags(flags, 'environment'),
      failOn: choiceFlag(flags, 'failOn', severities) ?? ('error' as const),
      ...(isSet(flags, 'partial') ? { partial: true } : {}),
      ...(team === undefined ? {} : { team }),
    }
    const captured = await working(context, 'capturing', async () => {
      const congruent = await context.congruent(input.engine, await context.memory(source.name))
      return congruent.capture(input)
    })
    const { captureText } = await import('../../operations/captures/read-capture.ts')
    const text = captureText(captured.capture)
    if (out === '-') await write(context.io.stdout, text)
    else await writeWhole(resolve(context.io.cwd, out), text)
    const { verdict, findings } = captured.report
    const words = `${printable(out === '-' ? 'standard output' : out)}: ${verdict}, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
    if (!isSet(flags, 'quiet'))
      await write(
        context.io.stderr,
        `congruent: captured in ${words}${captured.masked ? '; what is masked stays out' : ''}\n`,
      )
    return exitStatuses.conforms
  },
}
