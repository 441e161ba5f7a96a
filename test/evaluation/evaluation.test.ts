import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createAcceptance, type Acceptance } from '../../src/acceptance/acceptance.ts'
import type { EngineOptions } from '../../src/engine/engine.ts'
import type { CheckAnswer, Coverage, Fragments, SeparablePattern } from '../../src/engine/protocol.ts'
import { Fault } from '../../src/errors.ts'
import { createEvaluation, type Evaluation } from '../../src/evaluation/evaluation.ts'
import type { Help } from '../../src/evaluation/shares.ts'
import { wholeOf } from '../../src/evaluation/division/whole.ts'
import { noMemory, type Memory } from '../../src/memory/memory.ts'
import { processMemory } from '../../src/memory/process-memory.ts'
import type { DataObject } from '../../src/model/data.ts'
import type { ObservedState } from '../../src/observation/cut.ts'
import { dividingEngine, type DividingEngine, type Wanted } from '../support/dividing-engine.ts'

const fragments: Fragments = {
  files: [{ name: 'a/a.cue', text: 'services: [string]: replicas: >=2\n', team: 'a' }],
  parts: [{ kind: 'package', team: 'a', dir: 'a' }],
  tags: {},
  limits: [],
}
const limits: EngineOptions = { deadlineMs: 30_000, subject: 'a test' }
const everywhere: readonly Coverage[] = [{ path: [], status: 'covered' }]

function observedOf(state: DataObject, more: Partial<ObservedState> = {}): ObservedState {
  return { state, coverage: everywhere, contested: [], masked: [], ...more }
}

const acceptance = createAcceptance({ size: 1 })
t.teardown(() => acceptance.close())

function evaluationOf(
  engine: DividingEngine,
  given: { memory?: Memory; acceptance?: Acceptance; clock?: () => number; fewest?: number } = {},
): Evaluation {
  return createEvaluation({ engine, acceptance, memory: noMemory, clock: () => performance.now(), fewest: 0, ...given })
}

function request(observed: ObservedState, environment = 'prod') {
  return { environment, fragments, observed, drift: true }
}

async function plainAnswer(wanted: Wanted, observed: ObservedState): Promise<CheckAnswer> {
  return dividingEngine(wanted).check({ fragments, observed: wholeOf(observed), drift: true }, limits)
}

const good = { replicas: 3 }
const bad = { replicas: 1 }

t.test('only what schemas refuse is asked about, together with the rest', async (t) => {
  const engine = dividingEngine()
  const observed = observedOf({ services: { a: good, b: bad, c: good }, docs: [good, bad, good, {}] })
  const answer = await evaluationOf(engine).check(request(observed), limits)
  t.same(answer, await plainAnswer({}, observed), 'what the engine answers to the whole')
  t.same(
    answer.findings.map(({ at }) => at),
    ['docs[1].replicas', 'docs[3].replicas', 'owner', 'services.b.replicas'],
  )
  t.same(answer.findings[0]?.reads, [['docs', '1', 'replicas'], ['owner']])
  t.same(answer.findings[1]?.alternatives?.[0]?.path, ['docs', '3', 'replicas'])
  t.strictSame(engine.asked, [['b', '0', '1']])
  t.equal(engine.plans, 1)
})

t.test(
  'small states, those that are asked for as a whole, and engines without plans take the plain check',
  async (t) => {
    const observed = observedOf({ services: { a: good, b: bad } })
    const engine = dividingEngine()
    await evaluationOf(engine, { fewest: 50 }).check(request(observed), limits)
    await evaluationOf(engine).check({ ...request(observed), whole: true }, limits)
    t.strictSame([engine.asked, engine.plans], [['whole', 'whole'], 0])
    const planless = dividingEngine()
    delete planless.plan
    await evaluationOf(planless).check(request(observed), limits)
    t.strictSame(planless.asked, ['whole'])
  },
)

t.test('constants of a named entity are compared; one that is not there is asked about', async (t) => {
  const wanted = { a: 3, b: 4, z: 5 }
  const observed = observedOf({ owner: 'x', services: { a: good, b: good, c: good } })
  const engine = dividingEngine(wanted)
  const answer = await evaluationOf(engine).check(request(observed), limits)
  t.same(answer, await plainAnswer(wanted, observed))
  t.same(
    answer.findings.map(({ kind, at }) => [kind, at]),
    [
      ['conflict', 'services.b'],
      ['missing', 'services.z'],
    ],
  )
  t.strictSame(engine.asked, [['b']])
  const nowhere = observedOf({ owner: 'x', docs: [good] })
  t.same(
    (await evaluationOf(engine).check(request(nowhere), limits)).findings.length,
    3,
    'named entities of a collection that is not there stay with the rest',
  )
})

