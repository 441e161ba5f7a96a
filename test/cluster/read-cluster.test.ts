import * as fc from 'fast-check'
import t from 'tap'
import type { Asking } from '../../src/cluster/api.ts'
import { openCluster } from '../../src/cluster/open-cluster.ts'
import { findScopes, readCluster } from '../../src/cluster/read-cluster.ts'
import { Fault } from '../../src/errors.ts'
import { formatPattern } from '../../src/model/path.ts'
import { takeCluster } from '../../src/operations/snapshots/take-cluster.ts'
import type { Taken } from '../../src/operations/snapshots/taken.ts'
import { ordinary, valueAt } from '../support/document.ts'
import { fakeCluster, type FakeCluster, type FakeKind, type Misfortune } from '../support/fake-cluster.ts'

const pods = { kind: 'Pod', resource: 'pods', apiVersion: 'v1', namespaced: true }
const secrets = { kind: 'Secret', resource: 'secrets', apiVersion: 'v1', namespaced: true }
const nodes = { kind: 'Node', resource: 'nodes', apiVersion: 'v1', namespaced: false }
const events = { kind: 'Event', resource: 'events', apiVersion: 'v1', namespaced: true }
const bindings = { kind: 'Binding', resource: 'bindings', apiVersion: 'v1', namespaced: true, verbs: ['create'] }
const deployments = { kind: 'Deployment', resource: 'deployments', apiVersion: 'apps/v1', namespaced: true }
const things = { kind: 'Thing', resource: 'things', apiVersion: 'x.io/v1', namespaced: true }
const definitions = {
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  apiVersion: 'apiextensions.k8s.io/v1',
  namespaced: false,
}
const kinds: readonly FakeKind[] = [pods, secrets, nodes, events, bindings, deployments, things, definitions]

const object = (name: string, namespace?: string, more: object = {}) => ({
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...more,
})

async function cluster(): Promise<{ readonly fake: FakeCluster; readonly asking: Asking; readonly waited: number[] }> {
  const fake = await fakeCluster(kinds)
  for (const name of ['a', 'b', 'c', 'd', 'e']) fake.put(pods, object(name, name < 'd' ? 'shop' : 'bank'))
  fake.put(secrets, object('key', 'shop', { data: { token: 'c2VjcmV0' } }))
  fake.put(nodes, object('n1'))
  fake.put(events, object('e1', 'shop'))
  fake.put(deployments, object('web', 'shop'))
  fake.put(things, object('one', 'shop', { spec: { parts: [{ id: 'x', size: 1 }] } }))
  fake.put(
    definitions,
    object('things.x.io', undefined, {
      spec: {
        group: 'x.io',
        names: { kind: 'Thing' },
        scope: 'Namespaced',
        versions: [
          { name: 'v1', schema: { openAPIV3Schema: { properties: { spec: { properties: { parts: parts } } } } } },
        ],
      },
    }),
  )
  const folder = t.testdir({})
  const api = await openCluster({ kubeconfig: fake.kubeconfig(folder) })
  const waited: number[] = []
  const wait = async (milliseconds: number): Promise<void> => void waited.push(milliseconds)
  const asking = { api, wait, signal: new AbortController().signal, deadlineMs: 10_000 }
  return { fake, asking, waited }
}

const parts = {
  items: { properties: { id: {}, size: {} } },
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['id'],
}

async function taken(
  asking: Asking,
  wanted: { kinds?: readonly string[]; namespaces?: readonly string[] } = {},
): Promise<Taken> {
  const { scopes } = await findScopes({ kinds: [], namespaces: [], ...wanted }, asking)
  return takeCluster((await readCluster(scopes, asking)).view(), { at: [] })
}

const names = ({ state }: Taken, ...path: readonly string[]): readonly string[] =>
  Object.keys(Object(valueAt(state, path) ?? {}))
const covers = (one: Taken): readonly string[] => (one.covers ?? []).map(formatPattern)

