import t from 'tap'
import { createCongruent, createCueGo, processMemory, type Memory } from '../../src/index.ts'
import type { Data, DataObject } from '../../src/model/data.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import type { NamedFile } from '../../src/observation/cut-request.ts'
import type { Source } from '../../src/workspace/source.ts'
import { memorySource } from '../support/memory-source.ts'
import { choices, type Choice } from '../support/random/choice.ts'

// The short way of small snapshots that come from observers, against the plain check. It asks no memory: that tells that it was taken.

const seed = Number(process.env['CONGRUENT_SEED'] ?? 1)
const cases = Number(process.env['CONGRUENT_CASES'] ?? 60)
type Files = Readonly<Record<string, string>>

const now = new Date('2026-01-01T01:00:00Z')

function countingMemory(): { readonly memory: Memory; readonly asked: () => number } {
  const memory = processMemory()
  let asked = 0
  return {
    asked: () => asked,
    memory: {
      ...memory,
      recall: (keys) => {
        asked += 1
        return memory.recall(keys)
      },
    },
  }
}

const fixed = (files: Files): Source => ({ ...memorySource(files), fixed: true })

function sent(data: DataObject, reported: NamedFile['reported'] = { observer: 'agent', adapter: 'plain' }): NamedFile {
  const bytes = Buffer.from(exactJson(data, { indent: 2 }))
  return { name: 'snapshots[0]', data, reported, read: async () => ({ ok: true, bytes }) }
}

function snapshot(state: Data, more: DataObject = {}): NamedFile {
  const said = { snapshot: 1, observer: 'agent', sequence: 3, observedAt: '2026-01-01T00:59:00Z', state, ...more }
  return sent(said, { observer: 'agent', adapter: 'snapshot' })
}

const shop: Files = {
  'congruent.yaml': `workspace: shop
teams: { platform: { fragments: [./platform], owns: [services] } }
observations:
  - { files: ["*.json"], observer: old, adapter: snapshot, maxAge: 1m }
  - { files: ["*.json"], observer: deep, at: services }
`,
  'platform/platform.cue': `package platform
services: [N=string]: {
	image!: =~"^registry/" & !~":latest$"
	replicas?: int & >=2 & <=6
	tier?: "web" | "db"
	ports?: [...{port!: >=1024, ...}]
	probe?: {path!: =~"^/", every?: int}
	own?: N | "web" | "api"
	...
}
`,
}

/** Values for a field, those that are right first: one field in twelve is wrong, or not there. */
const fields: Readonly<Record<string, readonly Data[]>> = {
  image: ['registry/web:1', 'registry/a/b:2.0', 'other/web:1', 'registry/web:latest', 7],
  replicas: [2, 3, 6, 7, 2.5, '3'],
  tier: ['web', 'db', 'cache', null],
  ports: [[], [{ port: 8080 }], [{ port: 8443, name: 'tls' }, { port: 1024 }], [{ port: 80 }], [{}], 8080],
  probe: [{ path: '/' }, { path: '/ready', every: 5 }, { path: 'ready' }, {}],
  own: ['web', 'api', 'x'],
  note: ['', 'é', { deep: [1, [2, { a: null }]] }, 0.25],
}

function serviceOf(choice: Choice): DataObject {
  const entries = Object.entries(fields).flatMap(([name, values]) => {
    if (choice.percent(2)) return []
    return [[name, choice.of(choice.percent(92) ? values.slice(0, 2) : values)] as const]
  })
  return Object.fromEntries(entries)
}

t.test('a small snapshot is answered at once as it is by the whole check', async (t) => {
  const { memory, asked } = countingMemory()
  const short = createCongruent({ engine: createCueGo({ size: 1 }), memory, fewest: 1 })
  t.teardown(() => short.close())
  const source = fixed(shop)
  const choice = choices(seed)
  let quick = 0
  let conforming = 0
  for (let index = 0; index < cases; index++) {
    const labels = choice.some(['web', 'api', 'a.b', 'x'], 40)
    const state = { services: Object.fromEntries(labels.map((label) => [label, serviceOf(choice)])) }
    const input = { source, now, files: [choice.percent(50) ? sent(state) : snapshot(state)] }
    const expected = await short.check({ ...input, whole: true })
    if (expected.report.verdict === 'conforms') conforming += 1
    const before = asked()
    const { report } = await short.check(input)
    if (asked() === before) quick += 1
    t.same(report, expected.report, `CONGRUENT_SEED=${seed}, case ${index}`)
  }
  t.ok(quick > cases / 10 && quick < conforming && conforming < cases * 0.9, `${quick} of ${conforming} of ${cases}`)
})

