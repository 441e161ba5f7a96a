import t, { type Test } from 'tap'
import { createQueue, type QueueOptions } from '../../src/queue/create-queue.ts'
import type { Jobs, Queue } from '../../src/queue/queue.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyDatabases } from '../support/empty-databases.ts'
import { startPostgres } from '../support/postgres.ts'

const shop = { workspace: 'shop', environment: 'prod' }
const bank = { workspace: 'bank', environment: 'prod' }

/** A queue whose jobs of earlier tests are gone; it asks by itself so seldom that only a word of new jobs can wake it. */
async function freshQueue(t: Test, store: Store, options: Partial<QueueOptions> = {}): Promise<Queue> {
  const queue = await createQueue({ store, pollMs: 600_000, ...options })
  await store.sql('delete from pgboss.job')
  t.teardown(() => queue.close())
  return queue
}

/** Remembers what was done, and waits until it was so much. */
function doing(): {
  readonly done: Jobs['check'][]
  readonly handle: (job: Jobs['check']) => Promise<void>
  readonly until: (count: number) => Promise<void>
} {
  const done: Jobs['check'][] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  return {
    done,
    handle: async (job) => {
      done.push(job)
      for (const { count, resolve } of waiting) if (done.length >= count) resolve()
    },
    until: (count) =>
      done.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve })),
  }
}