t.test('everything that can be listed is, page by page, and covered exactly', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  t.equal(asking.api.name, 'fake')
  const all = await taken(asking)
  t.strictSame(names(all, 'namespaces', 'shop', 'Pod'), ['a', 'b', 'c'])
  t.strictSame(names(all, 'namespaces', 'bank', 'Pod'), ['d', 'e'])
  t.strictSame(names(all, 'cluster', 'Node'), ['n1'])
  t.strictSame(ordinary(valueAt(all.state, ['namespaces', 'shop', 'Thing.x.io', 'one', 'spec'])), {
    parts: { x: { id: 'x', size: 1 } },
  })
  t.strictSame(covers(all), [
    'cluster."CustomResourceDefinition.apiextensions.k8s.io"',
    'cluster.Node',
    'namespaces.*."Deployment.apps"',
    'namespaces.*.Pod',
    'namespaces.*.Secret',
    'namespaces.*."Thing.x.io"',
  ])
  t.strictSame([all.refused, all.notes], [[], []])
  t.strictSame(all.masked, [['namespaces', 'shop', 'Secret', 'key', 'data', 'token']])
  t.notOk(JSON.stringify(all.state).includes('c2VjcmV0'))
  t.equal(fake.asked.filter((path) => path.startsWith('/api/v1/pods?limit=500')).length, 3)
  t.ok(fake.asked.includes('/api/v1/pods?limit=500&continue=4'))
})

t.test('kinds and namespaces are chosen as people name them', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  const shop = await taken(asking, { namespaces: ['shop'] })
  t.strictSame(covers(shop), [
    'cluster."CustomResourceDefinition.apiextensions.k8s.io"',
    'namespaces.shop."Deployment.apps"',
    'namespaces.shop.Pod',
    'namespaces.shop.Secret',
    'namespaces.shop."Thing.x.io"',
  ])
  t.strictSame(names(shop, 'namespaces'), ['shop'])
  const some = await taken(asking, {
    kinds: ['po', 'Deployment', 'nodes', 'event', 'pods'],
    namespaces: ['shop', 'bank'],
  })
  t.strictSame(covers(some), [
    'cluster.Node',
    'namespaces.bank."Deployment.apps"',
    'namespaces.bank.Event',
    'namespaces.bank.Pod',
    'namespaces.shop."Deployment.apps"',
    'namespaces.shop.Event',
    'namespaces.shop.Pod',
  ])
  t.strictSame(covers(await taken(asking, { kinds: ['deployments.apps'] })), ['namespaces.*."Deployment.apps"'])
  await t.rejects(taken(asking, { kinds: ['bindings'] }), {
    code: 'USAGE',
    message: /no kind `bindings` that can be listed/,
  })
})

t.test('what is forbidden is refused at exactly its path, and the rest is there', async (t) => {
  const { fake, asking, waited } = await cluster()
  t.teardown(fake.close)
  fake.misfortune = (path) => (/secrets|nodes/.test(path) ? 'forbidden' : 'none')
  const all = await taken(asking)
  t.strictSame(
    all.refused.map(({ path, reason }) => `${formatPattern(path)}: ${reason}`),
    [
      'cluster.Node: the API server answered 403: may not list /api/v1/nodes',
      'namespaces.*.Secret: the API server answered 403: may not list /api/v1/secrets',
    ],
  )
  t.notOk(covers(all).some((path) => /Secret|Node/.test(path)))
  t.strictSame([waited, all.notes], [[], []], 'nobody asks again for what is forbidden')
  fake.misfortune = (path) => (/customresourcedefinitions/.test(path) ? 'forbidden' : 'none')
  const blind = await taken(asking)
  t.match(blind.notes, [
    {
      code: 'definitions-refused',
      message: /which lists of `Thing\.x\.io` have keys.* 403.*`customresourcedefinitions`/,
    },
  ])
  t.ok(Array.isArray(valueAt(blind.state, ['namespaces', 'shop', 'Thing.x.io', 'one', 'spec', 'parts'])))
  t.strictSame((await taken(asking, { kinds: ['pods'] })).notes, [], 'who asks for no custom kind')
})

t.test('a list that expires starts again, and not for ever', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  let times = 1
  fake.misfortune = (_, query) => (query.has('continue') && times-- > 0 ? 'gone' : 'none')
  t.strictSame(names(await taken(asking, { kinds: ['pods'] }), 'namespaces', 'shop', 'Pod'), ['a', 'b', 'c'])
  fake.misfortune = (_, query) => (query.has('continue') ? 'gone' : 'none')
  const never = await taken(asking, { kinds: ['pods'] })
  t.strictSame(never.refused, [
    { path: ['namespaces', null, 'Pod'], reason: 'the list expired while it was read, 4 times in a row' },
  ])
  t.strictSame(names(never, 'namespaces'), [], 'the first page is no list')
})

