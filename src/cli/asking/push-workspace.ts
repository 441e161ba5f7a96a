import type { Client } from '../../client/client.ts'
import { fetchFiles, publishFiles } from '../../client/file-sets.ts'
import { notUnderstood } from '../../client/findings.ts'
import { proposeFiles } from '../../client/proposals.ts'
import { Fault } from '../../errors.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Finding } from '../../model/finding.ts'
import { workspacePage } from '../../model/page-address.ts'
import type { Bundle } from '../../operations/bundle.ts'
import { findingsLines } from '../../report/formatters/text.ts'
import { printable } from '../../report/printable.ts'
import type { Source } from '../../workspace/source.ts'
import { clientOf } from './client-of.ts'
import { baseUrlOf } from '../base-url.ts'
import type { CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { isSet, textFlag, textFlags, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { localLines } from './local-lines.ts'
import { packDifferences } from './pack-versions.ts'
import { differenceOf, dryText, isEmpty, proposedText, publishedText, refusedText } from './push-text.ts'
import { pushedSets, type PushedSet } from './pushed-sets.ts'
import { sourceOf } from '../requests.ts'
import { formatOptionsOf, working } from '../work.ts'

/** Publishes the fragments of a folder, or proposes them; answers the exit status. */
export async function pushWorkspace(context: CommandContext, flags: Flags): Promise<number> {
  refuseMixed(flags)
  const client = clientOf(context, flags)
  const source = await sourceOf(context, flags)
  const { bundle } = await import('../../congruent.ts')
  const local = await bundle(source)
  const { workspace } = local
  const withShared = isSet(flags, 'workspaceFile')
  if (!isSet(flags, 'quiet'))
    for (const difference of await packDifferences(client, local.packs))
      await write(context.io.stderr, `note  ${printable(difference)}\n`)
  const sets = await pushedSets(client, local, { named: textFlags(flags, 'team'), withShared })
  if (withShared && !isSet(flags, 'dryRun')) await putWorkspace(context, client, local)
  const target = { client, source, workspace, pages: baseUrlOf(context, flags) ?? client.server }
  const became = new Set<PushOutcome>()
  for (const set of sets) became.add(await pushSet(context, flags, target, set))
  if (became.has('published')) await write(context.io.stdout, `page ${workspacePage(target.pages, workspace)}\n`)
  if (became.has('conflicts')) return exitStatuses.conflicts
  return became.has('waits') ? exitStatuses.usage : exitStatuses.conforms
}

/** What is proposed comes into force when it is adopted: nothing forces it, and only a team's files can be. */
function refuseMixed(flags: Flags): void {
  if (!isSet(flags, 'propose')) {
    if (textFlag(flags, 'title') !== undefined)
      throw new Fault('USAGE', '`--title` says what a proposal is about: it goes with `--propose`')
    return
  }
  if (isSet(flags, 'force'))
    throw new Fault('USAGE', '`--force` publishes and `--propose` does not: choose one; conflicts may be proposed')
  if (isSet(flags, 'workspaceFile'))
    throw new Fault(
      'USAGE',
      '`--workspace-file` publishes `congruent.yaml` and the files of no team, which cannot be proposed: push those first, without `--propose`',
    )
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
  /** Where people see the server's pages. */
  readonly pages: string
}

type PushOutcome = 'published' | 'proposed' | 'conflicts' | 'waits' | 'nothing'

/** Publishes or proposes one set, or says what would change. */
async function pushSet(
  context: CommandContext,
  flags: Flags,
  { client, source, workspace, pages }: Target,
  { name, team, files }: PushedSet,
): Promise<PushOutcome> {
  const { io } = context
  const identity = { workspace, ...(team === undefined ? {} : { team }) }
  const before = await fetchFiles(client, identity)
  const difference = before === undefined ? undefined : differenceOf(before, files)
  if (isSet(flags, 'dryRun')) {
    await write(io.stdout, dryText(name, difference))
    return 'nothing'
  }
  if (team === undefined && files.size === 0 && before?.size === 0) return 'nothing'
  if (isSet(flags, 'propose') && team !== undefined) {
    if (difference !== undefined && isEmpty(difference)) {
      await write(io.stdout, `${printable(name)}: unchanged\n`)
      return 'nothing'
    }
    const title = textFlag(flags, 'title')
    const proposed = await working(context, `proposing ${name}`, () =>
      explained(proposeFiles(client, { workspace, team, files, ...(title === undefined ? {} : { title }) })),
    )
    await write(io.stdout, proposedText(name, proposed, pages, workspace))
    return 'proposed'
  }
  const published = await working(context, `publishing ${name}`, () =>
    explained(publishFiles(client, identity, files, isSet(flags, 'force'))),
  )
  if (published.outcome === 'refused') await write(io.stderr, refusedText(published, pages, workspace))
  else await write(io.stdout, publishedText(name, published, difference))
  await write(io.stdout, await conflictText(context, flags, source, published.conflicts))
  if (published.outcome !== 'refused') return 'published'
  return published.code === 'APPROVAL_MISSING' ? 'waits' : 'conflicts'
}

/** Where the workspace is not there, how it would be made. */
async function explained<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
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
