import { severities } from '../model/counting.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import type { Review } from '../model/review.ts'
import type { FindingPages } from '../report/format.ts'
import { printable } from '../report/printable.ts'
import { type ReviewFormat, reviewFormatters } from '../report/review/formatters.ts'
import type { CommandContext } from './command.ts'
import { exitStatuses } from './exit-status.ts'
import { choiceFlag, isSet, textFlags, type Flags } from './flags.ts'
import { write } from './io.ts'
import { readerNames } from './reader-names.ts'
import { directoryOf } from './requests.ts'
import { type Outputs, writeFiles, writeOutputs } from './outputs.ts'
import { formatOptionsOf } from './work.ts'

/** A review, with the lines of both sides. */
export interface Reviewed {
  readonly review: Review
  readonly lines: { readonly base: QuotedLines; readonly head: QuotedLines }
  readonly pageOf?: FindingPages
}

/** Writes a review to standard output, unless only its approvals are wanted there, and into files. */
export async function writeReviewed(
  context: CommandContext,
  flags: Flags,
  outputs: Outputs<ReviewFormat>,
  { review, lines, pageOf }: Reviewed,
): Promise<void> {
  const nameOf = readerNames(context.io.cwd, directoryOf(flags), textFlags(flags, 'snapshots'))
  const render = (format: ReviewFormat, target: Parameters<typeof formatOptionsOf>[2]): string =>
    reviewFormatters[format](review, {
      ...formatOptionsOf(flags, lines.head, target),
      failOn: choiceFlag(flags, 'failOn', severities) ?? 'error',
      nameOf,
      ...(pageOf === undefined ? {} : { pageOf }),
      linesBefore: (file) => lines.base.get(file),
    })
  if (isSet(flags, 'requireApprovalFrom')) await writeFiles(outputs, render)
  else await writeOutputs(context, outputs, render)
  if (outputs.format === 'text' && !isSet(flags, 'requireApprovalFrom')) return
  for (const { code, message } of review.faults ?? [])
    await write(context.io.stderr, `congruent: ${printable(message)} (${code})\n`)
}

/** 0 where nothing bad is new. */
export function reviewStatus({ verdict, faults }: Review): number {
  if (faults !== undefined) return exitStatuses.fault
  return verdict === 'unchanged' || verdict === 'changed' ? exitStatuses.conforms : exitStatuses[verdict]
}
