import fc from 'fast-check'
import t from 'tap'
import { Fault } from '../../../../src/errors.ts'
import type { WorkspaceEvent } from '../../../../src/model/event.ts'
import { makeCheck } from '../../../../src/operations/stored/checks/make-check.ts'
import { createService, type Service } from '../../../../src/service.ts'
import { storedService } from '../../../support/stored-service.ts'

const { service, options, jobs, clock } = await storedService(t)
const asker = { by: 'test' }

const document = (name: string) => `workspace: ${name}
teams: { sre: { fragments: [./sre] } }
observations:
  - { files: [], observer: a, maxAge: 10m }
  - { files: [], observer: b, maxAge: 20m }
`
const rules = `package sre
services: [string]: replicas: >=2
services: web: image: string
`

async function workspace(name: string): Promise<void> {
  clock.now = new Date('2026-05-04T09:30:00Z')
  await service.putWorkspace({ workspace: name, document: Buffer.from(document(name)), asker })
  await service.publish({
    workspace: name,
    team: 'sre',
    files: { texts: [['sre/rules.cue', rules]] },
    asker,
  })
}

const snapshot = (observer: string, sequence: number, minute: number, state: object, more: object = {}) => ({
  snapshot: 1,
  observer,
  sequence,
  observedAt: `2026-05-04T09:${minute}:00Z`,
  environment: 'default',
  ...more,
  state: { ...state },
})

async function record(name: string, ...sent: readonly object[]): Promise<void> {
  const data = sent.map((one) => JSON.parse(JSON.stringify(one)))
  const given = { workspace: name, sent: data, may: () => true, deadlineMs: 10_000, by: 'test' }
  for await (const result of service.recordSnapshots(given)) if (result.result === 'refused') throw result.fault
}

const check = (name: string) => service.makeCheck({ workspace: name, environment: 'default' })

const standing = async (name: string) => {
  const input = { workspace: name, filter: {}, known: 'then', deadlineMs: 10_000 } as const
  const { items } = await service.listFindings(input, { limit: 100 })
  return items.map(({ fingerprint, message, observations, conjuncts }) => ({
    fingerprint,
    message,
    observations,
    conjuncts,
  }))
}

async function happened(name: string): Promise<readonly WorkspaceEvent[]> {
  const { items } = await service.listEvents({ workspace: name, limit: 1000 })
  return items.toReversed()
}

t.test('what an earlier apply set and nobody asks for any more is found while it is there', async (t) => {
  clock.now = new Date('2026-05-04T09:30:00Z')
  await service.putWorkspace({
    workspace: 'applied',
    document: Buffer.from(
      'workspace: applied\nteams: { app: { fragments: [{ path: ./app.yaml, as: kubernetes }] } }\n',
    ),
    asker,
  })
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { k: 'x' } }
  const texts = [['app.yaml', JSON.stringify(manifest)]] as const
  await service.publish({ workspace: 'applied', team: 'app', files: { texts }, asker })
  const live = (data: object) => {
    const applied = JSON.stringify({ ...manifest, data: { k: 'x', old: 'y' } })
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': applied }
    return {
      adapter: 'kubernetes',
      observer: 'a',
      state: { ...manifest, metadata: { ...manifest.metadata, annotations }, data },
    }
  }
  await record('applied', { ...live({ k: 'x', old: 'y' }), environment: 'default' })
  await check('applied')
  t.match(await standing('applied'), [{ message: /^set by an earlier apply \(`kubectl`\)/ }])
  await record('applied', { ...live({ k: 'x' }), environment: 'default' })
  await check('applied')
  t.strictSame(await standing('applied'), [])
})

