import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '../errors.ts'
import type { Severity } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import { printable } from '../report/printable.ts'
import type { CommandContext, Option } from './command.ts'
import { isSet, textFlag, type Flags } from './flags.ts'
import { write } from './io.ts'
import { namedFiles } from './named-files.ts'
import type { ObservedFlags } from './requests.ts'
import { writeWhole } from './written-file.ts'

/** Which of the findings count, and which are told at all. */
export const judgedOptions: readonly Option[] = [
  {
    flags: '--changed <base>',
    description: 'only findings in files that changed since the history of this commit and that of HEAD parted',
  },
  { flags: '--baseline <file>', description: 'a report or baseline of earlier: what it holds does not count' },
  { flags: '--write-baseline <file>', description: 'write what is found as a baseline' },
]

/** Which check is asked for. */
export interface Asked extends Pick<ObservedFlags, 'files'> {
  /** The workspace's. */
  readonly folder: string
  readonly failOn: Severity
  /** Files, as they were typed. */
  readonly given: readonly string[]
}

/** What becomes of a report before it is told. */
export type Judging = (report: Report) => Promise<Report>

/** Reads what the flags name, before any work is done, and then keeps, marks and writes findings as they say. */
export async function judgingOf(context: CommandContext, flags: Flags, asked: Asked): Promise<Judging> {
  const [base, earlier, target] = ['changed', 'baseline', 'writeBaseline'].map((name) => textFlag(flags, name))
  if (base === undefined && earlier === undefined && target === undefined) return async (report) => report
  const part = ['team', 'changed'].find((name) => flags[name] !== undefined)
  if (target !== undefined && part !== undefined)
    throw new Fault(
      'USAGE',
      `\`--write-baseline\` takes everything that is found, and \`--${part}\` leaves some of it out`,
    )
  const { baselineText, comparedWith, readBaseline } = await import('../operations/baseline.ts')
  const { changedSince, onlyChanged } = await import('../operations/only-changed.ts')
  const known = earlier === undefined ? undefined : readBaseline(earlier, await bytesOf(context, earlier))
  const changed = base === undefined ? undefined : await changedSince(context.git, asked.folder, base)
  return async (report) => {
    const { failOn } = asked
    if (target !== undefined) await writeBaseline(context, flags, target, report, baselineText)
    const compared = known === undefined ? report : comparedWith(report, known, failOn)
    return changed === undefined ? compared : onlyChanged(compared, changed, elsewhere(context, asked), failOn)
  }
}

async function bytesOf({ io, stdin }: CommandContext, name: string): Promise<Uint8Array> {
  const [file] = await namedFiles([name], { cwd: io.cwd, directory: '.' }, stdin)
  const read = await file?.read()
  if (read?.ok === true) return read.bytes
  throw new Fault('INPUT_NOT_FOUND', read?.message ?? `\`${name}\` cannot be read`)
}

/** Of an environment that was not checked nothing is known: then nothing is written. */
async function writeBaseline(
  { io }: CommandContext,
  flags: Flags,
  target: string,
  report: Report,
  text: (report: Report) => string,
): Promise<void> {
  const isWhole = report.faults === undefined
  if (isWhole) await writeWhole(resolve(io.cwd, target), text(report))
  const words = isWhole ? 'is written' : 'is not written: an environment could not be checked'
  if (!isWhole || !isSet(flags, 'quiet'))
    await write(io.stderr, `congruent: the baseline \`${printable(target)}\` ${words}\n`)
}

/** Names of files that lie elsewhere, whatever the workspace has under the same names. */
function elsewhere({ io }: CommandContext, { folder, given, files = [] }: Asked): ReadonlySet<string> {
  const paths = new Set(given.map((name) => real(resolve(io.cwd, name))))
  return new Set(files.flatMap(({ name }) => (paths.has(real(resolve(folder, name))) ? [] : [name])))
}

function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}
