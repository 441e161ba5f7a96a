import { Fault } from '../../errors.ts'
import { isDataList, type Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { SnapshotResult } from '../../operations/stored/snapshots/record-snapshots.ts'
import { lacks } from '../access/access.ts'
import { momentIn, pageIn, pageSchema, parameters, querySchema, textIn } from '../asked-values.ts'
import { readJsonBody } from '../reading/body.ts'
import { bodyLines } from '../reading/lines.ts'
import type { Asked, Route } from '../route.ts'

const snapshot = { $ref: 'urn:congruent:http:stored-snapshot' }
const url = '/v1/workspaces/:workspace/snapshots'
const lineBytes = 32 * 1024 * 1024

/** What observers reported. */
export const snapshots: readonly Route[] = [
  {
    method: 'POST',
    url,
    operation: 'recordSnapshots',
    tag: 'snapshots',
    summary: 'Record what observers saw',
    description:
      'One snapshot, several as `{snapshots: […]}`, or JSON lines. Sent again it is the same; in any order. Needs `observe:<workspace>/<observer>` of each observer. What is answered is kept for certain, and a check follows. Of several, one that cannot be kept costs itself only.',
    needs: 'token',
    query: querySchema({
      environment: { ...parameters.environment, description: 'The environment of snapshots that name none.' },
    }),
    body: {
      schema: { $ref: 'urn:congruent:http:snapshots-request' },
      types: ['application/json', 'application/yaml', 'application/x-ndjson'],
    },
    answers: {
      200: {
        description: 'What became of each, in the order in which they were sent.',
        schema: { $ref: 'urn:congruent:http:snapshot-results' },
      },
    },
    handle: async (asked, { service }) => {
      const { params, query, body, subject, may, deadlineMs, id } = asked
      const { workspace = '' } = params
      mayObserve(asked, workspace)
      const environment = textIn(query, 'environment')
      const several = memberOf(body, 'snapshots')
      const results: SnapshotResult[] = []
      for await (const result of service.recordSnapshots({
        workspace,
        ...(environment === undefined ? {} : { environment }),
        sent: body === undefined ? lines(asked) : several !== undefined && isDataList(several) ? several : [body],
        may: (observer) => may(`observe:${workspace}/${observer}`),
        deadlineMs,
        by: subject.name,
        request: id,
      }))
        results.push(result)
      const [only] = results
      if (body !== undefined && several === undefined && only?.result === 'refused') throw only.fault
      return { status: 200, body: { snapshots: results.map(shown) } }
    },
  },
  {
    method: 'GET',
    url,
    operation: 'listSnapshots',
    tag: 'snapshots',
    summary: 'What is known of snapshots beside their state, newest received first',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      environment: { ...parameters.environment, description: 'Those about it, and those about every one.' },
      observer: { type: 'string' },
      from: { ...parameters.from, description: 'Observed at this moment or later, by the clock of the observer.' },
      to: { ...parameters.to, description: 'Observed at this moment or before, by the clock of the observer.' },
      at: { ...parameters.at, description: 'Received at this moment or before, by the clock of the server.' },
      limit: parameters.limit,
      cursor: parameters.cursor,
    }),
    answers: { 200: { description: 'Snapshots without their state.', schema: pageSchema(snapshot) } },
    handle: async ({ params, query }, { service }) => {
      const [environment, observer] = [textIn(query, 'environment'), textIn(query, 'observer')]
      const [observedFrom, observedUntil] = [momentIn(query, 'from'), momentIn(query, 'to')]
      const receivedUntil = momentIn(query, 'at')
      const filter = {
        ...(environment === undefined ? {} : { environment }),
        ...(observer === undefined ? {} : { observer }),
        ...(observedFrom === undefined ? {} : { observedFrom }),
        ...(observedUntil === undefined ? {} : { observedUntil }),
        ...(receivedUntil === undefined ? {} : { receivedUntil }),
      }
      return { status: 200, body: await service.listSnapshots(params['workspace'] ?? '', filter, pageIn(query)) }
    },
  },
  {
    method: 'GET',
    url: `${url}/:digest`,
    operation: 'getSnapshot',
    tag: 'snapshots',
    summary: 'A snapshot as it is kept: the text at whose lines findings point',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    params: {
      type: 'object',
      properties: { digest: { title: '64 hex digits', type: 'string', pattern: '^[0-9a-f]{64}$' } },
    },
    answers: { 200: { description: 'The document.', schema: { $ref: 'urn:congruent:snapshot' } } },
    handle: async ({ params }, { service }) => ({
      status: 200,
      headers: { 'cache-control': 'private, max-age=31536000, immutable' },
      text: await service.snapshotDocument(params['workspace'] ?? '', params['digest'] ?? ''),
    }),
  },
]

/** Whoever may speak for nobody in a workspace is told so before anything is read. */
function mayObserve({ subject, may }: Asked, workspace: string): void {
  const all = `observe:${workspace}/*` as const
  const some = [`observe:${workspace}/`, 'observe:*/']
  if (!may(all) && !subject.scopes.some((scope) => some.some((start) => scope.startsWith(start))))
    throw lacks(subject, all)
}

/** One snapshot a line; a line that cannot be read costs itself only. */
async function* lines({ bytes }: Asked): AsyncGenerator<Data | Fault> {
  for await (const line of bodyLines(bytes(), lineBytes)) {
    try {
      yield readJsonBody(line).data
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      yield error
    }
  }
}

function shown(result: SnapshotResult): object {
  if (result.result !== 'refused') return result
  const { code, message, details } = result.fault
  const { problems } = details
  return { result: 'refused', code, detail: message, ...(problems === undefined ? {} : { problems }) }
}
