import { Fault } from '../../errors.ts'
import { parsePattern } from '../../model/path.ts'
import { adapterNames } from '../../model/workspace.ts'
import { hideIn, snapshotText, type Taken } from '../../operations/snapshots/taken.ts'
import { printable } from '../../report/printable.ts'
import { noteText } from '../../report/summary-lines.ts'
import type { CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { choiceFlag, isSet, sequenceFlag, textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { namedFiles } from '../named-files.ts'
import { fileSettingsOf, typed } from '../requests.ts'
import { destinationOf } from './destination.ts'

/** Writes what is seen as snapshots; of a cluster that is watched until the user wants an end. Answers the exit status. */
export async function takeSnapshot(context: CommandContext, flags: Flags, files: readonly string[]): Promise<number> {
  const from = choiceFlag(flags, 'from', adapterNames)
  if (from === undefined || from === 'snapshot')
    throw new Fault('USAGE', 'say what the snapshot is made of: `--from kubernetes`, `compose`, `terraform` or `plain`')
  const isLive = files.length === 0
  if (isLive && from !== 'kubernetes')
    throw new Fault('USAGE', `name the files that \`--from ${from}\` reads, or \`-\` for standard input`)
  misplaced(flags, isLive)
  const patterns = textFlags(flags, 'mask').map((text) => typed(() => parsePattern(text)))
  const isStream = isSet(flags, 'watch')
  const destination = await destinationOf(textFlag(flags, 'out') ?? '-', context.io, isStream)
  const { takes, observer: seenBy } = isLive
    ? await (await import('./live.ts')).liveCluster(context, flags)
    : { takes: [await fromFiles(context, flags, from, files)], observer: from }
  const observer = textFlag(flags, 'observer') ?? seenBy
  if (observer === '') throw new Fault('USAGE', '`--observer` is empty: expected a name')
  const last = await destination.last(observer)
  const asked = sequenceFlag(flags)
  if (asked !== undefined && last !== undefined && asked <= last)
    throw new Fault('USAGE', `\`--sequence ${asked}\` is no later one: there is a snapshot ${last} already`)
  let sequence = asked ?? (last === undefined ? context.clock().getTime() : last + 1)
  const environment = textFlag(flags, 'environment')
  for await (const taken of takes) {
    const hidden = hideIn(taken, patterns)
    const said = {
      observer,
      sequence,
      observedAt: context.clock(),
      ...(environment === undefined ? {} : { environment }),
    }
    await destination.write(snapshotText(hidden, said, destination.layout), sequence)
    if (!isSet(flags, 'quiet')) await tell(context, hidden, textFlag(flags, 'out') ?? '-', sequence)
    sequence += 1
  }
  return exitStatuses.conforms
}

/** Some flags are about files, and some about a live cluster. */
function misplaced(flags: Flags, isLive: boolean): void {
  const ofCluster = ['context', 'kubeconfig', 'kinds', 'watch']
  const ofFiles = ['covers', 'skipHooks']
  const wrong = (isLive ? ofFiles : ofCluster).find((name) => flags[name] !== undefined)
  if (wrong === undefined) return
  const why = isLive
    ? 'is about files: of a live cluster that is covered which was listed'
    : 'is about a live cluster, and there are files'
  throw new Fault('USAGE', `\`--${wrong === 'skipHooks' ? 'skip-hooks' : wrong}\` ${why}`)
}

async function fromFiles(
  context: CommandContext,
  flags: Flags,
  from: 'kubernetes' | 'compose' | 'terraform' | 'plain',
  names: readonly string[],
): Promise<Taken> {
  const [namespace, another] = textFlags(flags, 'namespace')
  if (another !== undefined)
    throw new Fault('USAGE', '`--namespace` of files is one: that of the objects which name none')
  const { adapter: _, ...settings } = fileSettingsOf({ ...flags, adapter: from, namespace })
  const { takeFiles } = await import('../../operations/snapshots/take-files.ts')
  const { io, stdin } = context
  return takeFiles({
    files: await namedFiles(names, { cwd: io.cwd, directory: '.' }, stdin),
    from,
    settings,
    source: await context.open('.'),
    now: context.clock(),
  })
}

const mostNotes = 20

async function tell({ io }: CommandContext, { notes, refused }: Taken, out: string, sequence: number): Promise<void> {
  const lines = [
    ...(out === '-' ? [] : [`snapshot ${sequence} written to ${printable(out)}`]),
    ...notes.slice(0, mostNotes).map((note) => `note  ${noteText(note)}`),
    ...(notes.length > mostNotes ? [`note  … and ${notes.length - mostNotes} more`] : []),
    ...(refused.length === 0
      ? []
      : [
          `not seen: ${refused.length} ${refused.length === 1 ? 'kind' : 'kinds'} (\`refused\` in the snapshot says why)`,
        ]),
  ]
  await write(io.stderr, lines.map((line) => `congruent: ${line}\n`).join(''))
}
