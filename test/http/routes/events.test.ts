import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import t from 'tap'
import type { Told } from '../../../src/operations/stored/events/follow-events.ts'
import { storedService } from '../../support/stored-service.ts'

const { service, app, options, clock } = await storedService(t)
const document = 'workspace: plant\nteams: {}\nenvironments: { dev: {}, prod: {} }\n'

async function workspace(name: string): Promise<void> {
  const text = Buffer.from(document.replace('plant', name))
  await service.putWorkspace({ workspace: name, document: text, asker: { by: 'root' } })
}

async function observe(name: string, sequence: number): Promise<void> {
  const sent = [{ adapter: 'plain', observer: 'edge', sequence, state: { x: sequence } }]
  const given = { workspace: name, sent, may: () => true, deadlineMs: 1000, by: 'edge' }
  for await (const { result } of service.recordSnapshots(given)) if (result === 'refused') throw new Error(result)
}

const shown = (told: Told): string =>
  told.kind === 'event'
    ? `${told.event.event} ${told.event.kind}`
    : told.kind === 'lost'
      ? `lost ${told.after}-${told.next}`
      : told.kind

/** So many of what is told, then no more. */
async function following(name: string, many: number, more: { after?: number; kinds?: readonly ['check'] } = {}) {
  const ending = new AbortController()
  const told = await service.followEvents({ workspace: name, quietMs: 1_000_000, signal: ending.signal, ...more })
  const heard = (async () => {
    const all: string[] = []
    for await (const one of told) {
      all.push(shown(one))
      if (all.length === many) ending.abort()
    }
    return all
  })()
  return { heard, end: () => ending.abort() }
}

t.test('a page of what happened, newest first', async (t) => {
  await workspace('plant')
  await observe('plant', 1)
  await service.makeCheck({ workspace: 'plant', environment: 'prod' })
  const ask = async (query: string) => (await app.inject({ url: `/v1/workspaces/plant/events${query}` })).json()
  t.match((await ask('')).items, [
    { event: 4, kind: 'verdict', environment: 'prod', after: 'conforms' },
    { event: 3, kind: 'check', environment: 'prod', check: 1, cause: { kind: 'revision', revision: 1 } },
    { event: 2, kind: 'snapshot', by: 'edge', observer: 'edge', sequence: 1 },
    { event: 1, kind: 'revision', by: 'root', revision: 1, cause: { kind: 'workspace' } },
  ])
  t.match((await ask('?kinds=check,snapshot&limit=1')).items, [{ event: 3 }])
  t.match((await ask('?to=2026-05-04T09:29:59Z')).items, [])
  t.match(await ask('?kinds=noise'), { code: 'QUERY_INVALID' })
  t.match((await app.inject({ url: '/v1/workspaces/nowhere/events' })).json(), { code: 'WORKSPACE_NOT_FOUND' })
})

t.test('who follows hears everything once and in order, from where they left off', async (t) => {
  await workspace('followed')
  const live = await following('followed', 2)
  await observe('followed', 1)
  await observe('followed', 2)
  t.strictSame(await live.heard, ['2 snapshot', '3 snapshot'], 'only what happens from now on')
  const replay = await following('followed', 3, { after: 1 })
  await observe('followed', 3)
  t.strictSame(await replay.heard, ['2 snapshot', '3 snapshot', '4 snapshot'])
  const ahead = await following('followed', 2, { after: 99 })
  await observe('followed', 4)
  t.strictSame(await ahead.heard, ['lost 99-5', '5 snapshot'], 'a number that was never given')
  const some = await following('followed', 1, { after: 0, kinds: ['check'] })
  await service.makeCheck({ workspace: 'followed', environment: 'dev' })
  t.strictSame(await some.heard, ['6 check'])
  const none = await following('followed', 1)
  none.end()
  t.strictSame(await none.heard, [])
  await t.rejects(following('nowhere', 1), { code: 'WORKSPACE_NOT_FOUND' })
})

t.test('what is no longer kept is said to be lost; a deleted workspace has no more to say', async (t) => {
  await workspace('short')
  await observe('short', 1)
  await options.store.workspaces.setRetention('short', { eventsDays: 1 })
  const before = clock.now
  clock.now = new Date('2026-05-08T00:00:00Z')
  await options.store.prune(clock.now)
  const replay = await following('short', 2, { after: 0 })
  t.strictSame(await replay.heard, ['lost 0-2', '2 snapshot'])
  const ending = new AbortController()
  const told = await service.followEvents({ workspace: 'short', quietMs: 1, signal: ending.signal })
  const heard: string[] = []
  for await (const one of told) {
    heard.push(shown(one))
    if (heard.length === 2) await service.deleteWorkspace({ workspace: 'short', asker: { by: 'root' } })
  }
  t.strictSame(heard.slice(0, 2), ['quiet', 'quiet'])
  await workspace('again')
  await observe('again', 1)
  const anew = await service.followEvents({ workspace: 'again', quietMs: 1, signal: new AbortController().signal })
  const later: string[] = []
  for await (const one of anew) {
    later.push(shown(one))
    if (later.at(-1) === '1 revision') break
    if (later.length > 1) continue
    await service.deleteWorkspace({ workspace: 'again', asker: { by: 'root' } })
    await workspace('again')
  }
  t.strictSame(
    later.filter((one) => one !== 'quiet'),
    ['lost 2-1', '1 revision'],
    'one that was made again counts anew',
  )
  clock.now = before
})

t.test('as server-sent events', async (t) => {
  await workspace('streamed')
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const ask = async (last: string) => {
    const headers = { accept: 'text/event-stream', 'last-event-id': last }
    const request = get(`${address}/v1/workspaces/streamed/events`, { headers, agent: false })
    const [answer]: readonly IncomingMessage[] = await once(request, 'response')
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
  const answer = await ask('0')
  t.equal(answer.headers['content-type'], 'text/event-stream')
  t.equal(answer.headers['cache-control'], 'no-store')
  await observe('streamed', 1)
  let text = ''
  for await (const piece of answer) {
    text += String(piece)
    if (text.includes('"sequence":1')) break
  }
  t.match(
    text,
    /^retry: 2000\n\nid: 1\nevent: revision\ndata: \{[^\n]*"revision":1[^\n]*\}\n\nid: 2\nevent: snapshot\ndata: \{[^\n]*\}\n\n$/,
  )
  const wrong = await ask('x')
  t.equal(wrong.statusCode, 400)
  t.match(JSON.parse(String(await wrong.toArray())), { code: 'QUERY_INVALID' })
})
