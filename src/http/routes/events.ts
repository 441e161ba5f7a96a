import { Fault } from '../../errors.ts'
import { eventKinds, type EventKind } from '../../model/event.ts'
import type { Told } from '../../operations/stored/events/follow-events.ts'
import { momentIn, pageIn, pageSchema, parameters, querySchema } from '../asked-values.ts'
import { acceptedType } from '../conditions.ts'
import type { Asked, Route } from '../route.ts'

const quietMs = 15_000

/** What happens in a workspace: a page of it, or as it happens. */
export const events: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/events',
    operation: 'listEvents',
    tag: 'events',
    summary: 'What happened in a workspace, newest first; or as it happens',
    description:
      'With `Accept: text/event-stream` the answer stays open and tells every event as it happens, from any replica: `id` is its number, `event` its kind, `data` the event as JSON. `Last-Event-ID` asks for those after a number first; where they are no longer kept, an event `lost` with `{after, next}` says so. A comment comes every 15 seconds.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    stays: true,
    query: querySchema({
      kinds: { $ref: 'urn:congruent:http:event-kinds', type: 'array' },
      from: parameters.from,
      to: parameters.to,
      limit: parameters.limit,
      cursor: parameters.cursor,
    }),
    answers: {
      200: { description: 'Events.', schema: pageSchema({ $ref: 'urn:congruent:http:event' }) },
    },
    handle: async (asked, { service }) => {
      const { params, query, headers, signal } = asked
      const workspace = params['workspace'] ?? ''
      const kinds = kindsIn(query)
      if (acceptedType(headers, ['application/json', 'text/event-stream']) === 'text/event-stream') {
        const after = lastHeard(headers)
        const told = await service.followEvents({
          workspace,
          ...(after === undefined ? {} : { after }),
          ...(kinds === undefined ? {} : { kinds }),
          quietMs,
          signal,
        })
        return { status: 200, type: 'text/event-stream', headers: streamed, pieces: frames(told) }
      }
      const [from, to] = [momentIn(query, 'from'), momentIn(query, 'to')]
      const body = await service.listEvents({
        workspace,
        ...(kinds === undefined ? {} : { kinds }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...pageIn(query),
      })
      return { status: 200, body }
    },
  },
]

/** Proxies that gather answers would hold events back. */
const streamed = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

function kindsIn({ kinds }: Asked['query']): readonly EventKind[] | undefined {
  return Array.isArray(kinds) ? eventKinds.filter((kind) => kinds.includes(kind)) : undefined
}

function lastHeard(headers: Asked['headers']): number | undefined {
  const text = headers['last-event-id']
  if (text === undefined || text === '') return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new Fault('QUERY_INVALID', `\`Last-Event-ID\` is \`${text}\`; required is the number of an event`)
}

async function* frames(told: AsyncIterable<Told>): AsyncGenerator<string> {
  yield 'retry: 2000\n\n'
  for await (const one of told) yield frame(one)
}

/** JSON text has no line breaks of its own, so that each is one line of data. */
function frame(told: Told): string {
  if (told.kind === 'quiet') return ': quiet\n\n'
  if (told.kind === 'lost') {
    const { after, next } = told
    return `id: ${next - 1}\nevent: lost\ndata: ${JSON.stringify({ after, next })}\n\n`
  }
  const { event } = told
  return `id: ${event.event}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
}