t.test('what is not covered, masked or contested is never accepted', async (t) => {
  const state = { owner: 'x', services: { a: good, b: good } }
  const asked = async (more: Partial<ObservedState>, given: DataObject = state): Promise<unknown> => {
    const engine = dividingEngine()
    const observed = observedOf(given, more)
    t.same(await evaluationOf(engine).check(request(observed), limits), await plainAnswer({}, observed))
    return engine.asked[0]
  }
  t.same(await asked({ masked: [['services', 'b', 'image']] }), ['b'])
  t.same(await asked({ contested: [{ path: ['services', 'b', 'image'], values: ['1', '2'] }] }), ['b'])
  t.same(await asked({ contested: [{ path: ['services', 'c'], values: ['1', '2'] }] }), [], 'not there, but kept')
  t.same(await asked({ masked: [['services']] }), 'whole', 'the collection itself')
  t.same(await asked({ coverage: [{ path: ['services', 'a'], status: 'covered' }] }), 'whole')
  const refused: Coverage = { path: ['services', 'a', 'x'], status: 'refused', reason: 'no' }
  t.same(await asked({ coverage: [...everywhere, refused] }), 'whole')
  t.same(await asked({ coverage: [...everywhere, { ...refused, path: ['docs', null] }] }), [])
  t.same(await asked({}, { services: { '[]': good, a: bad } }), 'whole', 'a label that looks like a pattern')
  t.same(await asked({}, { services: { 'e\u0301': good, é: bad } }), 'whole', 'labels that are one for CUE')
  t.same(await asked({}, { services: { a: good }, 'e\u0301': 1 }), 'whole')
  t.same(await asked({}, { services: [good], docs: [good] }), ['0'], 'another shape is of the rest')
  t.same(await asked({}, { services: [good] }), 'whole')
})

t.test('numbers that JavaScript does not hold, and hostile labels, are for the engine', async (t) => {
  const engine = dividingEngine()
  const hidden: DataObject = Object.assign(Object.create(null), { replicas: 0 })
  const bare: DataObject = Object.create(null)
  Object.defineProperty(bare, '__proto__', { value: good, enumerable: true })
  const services: DataObject = Object.assign(Object.create(null), { a: { replicas: 3n }, b: bare, constructor: hidden })
  const observed = observedOf({ owner: 'x', services })
  const answer = await evaluationOf(engine).check(request(observed), limits)
  t.strictSame(engine.asked, [['a', 'b', 'constructor']])
  t.same(
    answer.findings.map(({ kind, path }) => [kind, path]),
    [
      ['missing', ['services', 'b', 'replicas']],
      ['mismatch', ['services', 'constructor', 'replicas']],
    ],
  )
})

t.test(
  'of entities that are equal but for their labels one is asked about, unless what is said names it',
  async (t) => {
    const services = Object.fromEntries(['a', 'b', 'c', 'd-1', 'true'].map((label) => [label, bad]))
    const observed = observedOf({ owner: 'x', services })
    const plain = await plainAnswer({}, observed)
    const engine = dividingEngine()
    t.same(await evaluationOf(engine).check(request(observed), limits), plain)
    t.strictSame(engine.asked, [['a'], ['d-1', 'true']], 'where labels are written otherwise each is asked about')

    const named = dividingEngine()
    named.after = (answer) => ({
      ...answer,
      findings: answer.findings.map((one) => ({ ...one, message: `${one.at} is wrong` })),
    })
    const answer = await evaluationOf(named).check(request(observed), limits)
    t.strictSame(named.asked, [['a'], ['b', 'c', 'd-1', 'true']])
    t.same(
      answer.findings.map(({ message }) => message),
      ['services.a', 'services.b', 'services.c', 'services."d-1"', 'services.true'].map(
        (at) => `${at}.replicas is wrong`,
      ),
    )

    const reading = dividingEngine({}, { readsLabel: true })
    await evaluationOf(reading).check(request(observed), limits)
    t.strictSame(reading.asked, [['a', 'b', 'c', 'd-1', 'true']])

    const blind = dividingEngine({}, { sight: { replicas: true } })
    await evaluationOf(blind).check(
      request(observedOf({ services: { a: { ...bad, name: 'a' }, b: { ...bad, name: 'b' }, c: {} } })),
      limits,
    )
    t.strictSame(blind.asked, [['a', 'c']], 'what no constraint sees does not tell them apart')
  },
)

