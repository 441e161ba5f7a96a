import { readReport } from '../../client/findings.ts'
import { Fault } from '../../errors.ts'
import { exactJson } from '../../model/exact-json.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { Report } from '../../model/report.ts'
import { clientOf } from './client-of.ts'
import type { CommandContext } from '../command.ts'
import { isSet, textFlag, textFlags, timeoutFlag, type Flags } from '../flags.ts'
import { localLines } from './local-lines.ts'
import type { ObservedFlags } from '../requests.ts'
import { sourceOf } from '../requests.ts'
import { working } from '../work.ts'

const ownFlags = ['engine', 'team', 'partial', 'profile', 'whole'] as const

/** Has a server make the check of what is here: its report, and the lines of this folder that it points at. */
export async function serverCheck(
  context: CommandContext,
  flags: Flags,
  observed: ObservedFlags,
  now: Date,
): Promise<{ readonly value: Report; readonly lines: QuotedLines }> {
  const other = ownFlags.find((name) => flags[name] !== undefined && flags[name] !== false)
  if (other !== undefined || (textFlag(flags, 'failOn') ?? 'error') !== 'error')
    throw new Fault('USAGE', `\`--${other ?? 'fail-on'}\` is for checks that are made here, not by a server`)
  const [environment, second] = textFlags(flags, 'environment')
  if (second !== undefined) throw new Fault('USAGE', 'a server checks one environment at a time: name one with `-e`')
  const client = clientOf(context, flags)
  const source = await sourceOf(context, flags)
  const stored = textFlag(flags, 'stored')
  const seconds = Math.ceil((timeoutFlag(flags) ?? 0) / 1000)
  const { checkElsewhere } = await import('../../congruent.ts')
  const input = {
    source,
    now,
    ...observed,
    ...(environment === undefined ? {} : { environment }),
    ...(stored === undefined ? {} : { stored }),
  }
  const value = await working(context, `checking on ${client.server}`, () =>
    checkElsewhere(input, async (request) => {
      const { data } = await client.send({
        method: 'POST',
        path: ['v1', 'check'],
        body: exactJson(request),
        headers: seconds > 0 ? { prefer: `wait=${seconds}` } : {},
      })
      return readReport(client.server, data)
    }),
  )
  return { value, lines: isSet(flags, 'quiet') ? new Map() : await localLines(value.findings, source) }
}
