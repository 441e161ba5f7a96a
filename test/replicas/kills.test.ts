import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { openStore } from '../../src/store/open-store.ts'
import { startPostgres } from '../support/postgres.ts'
import { startReplica, type Replica } from '../support/replica.ts'

// Three servers and two workers on one database. Snapshots and fragments are sent to whichever server answers, while one process after
// another is ended without warning and another takes its place. What was acknowledged must be there, checked, and told everywhere.

const rounds = 20
/** Acknowledged changes between two kills: so each process that comes has a chance to do something. */
const changesPerRound = 3
const commands = ['serve', 'serve', 'serve', 'work', 'work'] as const
const patienceMs = 90_000

const server = await startPostgres()
if (server === undefined) {
  t.comment('PostgreSQL is not installed')
  process.exit(0)
}
const database = await server.database('replicas')
const replicas: Replica[] = commands.map((command) => startReplica(command, database))
const over = new AbortController()
t.teardown(async () => {
  over.abort()
  await Promise.all(replicas.map((replica) => replica.kill()))
  await server.stop()
})

const document =
  'workspace: shop\nteams: { web: { fragments: [./web] } }\nobservations: [{ files: [], observer: cluster }]\n'

/** The answer of whichever server answers first with what is expected, with its body as data. */
async function asked(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const until = Date.now() + patienceMs
  for (let tries = Math.floor(Math.random() * 3); Date.now() < until; tries++) {
    try {
      const replica = replicas[tries % 3]
      const address = await Promise.race([replica?.ready, wait(1000, undefined)])
      if (address === undefined) continue
      const answer = await fetch(`${address}/v1/workspaces/shop${path}`, {
        ...init,
        signal: AbortSignal.timeout(10_000),
      })
      if (answer.ok) return JSON.parse(await answer.text())
      const problem = await answer.text()
      if (answer.status < 500 && answer.status !== 429) throw new TypeError(`${path}: ${answer.status} ${problem}`)
    } catch (error) {
      if (error instanceof TypeError && error.message.startsWith(path)) throw error
    }
    await wait(20)
  }
  throw new Error(`no server answered ${path}`)
}

function put(type: string, body: string): RequestInit {
  return { method: 'PUT', headers: { 'content-type': type }, body }
}

function fragments(version: number): RequestInit {
  const text = `package web\n\n// ${version}\nservices: [string]: replicas: >=2\n`
  return put('application/json', JSON.stringify({ files: { 'web/a.cue': text } }))
}

function snapshot(sequence: number): RequestInit {
  const state = { services: { web: { replicas: 1 + (sequence % 2) } } }
  const observedAt = new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString()
  const body = JSON.stringify({ snapshot: 1, observer: 'cluster', sequence, observedAt, state })
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body }
}

/** Follows events at whichever server answers, from the last one that was heard; answers their numbers as they come. */
async function follow(heard: number[]): Promise<void> {
  for (let tries = 0; !over.signal.aborted; tries++) {
    try {
      const address = await Promise.race([replicas[tries % 3]?.ready, wait(1000, undefined)])
      if (address === undefined) continue
      const headers = { accept: 'text/event-stream', 'last-event-id': String(heard.at(-1) ?? 0) }
      const answer = await fetch(`${address}/v1/workspaces/shop/events`, { headers, signal: over.signal })
      if (!answer.ok || answer.body === null) throw new Error(`events: ${answer.status}`)
      let text = ''
      for await (const chunk of answer.body) {
        text += Buffer.from(chunk).toString()
        const whole = text.lastIndexOf('\n\n') + 2
        for (const [, id] of text.slice(0, whole).matchAll(/^id: ?(\d+)$/gm)) heard.push(Number(id))
        text = text.slice(whole)
      }
    } catch {
      await wait(20)
    }
  }
}

t.test('no acknowledged change is lost, and no check left undone, whatever is killed', async (t) => {
  await asked('', put('application/yaml', document))
  await asked('/teams/web/fragments', fragments(0))
  const heard: number[] = []
  const following = follow(heard)
  const snapshots = new Set<number>()
  const revisions = new Set<unknown>()
  let acknowledged = 0
  let killing = true
  const sendSnapshots = async (): Promise<void> => {
    for (let sequence = 1; killing; sequence++) {
      await asked('/snapshots', snapshot(sequence))
      snapshots.add(sequence)
      acknowledged++
    }
  }
  const sendFragments = async (): Promise<void> => {
    for (let version = 1; killing; version++) {
      const { revision } = await asked('/teams/web/fragments', fragments(version))
      revisions.add(typeof revision === 'object' && revision !== null && 'revision' in revision ? revision.revision : 0)
      acknowledged++
      await wait(50)
    }
  }
  const killOneAfterAnother = async (): Promise<void> => {
    try {
      for (let round = 0; round < rounds; round++) {
        const until = acknowledged + changesPerRound
        while (acknowledged < until) await wait(10)
        await wait(Math.random() * 300)
        const index = Math.floor(Math.random() * commands.length)
        await replicas[index]?.kill()
        replicas[index] = startReplica(commands[index] ?? 'work', database)
      }
    } finally {
      killing = false
    }
  }
  await Promise.all([sendSnapshots(), sendFragments(), killOneAfterAnother()])
  t.comment(`${snapshots.size} snapshots, ${revisions.size} revisions`)

  const store = await openStore({ database, clock: () => new Date() })
  t.teardown(() => store.close())
  const until = Date.now() + patienceMs
  while ((await store.checks.due()).length > 0 && Date.now() < until) await wait(100)
  t.same(await store.checks.due(), [], 'no check is left undone')

  const newest = Math.max(...snapshots)
  const verdict = newest % 2 === 1 ? 'conforms' : 'violates'
  t.match(await store.checks.at('shop', 'default'), {
    verdict,
    revision: (await store.revisions.at('shop'))?.revision,
    snapshots: [{ sequence: newest }],
  })
  const last = await store.events.newest('shop')
  while ((heard.at(-1) ?? 0) < last && Date.now() < until) await wait(20)
  over.abort()
  await following
  t.ok(heard.length >= last, 'who follows heard every event')
  t.same(
    heard,
    heard.map((_, index) => index + 1),
    'each once, in order',
  )

  for (const replica of replicas.slice(0, 3)) {
    const address = await replica.ready
    const get = async (path: string) => (await fetch(`${address}/v1/workspaces/shop${path}`)).json()
    const keptSnapshots = (await all(get, '/snapshots')).map(({ sequence }) => sequence)
    t.same(
      [...snapshots].filter((sequence) => !keptSnapshots.includes(sequence)),
      [],
      'no snapshot is lost',
    )
    const keptRevisions = (await all(get, '/revisions')).map(({ revision }) => revision)
    t.same(
      [...revisions].filter((revision) => !keptRevisions.includes(revision)),
      [],
      'no revision is lost',
    )
    t.match(await get('/verdict'), { verdict }, 'each server says the same')
  }
  // Who is told before it listens ends by the signal itself.
  await Promise.all(replicas.map(({ ready }) => ready))
  t.same(await Promise.all(replicas.map((replica) => replica.end())), [0, 0, 0, 0, 0], 'and ends when it is told to')
})

/** Every item of a list, page after page. */
async function all(get: (path: string) => Promise<unknown>, path: string): Promise<readonly Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let cursor = ''
  for (;;) {
    const page = (await get(`${path}?limit=1000${cursor}`)) as { items: Record<string, unknown>[]; next?: string }
    items.push(...page.items)
    if (page.next === undefined) return items
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}