t.test('in whatever order snapshots arrive, and how often, the newest findings and verdict are the same', async (t) => {
  const web = (replicas: number, more: object = {}) => ({ services: { web: { replicas, image: 'w', ...more } } })
  const all = [
    snapshot('a', 1, 20, web(1)),
    snapshot('a', 2, 21, web(3), { covers: ['services.web'] }),
    snapshot('a', 3, 22, { services: { api: { replicas: 1 } } }, { covers: ['services.api'] }),
    snapshot('b', 1, 23, web(2), { seen: { a: 2 } }),
    snapshot('b', 2, 24, web(2, { image: 5 }), { covers: ['services.web'], seen: { a: 1 } }),
    snapshot('a', 4, 25, web(2), { covers: ['services.web'], seen: { b: 1 } }),
  ]
  await workspace('in-order')
  await record('in-order', ...all)
  const checked = await check('in-order')
  const expected = { findings: await standing('in-order'), verdict: checked?.verdict, pending: false }
  t.equal(expected.findings.length, 2)
  let runs = 0
  const arrival = fc.tuple(
    fc.shuffledSubarray(all, { minLength: all.length }),
    fc.array(fc.constantFrom(...all), { maxLength: 3 }),
    fc.infiniteStream(fc.boolean()),
  )
  await fc.assert(
    fc.asyncProperty(arrival, async ([shuffled, again, checked]) => {
      runs += 1
      const name = `run-${runs}`
      await workspace(name)
      for (const one of [...shuffled, ...again]) {
        await record(name, one)
        if (checked.next().value === true) await check(name)
      }
      await check(name)
      const [verdict] = (await service.verdictAt({ workspace: name, known: 'then', deadlineMs: 1 })).environments
      const { pending } = verdict ?? {}
      t.strictSame({ findings: await standing(name), verdict: verdict?.verdict, pending }, expected)
    }),
    { numRuns: 5 },
  )
})

t.test('what says the same is not kept, and nothing is left to do', async (t) => {
  await workspace('same')
  await record('same', snapshot('a', 1, 29, { services: { web: { replicas: 2, image: 'w' } } }))
  const first = await check('same')
  t.match(first, {
    check: 1,
    verdict: 'conforms',
    cause: { kind: 'revision', revision: 2 },
    holdsUntil: '2026-05-04T09:39:00.000Z',
  })
  const before = await happened('same')
  t.equal(await check('same'), undefined, 'nothing is due')
  t.match(await service.requestChecks({ workspace: 'same', deadlineMs: 10_000, by: 'me' }), { checks: [{ check: 1 }] })
  t.strictSame(await happened('same'), before)
  t.strictSame(await options.store.checks.due(), [])
  await record('same', snapshot('a', 2, 30, { services: { web: { replicas: 2, image: 'w' } } }))
  t.match(await check('same'), {
    check: 2,
    since: first?.at,
    change: { added: 0, gone: 0 },
    cause: { kind: 'snapshot', sequence: 2 },
  })
})

t.test('silence: what was seen grows too old, and that is an event of its own', async (t) => {
  await workspace('silent')
  await record(
    'silent',
    snapshot('a', 1, 29, { services: { web: { replicas: 2, image: 'w' } } }),
    snapshot('b', 1, 29, { racks: {} }, { covers: ['racks'] }),
  )
  await check('silent')
  jobs.length = 0
  clock.now = new Date('2026-05-04T09:39:00Z')
  t.equal(await check('silent'), undefined, 'just not yet')
  t.strictSame(jobs, ['check silent/default'], 'the queue is asked for later')
  clock.now = new Date('2026-05-04T09:39:01Z')
  t.match(await check('silent'), {
    verdict: 'undecided',
    cause: { kind: 'silence' },
    holdsUntil: '2026-05-04T09:49:00.000Z',
  })
  const events = (await happened('silent')).slice(-4)
  t.match(events, [
    { kind: 'stale', observer: 'a', sequence: 1 },
    { kind: 'check', cause: { kind: 'silence' }, change: { added: 1, gone: 0, undecided: 1 } },
    { kind: 'verdict', before: 'conforms', after: 'undecided' },
    { kind: 'finding', change: 'opened', path: 'services' },
  ])
  clock.now = new Date('2026-05-04T09:50:00Z')
  await check('silent')
  const stale = (await happened('silent')).filter(({ kind }) => kind === 'stale')
  t.match(stale, [{ observer: 'a' }, { observer: 'b' }], 'each once')
  await record('silent', snapshot('a', 2, 49, { services: { web: { replicas: 2, image: 'w' } } }))
  t.match(await check('silent'), { verdict: 'conforms', change: { gone: 1 } })
})