t.test('whatever the envelope and the data say, the answer is that of the whole check', async (t) => {
  const { memory, asked } = countingMemory()
  const short = createCongruent({ engine: createCueGo({ size: 1 }), memory, fewest: 1 })
  t.teardown(() => short.close())
  const source = fixed(shop)
  const web = { image: 'registry/web', replicas: 3 }
  const fine = { services: { web } }
  const isQuick = async (file: NamedFile, name: string): Promise<boolean> => {
    const whole = await short.check({ source, now, files: [file], whole: true })
    await short.check({ source, now, files: [file] })
    const before = asked()
    const { report } = await short.check({ source, now, files: [file] })
    t.same(report, whole.report, name)
    return asked() === before
  }
  t.ok(await isQuick(snapshot(fine), 'a snapshot'))
  t.ok(await isQuick(sent(fine), 'a plain document'))
  for (const [name, file] of Object.entries({
    'another environment': snapshot(fine, { environment: 'prod' }),
    'part of the state': snapshot(fine, { covers: ['services'] }),
    'what others saw': snapshot(fine, { seen: { other: 2 } }),
    'an observer with an age': sent(
      { snapshot: 1, observer: 'old', sequence: 1, observedAt: '2026-01-01T00:00:00Z', state: fine },
      { observer: 'old', adapter: 'snapshot' },
    ),
    'an observer with a place': sent({ web }, { observer: 'deep', adapter: 'plain' }),
    'an entity of a hidden name': snapshot({ services: { _web: web } }),
    'a label that every object inherits': snapshot(JSON.parse('{"services":{"__proto__":{"image":1}}}')),
    'a place of its own': sent({ web }, { observer: 'x', adapter: 'plain', at: 'services' }),
  }))
    await isQuick(file, name)
  for (const [name, file] of Object.entries({
    'a violation': snapshot({ services: { web: { image: 'other/web' } } }),
    'a number beyond what JavaScript holds': snapshot({ services: { web: { ...web, size: 2n ** 70n } } }),
    'a label of another spelling': snapshot({ services: { web: { ...web, 'e\u0301': 1 } } }),
  }))
    t.notOk(await isQuick(file, name), name)
})

t.test('exemptions are no obstacle while there is nothing to say of them, and are until they end', async (t) => {
  const { memory, asked } = countingMemory()
  const short = createCongruent({ engine: createCueGo({ size: 1 }), memory, fewest: 1 })
  t.teardown(() => short.close())
  const source = fixed({
    ...shop,
    'congruent.yaml': `${shop['congruent.yaml']}exemptions: [e.yaml]\n`,
    'e.yaml':
      'exemptions: [{ id: E, rule: "*", path: services.web, owner: platform, reason: moves, expires: 2026-01-01 }]\n',
  })
  const at = async (state: DataObject, now: Date, name: string): Promise<boolean> => {
    const input = { source, now, files: [snapshot(state)] }
    const whole = await short.check({ ...input, whole: true })
    await short.check(input)
    const before = asked()
    const { report, holdsUntil } = await short.check(input)
    t.same(report, whole.report, name)
    t.equal(holdsUntil, whole.holdsUntil, name)
    return asked() === before
  }
  const fine = { services: { web: { image: 'registry/web' } } }
  t.ok(await at(fine, now, 'nothing found'))
  await at(fine, new Date('2026-01-02T00:00:00Z'), 'ended')
  const wrong = { services: { web: { image: 'other/web' } } }
  await at(wrong, now, 'excused')
  await at(wrong, new Date('2026-01-01T23:59:59.999Z'), 'excused until the last moment')
  await at(wrong, new Date('2026-01-02T00:00:00Z'), 'excused no more')
})
