import t from 'tap'
import type { Circumstances as Asked, InCircumstances, SeparablePattern } from '../../src/engine/protocol.ts'
import { Budget } from '../../src/evaluation/budget.ts'
import { circumstancesOf } from '../../src/evaluation/circumstances.ts'
import { divide, type Entity } from '../../src/evaluation/division/collections.ts'
import type { Memory } from '../../src/memory/memory.ts'
import type { Data } from '../../src/model/data.ts'
import type { ObservedState } from '../../src/observation/cut.ts'
import { fakeEngine } from '../support/fake-engine.ts'

// Pods are judged by the level that their namespace asks for.

const unconditional: SeparablePattern = {
  path: ['namespaces', null, 'Pod', null],
  list: false,
  reads: [['cluster', 'Namespace', 1, 'level']],
  readsLabel: true,
  accept: [],
  named: [],
  sight: true,
  undecidable: [],
}
const pattern: SeparablePattern = { ...unconditional, conditions: { labels: [1] } }

interface Setting extends Partial<Pick<ObservedState, 'coverage' | 'masked' | 'contested'>> {
  readonly levels?: Readonly<Record<string, string>>
  readonly pods?: Readonly<Record<string, readonly string[]>>
  readonly separable?: SeparablePattern
  readonly memory?: Memory
  /** What the engine answers of each entity; default: a schema by its namespace's level. */
  readonly answer?: (asked: Asked, state: Data) => readonly InCircumstances[] | undefined
  readonly lacks?: readonly string[]
}

/** Asks once; tells what the engine was asked, too. */
async function ask({
  levels = { a: 'high', b: 'low', c: 'high' },
  pods = { a: ['one', 'two'], b: ['one'], c: ['one'] },
  memory = remembering().memory,
  answer = ({ entities }) =>
    entities.map(([, namespace = '']) => ({
      accept: [{ schema: JSON.stringify({ const: levels[namespace] ?? '' }) }],
      outcomes: levels[namespace] ?? '',
      coversLabels: true,
    })),
  lacks = [],
  ...rest
}: Setting) {
  const observed: ObservedState = {
    state: {
      cluster: {
        Namespace: Object.fromEntries(Object.entries(levels).map(([name, level]) => [name, { level, other: name }])),
      },
      namespaces: Object.fromEntries(
        Object.entries(pods).map(([name, own]) => [name, { Pod: Object.fromEntries(own.map((pod) => [pod, {}])) }]),
      ),
    },
    coverage: rest.coverage ?? [{ path: [], status: 'covered' }],
    contested: rest.contested ?? [],
    masked: rest.masked ?? [],
  }
  const asked: Asked[] = []
  const about = { digest: 'd', notes: [], separable: [rest.separable ?? pattern], crossing: [], observes: [], lacks }
  const engine = {
    ...fakeEngine(),
    plan: async ({ circumstances }: { readonly circumstances?: Asked }) => {
      if (circumstances === undefined) return about
      asked.push(circumstances)
      const cases = answer(circumstances, observed.state)
      return { ...about, ...(cases === undefined ? {} : { circumstances: cases }) }
    },
  }
  const fragments = { files: [], parts: [], tags: {}, limits: [] }
  const request = { environment: 'default', fragments, observed, drift: false }
  const division = divide(about, observed, true)
  const divided = { request, plan: about, division, readsObserved: true, thin: () => fragments }
  const entities = Array.from(division.entities.values()).flat()
  const budget = new Budget({ deadlineMs: 1000, subject: 'default' }, () => 0)
  const found = await circumstancesOf(engine, memory, divided, entities, 'base', budget)
  return { found, asked, entities, cases: new Map(entities.map((entity) => [nameOf(entity), found.caseOf(entity)])) }
}

const nameOf = ({ path }: Entity): string => `${path[1]}/${path[3]}`

function remembering(): { readonly memory: Memory; readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  const memory: Memory = {
    recall: async (keys) =>
      new Map(keys.flatMap((key) => (texts.has(key) ? [[key, texts.get(key) ?? ''] as const] : []))),
    remember: (entries) => entries.forEach(([key, text]) => texts.set(key, text)),
    flush: async () => undefined,
  }
  return { memory, texts }
}

