import t from 'tap'
import type { Asking } from '../../src/cluster/api.ts'
import { followCluster } from '../../src/cluster/follow-cluster.ts'
import type { ClusterView } from '../../src/cluster/holding.ts'
import { openCluster } from '../../src/cluster/open-cluster.ts'
import { findScopes } from '../../src/cluster/read-cluster.ts'
import { memberOf } from '../../src/model/data-map.ts'
import { formatPattern } from '../../src/model/path.ts'
import { fakeCluster, type FakeCluster, type FakeKind } from '../support/fake-cluster.ts'

const services: FakeKind = { kind: 'Service', resource: 'services', apiVersion: 'v1', namespaced: true }
const tokens: FakeKind = { kind: 'Token', resource: 'tokens', apiVersion: 'v1', namespaced: true, verbs: ['list'] }

const object = (name: string) => ({ metadata: { name, namespace: 'shop' } })

interface Followed {
  readonly fake: FakeCluster
  /** The next view; what was waited for takes a turn of the event loop, however long it was to be. */
  readonly next: () => Promise<ClusterView>
  readonly end: () => Promise<unknown>
}

async function follow(
  folder: string,
  kinds: readonly FakeKind[],
  before?: (fake: FakeCluster) => void,
): Promise<Followed> {
  const fake = await fakeCluster(kinds)
  fake.put(services, object('a'))
  before?.(fake)
  const ending = new AbortController()
  const api = await openCluster({ kubeconfig: fake.kubeconfig(folder) })
  const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      // What is asked for again every minute would be asked for without end.
      if (milliseconds < 60_000) setTimeout(resolve, 1)
      else if (minute !== undefined) void minute.then(resolve)
      signal.addEventListener('abort', () => reject(signal.reason))
      return undefined
    })
  const asking: Asking = { api, wait, signal: ending.signal, deadlineMs: 10_000 }
  const { scopes } = await findScopes({ kinds: [], namespaces: [] }, asking)
  const views = followCluster(scopes, asking, { quietMs: 1, mostMs: 10 })
  const end = async (): Promise<unknown> => {
    ending.abort(new Error('enough'))
    const error = await views.next().catch((thrown: unknown) => thrown)
    await fake.close()
    return error
  }
  return { fake, next: async () => (await views.next()).value, end }
}

let minute: Promise<void> | undefined

const namesIn = ({ documents }: ClusterView): readonly unknown[] =>
  documents.flatMap(({ data }) => {
    const items = memberOf(data, 'items')
    return Array.isArray(items) ? items.map((item) => memberOf(memberOf(item, 'metadata'), 'name')) : []
  })

/** Views until one fits: changes may come in one view or in several. */
async function until(next: () => Promise<ClusterView>, names: readonly string[]): Promise<ClusterView> {
  for (;;) {
    const view = await next()
    if (JSON.stringify(namesIn(view)) === JSON.stringify(names)) return view
  }
}

/** Asks again until something is so: it comes from outside. */
async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo())
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
}

const watched = (fake: FakeCluster): Promise<void> => waitFor(() => fake.watchers(services) > 0)

t.test('what comes, changes and goes is in the next view', async (t) => {
  const { fake, next, end } = await follow(t.testdir({}), [services])
  t.strictSame(namesIn(await next()), ['a'])
  await watched(fake)
  fake.put(services, object('c'))
  await until(next, ['a', 'c'])
  fake.put(services, object('b'))
  fake.remove(services, object('a'))
  await until(next, ['b', 'c'])
  t.equal(fake.asked.filter((path) => path.startsWith('/api/v1/services?limit')).length, 1, 'nothing is listed again')
  t.match(await end(), { message: 'enough' })
})

t.test('a watch goes on where it ended; bookmarks say how far it is', async (t) => {
  const { fake, next, end } = await follow(t.testdir({}), [services])
  await next()
  await watched(fake)
  fake.tell(
    services,
    JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Service', metadata: { resourceVersion: '777' } } }),
  )
  fake.endWatches()
  await waitFor(() => fake.asked.some((path) => path.includes('resourceVersion=777')))
  await watched(fake)
  fake.put(services, object('b'))
  await until(next, ['a', 'b'])
  await end()
})

t.test('what expired is listed again, and so is what says something else', async (t) => {
  for (const line of [
    JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410 } }),
    ...['{"type":"ADDED"}', 'no JSON', '{"type":"ERROR","object":{"code":500}}'],
  ]) {
    const { fake, next, end } = await follow(t.testdir({}), [services])
    await next()
    await watched(fake)
    // Nobody is told of it: only a list can show it.
    let isRefused = line.includes('410')
    fake.misfortune = (_, query) => (query.has('watch') && !isRefused ? 'unavailable' : 'none')
    fake.tell(services, line)
    await next()
    isRefused = true
    const lists = fake.asked.filter((path) => path.startsWith('/api/v1/services?limit'))
    t.ok(lists.length >= 2, line)
    await end()
  }
})

t.test('what is refused meanwhile is covered no more, and again when it is allowed', async (t) => {
  let pass = (): void => undefined
  minute = new Promise((resolve) => {
    pass = resolve
  })
  const { fake, next, end } = await follow(t.testdir({}), [services])
  await next()
  await watched(fake)
  fake.misfortune = () => 'forbidden'
  fake.tell(services, JSON.stringify({ type: 'ERROR', object: { code: 410 } }))
  const without = await next()
  t.strictSame([...without.covers.values()], [])
  t.strictSame(
    without.refused.map(({ path }) => formatPattern(path)),
    ['namespaces.*.Service'],
  )
  fake.misfortune = () => 'none'
  pass()
  const again = await next()
  t.strictSame(namesIn(again), ['a'])
  t.equal(again.refused.length, 0)
  minute = undefined
  await end()
})

t.test('a kind that cannot be watched is listed, and never watched', async (t) => {
  const { fake, next, end } = await follow(t.testdir({}), [services, tokens], (fake) => fake.put(tokens, object('t')))
  t.strictSame(namesIn(await next()), ['a', 't'])
  await watched(fake)
  t.notOk(fake.asked.some((path) => path.startsWith('/api/v1/tokens?watch')))
  await end()
})