t.test('an open evaluation looks only at what changed', async (t) => {
  const memory = processMemory()
  const engine = dividingEngine()
  const judged: number[] = []
  const counting: Acceptance = {
    accepted: async (rules, entities, options) => {
      const all = [...entities]
      judged.push(all.length)
      return acceptance.accepted(rules, all, options)
    },
    atOnce: () => undefined,
    close: async () => undefined,
  }
  const evaluation = evaluationOf(engine, { memory, acceptance: counting })
  const check = (services: DataObject, owner: string): Promise<CheckAnswer> =>
    evaluation.check(request(observedOf({ owner, services })), limits)
  await check({ a: good, b: bad, c: good }, 'x')
  t.strictSame([judged, engine.asked, engine.plans], [[3], [['b']], 1])
  await check({ a: good, b: bad, c: good }, 'x')
  t.strictSame([judged, engine.asked, engine.plans], [[3], [['b']], 1], 'nothing')
  await check({ a: good, b: bad, c: { replicas: 4 } }, 'x')
  t.strictSame([judged, engine.asked], [[3, 1], [['b']]], 'an entity that is accepted')
  await check({ a: { replicas: 0 }, b: bad, c: { replicas: 4 } }, 'x')
  t.strictSame(
    [judged, engine.asked],
    [
      [3, 1, 1],
      [['b'], ['a']],
    ],
    'one that is not',
  )
  await check({ a: { replicas: 0 }, b: bad, c: { replicas: 4 } }, 'y')
  t.strictSame(
    [judged, engine.asked],
    [
      [3, 1, 1],
      [['b'], ['a'], []],
    ],
    'the rest',
  )

  const other = dividingEngine()
  const second = evaluationOf(other, { memory })
  const state = observedOf({ owner: 'x', services: { a: good, b: bad, q: bad } })
  t.same(await second.check(request(state), limits), await plainAnswer({}, state))
  t.strictSame([other.asked, other.plans], [[], 0], 'memory knows plan, rest and results, under other labels too')
  const changed = { ...fragments, tags: { x: '1' } }
  await second.check({ ...request(state), fragments: changed }, limits)
  t.strictSame([other.asked, other.plans], [[['b']], 1], 'of other fragments it knows nothing')
})

t.test('a memory that holds nonsense costs its help only', async (t) => {
  const state = observedOf({ services: { a: good, b: bad } })
  for (const text of ['', '{', 'null', '[]', '{}', '{"path":[],"findings":[]}', '{"path":3}', '"own"']) {
    const memory: Memory = { ...noMemory, recall: async (keys) => new Map(keys.map((key) => [key, text])) }
    const answer = await evaluationOf(dividingEngine(), { memory }).check(request(state), limits)
    if (text !== '[]') t.same(answer, await plainAnswer({}, state), text)
  }
})

t.test('an answer that is not as the plan promises leads to the plain check', async (t) => {
  const observed = observedOf({ services: { a: good, b: bad } })
  const plain = await plainAnswer({}, observed)
  const strange: readonly ((answer: CheckAnswer) => CheckAnswer)[] = [
    (answer) => ({
      ...answer,
      findings: answer.findings.map((one) => ({ ...one, path: ['services', 'a', 'replicas'] })),
    }),
    (answer) => ({ ...answer, findings: answer.findings.map((one) => ({ ...one, kind: 'unreadable' })) }),
    () => {
      throw new Fault('ENGINE_CRASHED', 'boom')
    },
  ]
  for (const after of strange) {
    const engine = dividingEngine()
    engine.after = after
    t.same(await evaluationOf(engine).check(request(observed), limits), plain)
    t.strictSame(engine.asked.at(-1), 'whole')
  }
  const crossing = dividingEngine()
  crossing.planned = (plan) => ({ ...plan, separable: [] })
  t.same(await evaluationOf(crossing).check(request(observed), limits), plain)
})

t.test('all steps share one deadline, without the time in queues', async (t) => {
  let now = 0
  const observed = observedOf({ services: { a: bad } })
  const engine = dividingEngine()
  const given: number[] = []
  const plan = engine.plan?.bind(engine)
  engine.plan = async (request, options) => {
    now += 1000 // in a queue
    options.dispatched?.()
    now += 400
    if (plan === undefined) throw new Error('no plan')
    return plan(request, options)
  }
  engine.before = (_, options) => {
    given.push(options.deadlineMs)
  }
  const none: Acceptance = { accepted: async () => new Set(), atOnce: () => undefined, close: async () => undefined }
  const evaluation = evaluationOf(engine, { acceptance: none, clock: () => now })
  await evaluation.check(request(observed), { ...limits, deadlineMs: 1000 })
  t.strictSame(given, [600])

  engine.before = () => {
    throw new Fault('ENGINE_DEADLINE', 'a test: no answer within 0.6 s')
  }
  await t.rejects(
    evaluationOf(engine, { acceptance: none, clock: () => now }).check(request(observed), {
      ...limits,
      deadlineMs: 1000,
    }),
    { code: 'ENGINE_DEADLINE', message: /^a test: no answer within 1 s;/ },
    'the words are of the deadline that was asked for',
  )
})