t.test('who is busy, silent or cut off is asked again, as late as they say', async (t) => {
  const { fake, asking, waited } = await cluster()
  t.teardown(fake.close)
  const faults: Misfortune[] = []
  fake.misfortune = (path) => (path === '/api/v1/pods' ? (faults.shift() ?? 'none') : 'none')
  const wanted = { kinds: ['pods'] }
  faults.push('busy', 'unavailable', 'cut', 'half')
  t.strictSame(names(await taken(asking, wanted), 'namespaces', 'bank', 'Pod'), ['d', 'e'])
  t.strictSame(waited, [1000, 500, 1000, 2000])
  const reasonOf = async (fault: Misfortune): Promise<string | undefined> => {
    fake.misfortune = (path) => (path === '/api/v1/pods' ? fault : 'none')
    const { refused, covers: none } = await taken({ ...asking, deadlineMs: fault === 'silent' ? 40 : 10_000 }, wanted)
    t.strictSame(none, [], fault)
    return refused[0]?.reason
  }
  t.equal(await reasonOf('unavailable'), 'the API server answered 503: etcd has no leader')
  t.equal(await reasonOf('garbage'), 'the answer is no JSON object')
  t.match(await reasonOf('cut'), /^the connection failed: /)
  t.match(await reasonOf('half'), /^the connection failed: /)
  fake.misfortune = () => 'none'
})

t.test('a cluster that says nothing of itself is a fault', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  fake.misfortune = () => 'forbidden'
  await t.rejects(taken(asking), {
    code: 'CLUSTER_UNAVAILABLE',
    message: /cannot be read: the API server answered 403/,
  })
  fake.misfortune = (path) => (path === '/apis/x.io/v1' ? 'unavailable' : 'none')
  const { notes, scopes } = await findScopes({ kinds: [], namespaces: [] }, asking)
  t.strictSame(
    notes.map(({ message }) => message),
    ['nothing is known of the API group `x.io/v1`: the API server answered 503: etcd has no leader'],
  )
  t.notOk(scopes.some(({ kind }) => kind.name === 'Thing.x.io'))
  await t.rejects(openCluster({ kubeconfig: 'nowhere.yaml' }), {
    code: 'CLUSTER_UNAVAILABLE',
    message: /`nowhere.yaml`/,
  })
  await t.rejects(openCluster({ kubeconfig: fake.kubeconfig(t.testdir({})), context: 'x' }), {
    code: 'USAGE',
    message: 'the kubeconfig has no context `x`: there are `fake`',
  })
})

t.test('what cannot be understood among the objects is told, and its list is not covered', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  fake.put(deployments, object('odd', 'shop', { kind: 7 }))
  const one = await taken(asking, { kinds: ['pods', 'deployments'] })
  t.strictSame(covers(one), ['namespaces.*.Pod'])
  t.match(one.notes, [{ message: '`kind` must be a string, found a number', file: '/apis/apps/v1/deployments' }])
})

t.test('whatever goes wrong, nothing is covered that was not listed whole', async (t) => {
  const { fake, asking } = await cluster()
  t.teardown(fake.close)
  const whole = await taken(asking)
  const fault = fc.constantFrom<Misfortune>(
    ...([
      'none',
      'none',
      'none',
      'none',
      'forbidden',
      'gone',
      'busy',
      'unavailable',
      'cut',
      'garbage',
      'half',
    ] as const),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 60 }), async (faults) => {
      const left = [...faults]
      fake.misfortune = () => left.shift() ?? 'none'
      const one = await taken(asking).catch((error: unknown) => error)
      if (one instanceof Fault) {
        t.equal(one.code, 'CLUSTER_UNAVAILABLE')
        return
      }
      const { state, refused, covers: covered = [] } = one as Taken
      for (const pattern of whole.covers ?? []) {
        const isCovered = covered.some((other) => formatPattern(other) === formatPattern(pattern))
        const isRefused = refused.some(({ path }) => formatPattern(path) === formatPattern(pattern))
        // A group that nobody knows of is neither.
        if (isCovered && isRefused) t.fail(`${formatPattern(pattern)} is both`)
        const [top, second, last] = pattern.map(String)
        const kind = (top === 'cluster' ? second : last) ?? ''
        const places =
          top === 'cluster' ? [['cluster', kind]] : ['shop', 'bank'].map((namespace) => ['namespaces', namespace, kind])
        for (const place of places) {
          const seen = names({ ...whole, state }, ...place)
          if (isCovered || seen.length > 0) t.strictSame(seen, isCovered ? names(whole, ...place) : [], place.join('.'))
        }
      }
    }),
    { numRuns: 40 },
  )
})