t.test('one entity of each set of labels is asked about, with no more than is read', async (t) => {
  const { asked, cases, found } = await ask({})
  t.same(
    asked.map(({ observed, entities }) => ({ observed: JSON.parse(observed), entities })),
    [
      {
        observed: { cluster: { Namespace: { a: { level: 'high' }, b: { level: 'low' }, c: { level: 'high' } } } },
        entities: ['a', 'b', 'c'].map((namespace) => ['namespaces', namespace, 'Pod', 'one']),
      },
    ],
  )
  t.same([...cases.values()], [0, 0, 1, 2])
  t.same(found.ruled, [0, 1, 0], 'namespaces of one level share their rules')
  t.equal(found.rules.length, 2)
})

t.test('only other rules have another identity', async (t) => {
  const [first, renamed, other] = await Promise.all([
    ask({}),
    ask({ pods: { a: ['three'], b: ['four'] } }),
    ask({ levels: { a: 'high', b: 'high', c: 'high' } }),
  ])
  t.equal(first.found.id, renamed.found.id)
  t.not(first.found.id, other.found.id)
})

t.test('nothing is decided where what conditions read is not certain', async (t) => {
  const level = ['cluster', 'Namespace', 'b', 'level']
  const settings: Readonly<Record<string, Setting>> = {
    'not looked at': { coverage: [{ path: ['namespaces'], status: 'covered' }] },
    'looked at in part': { coverage: [{ path: ['cluster', 'Namespace', 'a'], status: 'covered' }] },
    refused: {
      coverage: [
        { path: [], status: 'covered' },
        { path: ['cluster', 'Namespace', 'c'], status: 'refused' },
      ],
    },
    masked: { masked: [level] },
    'masked above': { masked: [['cluster']] },
    contested: { contested: [{ path: level, values: ['"low"', '"high"'] }] },
    'hangs on nothing': { separable: unconditional },
    'elements of a list': { separable: { ...pattern, list: true } },
    'too many sets of labels': {
      pods: Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`n${index}`, ['one']])),
    },
  }
  for (const [name, setting] of Object.entries(settings)) {
    const { asked, found, cases } = await ask(setting)
    t.same([asked.length, found.cases.length, found.id], [0, 0, ''], name)
    t.notOk(
      [...cases.values()].some((one) => one !== undefined),
      name,
    )
  }
  const elsewhere = await ask({ masked: [['namespaces', 'a', 'Pod', 'one', 'token']], contested: [] })
  t.equal(elsewhere.asked.length, 1, 'what is masked elsewhere is in no way')
})

t.test('what fragments say of an entity by name is not among the cases', async (t) => {
  const named = [{ path: ['namespaces', 'a', 'Pod', 'one'] }]
  const { cases, asked } = await ask({ separable: { ...pattern, named } })
  t.equal(cases.get('a/one'), undefined)
  t.equal(cases.get('a/two'), 0)
  t.same(asked[0]?.entities[0], ['namespaces', 'a', 'Pod', 'two'])
})

t.test('cases are remembered for as long as nothing that is read changes', async (t) => {
  const { memory, texts } = remembering()
  const first = await ask({ memory })
  t.equal(texts.size, 1)
  const again = await ask({ memory })
  t.same([again.asked.length, again.found.id, again.found.cases], [0, first.found.id, first.found.cases])
  const changed = await ask({ memory, levels: { a: 'low', b: 'low', c: 'high' } })
  t.equal(changed.asked.length, 1)
  t.same(changed.found.ruled, [0, 0, 1])
  for (const text of ['', 'null', '[]', '[1,2,3]', '[{"outcomes":""}]']) {
    for (const key of texts.keys()) texts.set(key, text)
    t.equal((await ask({ memory })).asked.length, 1, `remembered: ${text}`)
  }
})

t.test('an answer that does not fit decides nothing; one that lacks something is not kept', async (t) => {
  for (const answer of [() => undefined, () => [], () => [{ accept: [], outcomes: '', coversLabels: false }]]) {
    const { found } = await ask({ answer })
    t.same([found.id, found.cases], ['', []])
  }
  const { memory, texts } = remembering()
  const { found } = await ask({ memory, lacks: ['conditions'] })
  t.equal(found.cases.length, 3)
  t.equal(texts.size, 0)
})
