import type { Client } from '../../client/client.ts'
import { notUnderstood } from '../../client/findings.ts'
import { Fault } from '../../errors.ts'
import { isDataObject, type Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { exactJson } from '../../model/exact-json.ts'
import type { SentObservation } from '../../operations/sent-observations.ts'
import { printable } from '../../report/printable.ts'
import { clientOf } from './client-of.ts'
import type { CommandContext } from '../command.ts'
import { exitStatuses } from '../exit-status.ts'
import { sequenceFlag, textFlag, type Flags } from '../flags.ts'
import { write } from '../io.ts'
import { observedOf, sourceOf } from '../requests.ts'

/** Records what files say an observer saw; answers the exit status. */
export async function recordFiles(context: CommandContext, flags: Flags, files: readonly string[]): Promise<number> {
  const client = clientOf(context, flags)
  const bodies = await bodiesOf(context, flags, files)
  const workspace = textFlag(flags, 'workspace') ?? (await workspaceHere(context, flags))
  const environment = textFlag(flags, 'environment')
  const { data } = await client.send({
    method: 'POST',
    path: ['v1', 'workspaces', workspace, 'snapshots'],
    query: { environment },
    body: exactJson(bodies.length === 1 ? bodies[0] : { snapshots: bodies }),
  })
  const results = memberOf(data, 'snapshots')
  if (!Array.isArray(results)) throw notUnderstood(client.server)
  const refused = await tell(context, client, results)
  return refused ? exitStatuses.usage : exitStatuses.conforms
}

/** The documents to send: snapshots as they are, other forms with what the flags say of them. */
async function bodiesOf(context: CommandContext, flags: Flags, names: readonly string[]): Promise<readonly unknown[]> {
  const { files = [], override = {}, stdin } = await observedOf(context, flags, names)
  const { sentObservations } = await import('../../congruent.ts')
  const given = await stdinIn(names, stdin)
  const { sent } = await sentObservations({
    entries: [],
    environment: '',
    source: await sourceOf(context, flags),
    files,
    override,
    now: context.clock(),
    ...(given === undefined ? {} : { stdin: given }),
  })
  if (sent.length === 0) throw new Fault('USAGE', 'there is no document in these files')
  const forms = sent.filter(({ holds }) => holds !== 'itself')
  if (forms.length > 1)
    throw new Fault('USAGE', 'these files are of several forms or places: send what one observer saw in one piece')
  return sent.map((one) => bodyOf(one, flags))
}

async function stdinIn(names: readonly string[], stdin: CommandContext['stdin']): Promise<Uint8Array | undefined> {
  if (!names.includes('-')) return undefined
  const read = await stdin()
  if (!read.ok) throw new Fault('INPUT_NOT_FOUND', read.message)
  return read.bytes
}

function bodyOf(sent: SentObservation, flags: Flags): unknown {
  const observer = textFlag(flags, 'observer')
  const sequence = sequenceFlag(flags)
  if (sent.holds === 'itself') {
    if (observer !== undefined || sequence !== undefined)
      throw new Fault('USAGE', '`--observer` and `--sequence` are not for snapshot documents, which say it themselves')
    return sent.body
  }
  if (observer === undefined) throw new Fault('USAGE', 'say who saw it with `--observer NAME`: the documents do not')
  if (sent.holds === 'documents' && sent.body.adapter === 'plain')
    throw new Fault('USAGE', `these are ${sent.documents.length} plain documents; what one observer saw is one`)
  return { ...sent.body, observer, ...(sequence === undefined ? {} : { sequence }) }
}

async function workspaceHere(context: CommandContext, flags: Flags): Promise<string> {
  const { workspaceName } = await import('../../congruent.ts')
  return workspaceName(await sourceOf(context, flags))
}

/** Says what became of each; whether any was refused. */
async function tell({ io }: CommandContext, { server }: Client, results: readonly Data[]): Promise<boolean> {
  let refused = false
  for (const result of results) {
    const how = memberOf(result, 'result')
    if (!isDataObject(result) || typeof how !== 'string') throw notUnderstood(server)
    if (how === 'refused') {
      refused = true
      const [detail, code] = [memberOf(result, 'detail'), memberOf(result, 'code')].map(String)
      await write(io.stderr, `congruent: \`${server}\` says: ${printable(detail ?? '')} (${code ?? ''})\n`)
    } else {
      const snapshot = memberOf(result, 'snapshot')
      const [observer, sequence] = [memberOf(snapshot, 'observer'), memberOf(snapshot, 'sequence')].map(String)
      await write(io.stdout, `${printable(observer ?? '')}  sequence ${sequence ?? ''}  ${how}\n`)
    }
  }
  return refused
}
