import t from 'tap'
import type { EngineOptions } from '../../src/engine/engine.ts'
import { HereFirst } from '../../src/engine/here-first.ts'
import type { HereLimits } from '../../src/engine/here-first.ts'
import type { Asked } from '../../src/engine/pooled-engine.ts'
import type { Responder } from '../../src/engine/pool/serve.ts'

const options: EngineOptions = { deadlineMs: 60_000, subject: 'x' }

/** An engine here that says `here:` before what it was asked, before a pool that says `pool:`. */
function before(given: {
  readonly limits?: Partial<HereLimits>
  readonly start?: () => Responder
  readonly answer?: (text: string) => string
  readonly bytes?: number
  readonly prepare?: () => Promise<unknown>
}) {
  const events: string[] = []
  let now = 0
  const pool: Asked = {
    size: 3,
    ask: async (text) => `pool:${text}`,
    warm: () => void events.push('warm'),
    close: async () => void events.push('closed'),
  }
  const responder: Responder = {
    hello: '',
    answer: (text) => {
      now += 400
      return given.answer?.(text) ?? `here:${text}`
    },
    bytes: () => given.bytes ?? 0,
  }
  const engine = new HereFirst(pool, {
    prepare: async () => {
      events.push('prepared')
      return given.prepare?.()
    },
    start: () => {
      events.push('started')
      return given.start?.() ?? responder
    },
    clock: () => now,
    ...(given.limits === undefined ? {} : { limits: given.limits }),
  })
  return { engine, events }
}

t.test('small requests are answered here by one engine, until that has taken its time', async (t) => {
  const { engine, events } = before({})
  engine.warm()
  t.same(events, ['prepared'], 'nothing is started before it is asked')
  t.equal(engine.size, 3)
  t.equal(await engine.ask('a', options), 'here:a')
  t.equal(await engine.ask('b', options), 'here:b')
  t.equal(await engine.ask('c', options), 'here:c')
  t.equal(await engine.ask('d', options), 'pool:d')
  t.same(events, ['prepared', 'started'])
})

t.test('large requests, alone or together, are the pool’s', async (t) => {
  const { engine } = before({ limits: { characters: 4 } })
  t.equal(await engine.ask('12345', options), 'pool:12345')
  const answers = await Promise.all(['123', '12', '1'].map((text) => engine.ask(text, options)))
  t.same(answers, ['here:123', 'pool:12', 'here:1'])
  t.equal(await engine.ask('1234', options), 'here:1234', 'what was answered no longer counts')
})

t.test('whatever goes wrong here is asked of the pool, and nothing is tried here again', async (t) => {
  const fails = (): never => {
    throw new RangeError('too deep')
  }
  for (const given of [{ answer: fails }, { start: fails }, { prepare: async () => fails() }]) {
    const { engine } = before(given)
    engine.warm()
    t.equal(await engine.ask('a', options), 'pool:a')
    t.equal(await engine.ask('b', options), 'pool:b')
  }
  const { engine } = before({ bytes: 2 ** 30 })
  t.equal(await engine.ask('a', options), 'here:a')
  t.equal(await engine.ask('b', options), 'pool:b', 'it held too much memory')
})

t.test('work without end is ended, and asked of the pool', async (t) => {
  for (const [limits, deadlineMs] of [
    [{ milliseconds: 20 }, 60_000],
    [{}, 20],
  ] as const) {
    const { engine } = before({
      limits,
      answer: () => {
        for (;;);
      },
    })
    t.equal(await engine.ask('a', { ...options, deadlineMs }), 'pool:a')
  }
})

t.test('what was cancelled or closed meanwhile, the pool has the words for', async (t) => {
  const { engine, events } = before({})
  const end = new AbortController()
  const asked = engine.ask('a', { ...options, signal: end.signal })
  end.abort()
  t.equal(await asked, 'pool:a')
  const late = engine.ask('b', options)
  await engine.close()
  t.equal(await late, 'pool:b')
  t.same(events, ['prepared', 'closed'])
})

t.test('the time of a request counts from the moment that it is worked on', async (t) => {
  const { engine } = before({})
  let dispatched = 0
  await engine.ask('a', { ...options, dispatched: () => dispatched++ })
  t.equal(dispatched, 1)
})