t.test('a check that was overtaken is not kept', async (t) => {
  await workspace('overtaken')
  await record('overtaken', snapshot('a', 1, 29, { services: { web: { replicas: 1, image: 'w' } } }))
  const { congruent } = options
  const slow = createService({
    ...options,
    congruent: {
      ...congruent,
      check: async (input) => {
        const result = await congruent.check(input)
        await record('overtaken', snapshot('a', 2, 30, { services: { web: { replicas: 2, image: 'w' } } }))
        await check('overtaken')
        return result
      },
    },
  })
  t.match(await slow.makeCheck({ workspace: 'overtaken', environment: 'default' }), { check: 1, verdict: 'conforms' })
  t.strictSame(await standing('overtaken'), [])
  t.strictSame(await options.store.checks.due(), [])
})

t.test('a fault keeps a check that says so, and what stood stays', async (t) => {
  await workspace('faulty')
  await record('faulty', snapshot('a', 1, 29, { services: { web: { replicas: 1, image: 'w' } } }))
  await check('faulty')
  const stood = await standing('faulty')
  t.equal(stood.length, 1)
  const failing = (fault: Fault): Service =>
    createService({ ...options, congruent: { ...options.congruent, check: () => Promise.reject(fault) } })
  const order = { workspace: 'faulty', environment: 'default' }
  await record('faulty', snapshot('a', 2, 30, {}))
  await t.rejects(failing(new Fault('STORE_UNAVAILABLE', 'gone')).makeCheck(order), { code: 'STORE_UNAVAILABLE' })
  t.match(await options.store.checks.due(), [{ workspace: 'faulty' }], 'it is still due')
  jobs.length = 0
  const fault = new Fault('ENGINE_MEMORY', 'too large')
  t.match(await failing(fault).makeCheck(order), { verdict: 'undecided', fault: { code: 'ENGINE_MEMORY' } })
  t.strictSame(jobs, ['check faulty/default'], 'it is tried once more')
  t.strictSame(await standing('faulty'), stood)
  t.strictSame(await options.store.checks.due(), [])
  t.match(await check('faulty'), { verdict: 'violates', change: { gone: 1, added: 1 } })
})

t.test('nothing is checked that is gone', async (t) => {
  await workspace('gone')
  await service.putWorkspace({
    workspace: 'gone',
    document: Buffer.from(`${document('gone')}environments: { x: {} }\n`),
    asker,
  })
  t.equal(await check('gone'), undefined)
  t.match(await options.store.checks.due(), [{ workspace: 'gone', environment: 'x' }])
  await service.deleteWorkspace({ workspace: 'gone', asker })
  t.equal(await check('gone'), undefined)
  t.equal(
    await makeCheck(
      { ...options, checkDeadlineMs: 1000, sourceOf: () => Promise.reject(new Error('nothing is read')) },
      { workspace: 'never', environment: 'x' },
    ),
    undefined,
  )
})

t.test('a check is made again when an exemption ends', async (t) => {
  await workspace('excused')
  await service.putWorkspace({
    workspace: 'excused',
    document: Buffer.from(`${document('excused').replaceAll(/, maxAge: \d+m/g, '')}exemptions: [e.yaml]\n`),
    asker,
  })
  const texts = [
    ['e.yaml', 'exemptions: [{ id: E, rule: "*", path: services.web, owner: sre, reason: r, expires: 2026-05-05 }]\n'],
  ] as const
  await service.publish({ workspace: 'excused', files: { texts: [...texts] }, asker })
  await record('excused', snapshot('a', 1, 29, { services: { web: { replicas: 1, image: 'w' } } }))
  t.match(await check('excused'), {
    verdict: 'conforms',
    holdsUntil: '2026-05-05T23:59:59.999Z',
    counts: { exempted: 1, byOutcome: { violates: 0, none: 1 } },
  })
  jobs.length = 0
  clock.now = new Date('2026-05-05T23:59:59Z')
  t.equal(await check('excused'), undefined, 'it holds the whole day')
  t.strictSame(jobs, ['check excused/default'])
  clock.now = new Date('2026-05-06T00:00:00Z')
  t.match(await check('excused'), { verdict: 'violates', counts: { exempted: 0 }, cause: { kind: 'silence' } })
})