async function queueTests(t: Test, store: Store): Promise<void> {
  await t.test('what is sent is done, by whoever works, however many start at once', async (t) => {
    const queues = await Promise.all([freshQueue(t, store), freshQueue(t, store), freshQueue(t, store)])
    const { done, handle, until } = doing()
    for (const queue of queues) await queue.work('check', 2, handle)
    const [first] = queues
    await first?.sendAll(
      'check',
      Array.from({ length: 50 }, (_, index) => ({ workspace: 'shop', environment: String(index) })),
    )
    await until(50)
    await Promise.all(queues.map((queue) => queue.close()))
    t.equal(new Set(done.map(({ environment }) => environment)).size, 50)
    t.equal(done.length, 50, 'each once')
    t.same((await store.sql('select * from pgboss.job')).rows, [], 'nothing is left of what is done')
  })

  await t.test('a job in a transaction is there with it, or not at all', async (t) => {
    const queue = await freshQueue(t, store)
    await store.transaction(async (within) => {
      await queue.send('check', shop, { within })
    })
    await t.rejects(
      store.transaction(async (within) => {
        await queue.send('check', bank, { within })
        throw new Error('given up')
      }),
      /given up/,
    )
    t.same(await queue.waiting(), { check: 1, part: 0, webhook: 0 })
  })

  await t.test('jobs that say the same are one, at the earlier of their times', async (t) => {
    const queue = await freshQueue(t, store)
    await queue.send('check', shop, { afterSeconds: 3600 })
    await queue.send('check', shop, { afterSeconds: 7200 })
    t.equal((await queue.waiting()).check, 0, 'later')
    await queue.send('check', shop)
    await queue.sendAll('check', [shop, bank, bank])
    t.equal((await queue.waiting()).check, 2, 'two that differ')
    const { done, handle, until } = doing()
    await queue.work('check', 1, handle)
    await until(2)
    t.same(done, [shop, bank], 'the oldest first')
  })

  await t.test('a job that is sent while its equal is in work is done after it', async (t) => {
    const queue = await freshQueue(t, store)
    const other = await freshQueue(t, store)
    let inWork = 0
    let most = 0
    let done = 0
    let all: () => void = () => undefined
    const both = new Promise<void>((resolve) => (all = resolve))
    const handle = async (): Promise<void> => {
      most = Math.max(most, ++inWork)
      if (done === 0) await queue.send('check', shop)
      await store.sql('select 1')
      inWork--
      if (++done === 2) all()
    }
    await other.work('check', 3, handle)
    await queue.work('check', 3, handle)
    await queue.send('check', shop)
    await both
    t.equal(most, 1)
  })

  await t.test('a job that fails is tried again later, and whoever runs the process hears why', async (t) => {
    const heard: unknown[] = []
    const queue = await freshQueue(t, store, { troubled: (error) => heard.push(error) })
    let tries = 0
    let finished: () => void = () => undefined
    const end = new Promise<void>((resolve) => (finished = resolve))
    const stop = await queue.work('webhook', 1, async () => {
      if (++tries === 1) throw new Error('the receiver is away')
      finished()
    })
    await queue.send('webhook', { workspace: 'shop', webhook: 'chat', event: 7 })
    while (heard.length === 0) await store.sql('select 1')
    t.match(heard, [{ message: 'the receiver is away' }])
    t.equal((await queue.waiting()).webhook, 0, 'it waits for its time')
    await store.sql(`update pgboss.job set start_after = now()`)
    await queue.send('webhook', { workspace: 'shop', webhook: 'chat', event: 8 })
    await end
    await stop()
  })

  await t.test('what another version wrote is left to it', async (t) => {
    const heard: unknown[] = []
    const queue = await freshQueue(t, store, { troubled: (error) => heard.push(error) })
    await store.sql(
      `insert into pgboss.job (name, data, retry_limit, retry_delay, policy) values ('check', '{"room": "shop"}', 3, 60, 'short')`,
    )
    await queue.work('check', 1, async () => void t.fail('it is not understood'))
    while (heard.length === 0) await store.sql('select 1')
    t.match(heard, [/a job `check` says \{"room":"shop"\}: another version wrote it/])
    t.match((await store.sql('select state from pgboss.job')).rows, [{ state: 'retry' }])
  })

  await t.test('jobs of a worker that says nothing more are taken over', async (t) => {
    const silent = await freshQueue(t, store, { patienceMs: 1 })
    const begun = new Promise<void>((resolve) => {
      void silent.work('check', 1, (_job, signal) => {
        resolve()
        return new Promise((end) => signal.addEventListener('abort', () => end()))
      })
    })
    await silent.send('check', shop)
    await begun
    const { done, handle } = doing()
    const alive = await createQueue({ store, takeOverSeconds: 0.04, pollMs: 20 })
    t.teardown(() => alive.close())
    await alive.work('check', 1, handle)
    while (done.length === 0) {
      await store.sql(`update pgboss.job set started_on = now() - interval '1 hour' where state = 'active'`)
      await store.sql(`update pgboss.job set start_after = now() where state = 'retry'`)
    }
    t.same(done[0], shop)
  })

  await t.test('a worker that is told to end lets its jobs end, and ends those that take long', async (t) => {
    const queue = await freshQueue(t, store, { patienceMs: 5 })
    let started: () => void = () => undefined
    const inWork = new Promise<void>((resolve) => (started = resolve))
    const stop = await queue.work('check', 1, async (_job, signal) => {
      started()
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      throw new Error('ended')
    })
    await queue.send('check', shop)
    await queue.send('check', bank)
    await inWork
    await stop()
    t.match((await store.sql('select state::text from pgboss.job order by state')).rows, [
      { state: 'created' },
      { state: 'retry' },
    ])
  })

  await t.test(
    'a job that is to be tried again and a new one that says the same are done one after the other',
    async (t) => {
      const queue = await freshQueue(t, store)
      await queue.send('check', shop)
      await store.sql(`update pgboss.job set state = 'retry'`)
      await queue.send('check', shop)
      let inWork = 0
      let most = 0
      const { done, handle, until } = doing()
      await queue.work('check', 4, async (job) => {
        most = Math.max(most, ++inWork)
        await store.sql('select 1')
        inWork--
        await handle(job)
      })
      await until(2)
      t.same(done, [shop, shop])
      t.equal(most, 1)
    },
  )

  await t.test('who asks others for help learns how many there are, and when they are done', async (t) => {
    const [here, there] = [await freshQueue(t, store), await freshQueue(t, store)]
    const parts = [1, 2].map((share) => ({ ...shop, wanted: 1, share, of: 3 }))
    t.equal(await here.lanesElsewhere('part'), 0, 'nobody')
    await here.work('part', 4, async () => undefined)
    t.equal(await here.lanesElsewhere('part'), 0, 'nobody else')
    await here.close()
    await here.sendAll('part', parts)
    t.equal(await here.left('part', parts), 2)
    let resolve: () => void = () => undefined
    const all = new Promise<void>((done) => (resolve = done))
    let done = 0
    const stop = await there.work('part', 3, async () => {
      if (++done === 2) resolve()
    })
    t.equal(await here.lanesElsewhere('part'), 3)
    await all
    await stop()
    t.equal(await here.left('part', parts), 0)
    t.equal(await here.lanesElsewhere('part'), 0, 'it said good-bye')
  })
}

t.test('embedded', async (t) => {
  const store = await openStore({ cache: emptyDatabases, clock: () => new Date() })
  t.teardown(() => store.close())
  await queueTests(t, store)
})

t.test('over PostgreSQL', async (t) => {
  const server = await startPostgres()
  if (server === undefined) {
    t.comment('PostgreSQL is not installed')
    return
  }
  t.teardown(() => server.stop())
  const store = await openStore({ database: await server.database('queue'), clock: () => new Date() })
  t.teardown(() => store.close())
  await queueTests(t, store)
})
