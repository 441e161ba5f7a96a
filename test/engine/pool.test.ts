import t from 'tap'
import type { Test } from 'tap'
import { Fault } from '../../src/errors.ts'
import { compile } from '../../src/engine/cue-go/artifact.ts'
import { Pool } from '../../src/engine/pool/pool.ts'
import type { PoolOptions } from '../../src/engine/pool/pool.ts'
import { threads } from '../../src/engine/pool/thread.ts'
import type { ThreadOptions } from '../../src/engine/pool/thread.ts'
import { grownBytes, misbehavingEngine, misbehavingIdentity } from './misbehaving-engine.ts'

const script = new URL('../../src/engine/cue-go/worker.js', import.meta.url)
const subject = 'checking `prod`'
const spin = '{"op":"spin"}'

interface Watched {
  readonly pool: Pool
  /** How many workers have said hello. */
  readonly greeted: () => number
  readonly ask: (text: string, deadlineMs?: number, signal?: AbortSignal) => Promise<string>
}

function poolOf(t: Test, options: Partial<PoolOptions & ThreadOptions> = {}): Watched {
  let greeted = 0
  const pool = new Pool({
    make: threads({ script, boot: () => compile(misbehavingEngine()), ...options }),
    greet: () => void greeted++,
    size: 1,
    ...options,
  })
  t.teardown(() => pool.close())
  const ask: Watched['ask'] = (text, deadlineMs = 60_000, signal) =>
    pool.ask(text, { deadlineMs, subject, ...(signal && { signal }) })
  return { pool, greeted: () => greeted, ask }
}

function back(n: number): string {
  return `{"op":"back","n":${n}}`
}