t.test('many entities are asked about in batches, as many at a time as the engine can', async (t) => {
  const services = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [`s${i}`, { replicas: 1, i, l: [1, 2, 3] }]),
  )
  const observed = observedOf({ services })
  const engine = dividingEngine()
  let [now, most] = [0, 0]
  engine.before = async () => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setImmediate(resolve))
    now--
  }
  t.same(await evaluationOf(engine).check(request(observed), limits), await plainAnswer({}, observed))
  t.equal(engine.asked.length, 2)
  t.equal(most, 2)
  t.equal(engine.asked.flat().length, 3000)
})

t.test('every division of random states answers what the engine answers to the whole', async (t) => {
  const replicas = fc.constantFrom<DataObject>(good, bad, {}, { replicas: 2 }, { replicas: '3' }, { replicas: 2.5 })
  const label = fc.constantFrom('a', 'b', 'c', 'd', 'e-1', '0', '__proto__')
  const mark = fc.constantFrom(
    ['services', 'a', 'x'],
    ['services', 'q'],
    ['docs', '1', 'replicas'],
    ['owner'],
    ['docs'],
  )
  const state = fc.record({
    owner: fc.option(fc.constant('x'), { nil: undefined }),
    services: fc.dictionary(label, replicas),
    docs: fc.array(replicas, { maxLength: 5 }),
    masked: fc.uniqueArray(mark, { maxLength: 2, selector: String }),
    coverage: fc.constantFrom<readonly Coverage[]>(everywhere, [{ path: ['services'], status: 'covered' }], []),
  })
  const wanted = fc.dictionary(fc.constantFrom('a', 'b', 'e-1', 'z'), fc.constantFrom(1, 2, 3))
  const pattern = fc.constantFrom<Partial<SeparablePattern>>({}, { readsLabel: true }, { sight: { replicas: true } })
  await fc.assert(
    fc.asyncProperty(wanted, pattern, fc.array(state, { minLength: 1, maxLength: 4 }), async (named, how, states) => {
      const evaluation = evaluationOf(dividingEngine(named, how), { memory: processMemory() })
      for (const { owner, services, docs, masked, coverage } of states) {
        const data = { ...(owner === undefined ? {} : { owner }), services, docs }
        const observed = observedOf(data, { masked, coverage })
        assert.deepEqual(await evaluation.check(request(observed), limits), await plainAnswer(named, observed))
      }
    }),
    { numRuns: 120 },
  )
  t.pass('120 sequences of states')
})

t.test(
  'shares of a large check are worked out by others into the same memory, and the answer is the same',
  async (t) => {
    const services = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`s${index}`, { replicas: 1, values: Array(4800).fill(index) }]),
    )
    const observed = observedOf({ owner: 'x', services })
    const memory = processMemory()
    const engines = [dividingEngine(), dividingEngine(), dividingEngine()]
    const [ours, ...others] = engines.map((engine) => evaluationOf(engine, { memory }))
    const begun: number[] = []
    const help: Help = {
      begin: async (most) => {
        begun.push(most)
        const shares = others.map((other, index) =>
          other.prepare(request(observed), { index: index + 1, of: 3 }, limits),
        )
        return { of: 3, finished: async () => void (await Promise.all(shares)) }
      },
    }
    const answer = await ours?.check({ ...request(observed), help }, limits)
    t.same(answer, await plainAnswer({}, observed))
    t.same(begun, [3], 'as many as are worth it')
    const asked = engines.map(({ asked }) => asked.flat().filter((label) => label !== 'rest'))
    t.ok(
      asked.every((labels) => labels.length > 0),
      'each did something',
    )
    t.equal(asked.flat().length, 40, 'and nobody what another did')
    await evaluationOf(dividingEngine(), { memory }).check({ ...request(observed), help }, limits)
    t.equal(begun.length, 1, 'nobody is asked about what is known')
  },
)

t.test('what others leave undone is done here', async (t) => {
  const services = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`s${index}`, { replicas: 1, values: Array(4800).fill(index) }]),
  )
  const observed = observedOf({ owner: 'x', services })
  const help: Help = { begin: async () => ({ of: 5, finished: async () => undefined }) }
  const engine = dividingEngine()
  const answer = await evaluationOf(engine, { memory: processMemory() }).check({ ...request(observed), help }, limits)
  t.same(answer, await plainAnswer({}, observed))
  t.ok(engine.asked.length > 1)
  const planless = dividingEngine()
  delete planless.plan
  await evaluationOf(planless).prepare(request(observed), { index: 1, of: 2 }, limits)
  t.same(planless.asked, [], 'what cannot be divided has no shares')
})
