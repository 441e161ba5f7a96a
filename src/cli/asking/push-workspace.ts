import type { Client } from '../../client/client.ts'
import { fetchFiles, publishFiles, type Published } from '../../client/file-sets.ts'
import { notUnderstood } from '../../client/findings.ts'
import { Fault } from '../../errors.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Finding } from '../../model/finding.ts'
import type { Bundle } from '../../operations/bundle.ts'
import { findingsLines } from '../../report/formatters/text.ts'
import { printable } from '../../report/printable.ts'
import type { Source } from '../../workspace/source.ts'
import { clientOf } from './client-of.ts'
import { baseUrlOf } from '../base-url.ts'
import type { CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { localLines } from './local-lines.ts'
import { packDifferences } from './pack-versions.ts'
import { differenceOf, dryText, publishedText, refusedText } from './push-text.ts'
import { pushedSets, type PushedSet } from './pushed-sets.ts'
import { sourceOf } from '../requests.ts'
import { formatOptionsOf, working } from '../work.ts'

/** Publishes the fragments of a folder; answers the exit status. */
export async function pushWorkspace(context: CommandContext, flags: Flags): Promise<number> {
  const client = clientOf(context, flags)
  const source = await sourceOf(context, flags)
  const { bundle } = await import('../../congruent.ts')
  const local = await bundle(source)
  const withShared = isSet(flags, 'workspaceFile')
  if (!isSet(flags, 'quiet'))
    for (const difference of await packDifferences(client, local.packs))
      await write(context.io.stderr, `note  ${printable(difference)}\n`)
  const sets = await pushedSets(client, local, { named: textFlags(flags, 'team'), withShared })
  if (withShared && !isSet(flags, 'dryRun')) await putWorkspace(context, client, local)
  let status: number = exitStatuses.conforms
  for (const set of sets) {
    const refused = await pushSet(context, flags, { client, source, workspace: local.workspace }, set)
    if (refused) status = exitStatuses.conflicts
  }
  return status
}

async function putWorkspace({ io }: CommandContext, client: Client, { workspace, document }: Bundle): Promise<void> {
  const { status, data } = await client.send({
    method: 'PUT',
    path: ['v1', 'workspaces', workspace],
    body: document,
    type: 'application/yaml',
  })
  const revision = memberOf(data, 'revision')
  if (typeof revision !== 'number') throw notUnderstood(client.server)
  const made = status === 201 ? ' (a new workspace)' : ''
  await write(io.stdout, `congruent.yaml: revision ${revision}${made}\n`)
}

interface Target {
  readonly client: Client
  readonly source: Source
  readonly workspace: string
}

/** Publishes one set, or says what would change; whether it was refused. */
async function pushSet(
  context: CommandContext,
  flags: Flags,
  { client, source, workspace }: Target,
  { name, team, files }: PushedSet,
): Promise<boolean> {
  const { io } = context
  const identity = { workspace, ...(team === undefined ? {} : { team }) }
  const before = await fetchFiles(client, identity)
  const difference = before === undefined ? undefined : differenceOf(before, files)
  if (isSet(flags, 'dryRun')) {
    await write(io.stdout, dryText(name, difference))
    return false
  }
  if (team === undefined && files.size === 0 && before?.size === 0) return false
  const published = await working(context, `publishing ${name}`, () => send(client, identity, files, flags))
  if (published.outcome === 'refused')
    await write(io.stderr, refusedText(published, baseUrlOf(context, flags) ?? client.server, workspace))
  else await write(io.stdout, publishedText(name, published, difference))
  await write(io.stdout, await conflictText(context, flags, source, published.conflicts))
  return published.outcome === 'refused'
}

async function send(
  client: Client,
  identity: Parameters<typeof publishFiles>[1],
  files: PushedSet['files'],
  flags: Flags,
): Promise<Published> {
  try {
    return await publishFiles(client, identity, files, isSet(flags, 'force'))
  } catch (error) {
    if (error instanceof Fault && error.code === 'WORKSPACE_NOT_FOUND')
      throw new Fault(error.code, `${error.message}; or push with \`--workspace-file\``, { cause: error })
    throw error
  }
}

async function conflictText(
  { config }: CommandContext,
  flags: Flags,
  source: Source,
  conflicts: readonly Finding[],
): Promise<string> {
  if (conflicts.length === 0) return ''
  const environments = new Set(conflicts.map(({ environment }) => environment)).size
  const options = formatOptionsOf(flags, await localLines(conflicts, source), config)
  return `\n${findingsLines(conflicts, environments, options).join('\n')}`
}