async function faultOf(answer: Promise<unknown>): Promise<Fault> {
  try {
    await answer
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('there was no fault')
}

t.test('answers come back to who asked, first come, first served', async (t) => {
  const { ask } = poolOf(t)
  const order: number[] = []
  const asked = Array.from({ length: 20 }, (_, n) => ask(back(n)).finally(() => order.push(n)))
  t.same(
    await Promise.all(asked),
    asked.map((_, n) => back(n)),
  )
  t.same(
    order,
    asked.map((_, n) => n),
  )
})

t.test('text of any script and an empty request pass unchanged', async (t) => {
  const { ask } = poolOf(t)
  const text = '{"op":"ü😀\u0000\u2028"}'
  t.equal(await ask(text), text)
  t.equal(await ask(''), '')
})

t.test('an overrun is a fault, costs itself only, and others go on', async (t) => {
  const { ask, greeted } = poolOf(t, { size: 2 })
  const overrun = faultOf(ask(spin, 300))
  const others = await Promise.all([ask(back(1)), ask(back(2)), ask(back(3))])
  t.same(others, [back(1), back(2), back(3)])
  const fault = await overrun
  t.equal(fault.code, 'ENGINE_DEADLINE')
  t.match(fault.message, /^checking `prod`: no answer within 0\.3 s; raise --timeout/)
  t.equal(await ask(back(4)), back(4))
  t.ok(greeted() >= 2, 'the worker that overran was replaced')
})

t.test('a deadline counts from dispatch, not from the queue', async (t) => {
  const { ask } = poolOf(t)
  const first = faultOf(ask(spin, 500))
  const second = ask(back(1), 400)
  t.equal((await first).code, 'ENGINE_DEADLINE')
  t.equal(await second, back(1), 'it waited longer than its own deadline')
})

t.test('a deadline longer than the longest timer does not fire at once', async (t) => {
  const { ask } = poolOf(t)
  t.equal(await ask(back(1), Number.MAX_SAFE_INTEGER), back(1))
})

t.test('an answer that came while this thread was busy is no overrun', async (t) => {
  const { ask } = poolOf(t)
  await ask(back(0))
  const answer = ask(back(1), 1)
  const until = performance.now() + 300
  while (performance.now() < until);
  t.equal(await answer, back(1))
})

t.test('a standby is there before the overrun', async (t) => {
  const { ask, greeted } = poolOf(t)
  await ask(back(0))
  t.equal(greeted(), 1)
  const overrun = faultOf(ask(spin, 3_000))
  const next = ask(back(1))
  let spins = true
  void overrun.then(() => (spins = false))
  while (spins && greeted() < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  t.ok(spins, 'a second worker is ready while the first still spins')
  t.equal((await overrun).code, 'ENGINE_DEADLINE')
  t.equal(await next, back(1))
})

t.test('a trap, a full stack and a full memory are faults of their own, with the last words as cause', async (t) => {
  const { ask } = poolOf(t)
  for (const [request, code, words] of [
    ['{"op":"trap"}', 'ENGINE_CRASHED', /the engine stopped: unreachable; .*report/],
    ['{"op":"recurse"}', 'ENGINE_CRASHED', /the engine stopped: Maximum call stack/],
    ['{"op":"memory"}', 'ENGINE_MEMORY', /ran out of memory; check fewer/],
  ] as const) {
    const fault = await faultOf(ask(request))
    t.equal(fault.code, code)
    t.match(fault.message, words)
    t.notMatch(fault.message, /\n/)
    if (code === 'ENGINE_MEMORY') t.match(fault.cause, { message: 'fatal error: out of memory\n' })
    t.equal(await ask(back(1)), back(1), `answers after ${request}`)
  }
})

t.test('a worker that holds much memory is replaced after its answer', async (t) => {
  const { ask, greeted } = poolOf(t, { recycleBytes: grownBytes })
  t.equal(await ask('{"op":"grow"}'), '{"op":"grow"}')
  t.equal(await ask(back(1)), back(1))
  t.equal(greeted(), 2)
  t.equal(await ask(back(2)), back(2))
  t.equal(greeted(), 2, 'one that holds little is kept')
})

t.test('a cancelled request is rejected, waiting or in work, and its worker is freed', async (t) => {
  const { ask } = poolOf(t)
  const inWork = new AbortController()
  const waiting = new AbortController()
  const faults = [faultOf(ask(spin, 60_000, inWork.signal)), faultOf(ask(back(1), 60_000, waiting.signal))]
  const next = ask(back(2))
  waiting.abort()
  inWork.abort()
  for (const fault of await Promise.all(faults)) {
    t.equal(fault.code, 'ENGINE_CLOSED')
    t.match(fault.message, /was cancelled/)
  }
  t.equal(await next, back(2))
  t.equal((await faultOf(ask(back(3), 60_000, AbortSignal.abort()))).code, 'ENGINE_CLOSED')
})

t.test('one signal may end as many requests as there are', async (t) => {
  const { ask } = poolOf(t)
  const warnings: Error[] = []
  const warned = (warning: Error): unknown => warnings.push(warning)
  process.on('warning', warned)
  t.teardown(() => process.off('warning', warned))
  const end = new AbortController()
  await Promise.all(Array.from({ length: 20 }, (_, index) => ask(back(index), 60_000, end.signal)))
  await new Promise(setImmediate)
  t.same(warnings, [])
})

t.test('closing rejects what is in work and what waits, and everything after', async (t) => {
  const { pool, ask } = poolOf(t)
  const pending = [faultOf(ask(spin)), faultOf(ask(back(1)))]
  await pool.close()
  for (const fault of await Promise.all(pending)) t.equal(fault.code, 'ENGINE_CLOSED')
  t.equal((await faultOf(ask(back(2)))).code, 'ENGINE_CLOSED')
  pool.warm()
  await pool.close()
})

t.test('what cannot be started is a fault of every request, and is tried again for the next', async (t) => {
  let broken = true
  const { ask } = poolOf(t, {
    boot: () => (broken ? Promise.reject(new Error('no such module')) : compile(misbehavingEngine())),
  })
  const faults = await Promise.all([faultOf(ask(back(1))), faultOf(ask(back(2)))])
  for (const fault of faults) t.match(fault, { code: 'ENGINE_CRASHED', message: /no such module/ })
  broken = false
  t.equal(await ask(back(3)), back(3))
})

t.test('a worker that never gets ready, or that is refused, is a fault', async (t) => {
  const silent = poolOf(t, { boot: () => new Promise(() => {}), startDeadlineMs: 50 })
  t.match(await faultOf(silent.ask(back(1))), { code: 'ENGINE_CRASHED', message: /did not start in time/ })
  const { ask } = poolOf(t, {
    greet: (hello) => {
      t.same(JSON.parse(hello), misbehavingIdentity)
      throw new Fault('ENGINE_MISMATCH', 'another engine')
    },
  })
  t.match(await faultOf(ask(back(1))), { code: 'ENGINE_MISMATCH', message: 'another engine' })
  const noModule = poolOf(t, { boot: async () => 'not a module' })
  t.match(await faultOf(noModule.ask(back(1))), { code: 'ENGINE_CRASHED', message: /without a module/ })
})

t.test('a pool that is warmed has a worker before the first request', async (t) => {
  const { pool, ask, greeted } = poolOf(t)
  pool.warm()
  pool.warm()
  while (greeted() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  t.equal(await ask(back(1)), back(1))
  t.equal(greeted(), 1)
})

t.test('a worker that ends by itself, idle or in work, is replaced', async (t) => {
  const script = (afterReady: string): URL =>
    moduleOf(`import { parentPort } from 'node:worker_threads'
      parentPort.on('message', (message) => {
        if (!('boot' in message)) process.exit(3)
        parentPort.postMessage({ kind: 'ready', hello: '' })
        ${afterReady}
      })`)
  const inWork = poolOf(t, { script: script(''), boot: async () => '' })
  t.match(await faultOf(inWork.ask(back(1))), { code: 'ENGINE_CRASHED', message: /thread ended with status 3/ })
  t.match(await faultOf(inWork.ask(back(2))), { code: 'ENGINE_CRASHED' })
  t.equal(inWork.greeted(), 2)
  const idle = poolOf(t, { script: script('setTimeout(() => process.exit(3), 1)'), boot: async () => '' })
  idle.pool.warm()
  while (idle.greeted() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.match(await faultOf(idle.ask(back(3))), { code: 'ENGINE_CRASHED' })
})

function moduleOf(source: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`)
}
