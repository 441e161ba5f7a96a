import t from 'tap'
import { helpThroughQueue } from '../../../../src/operations/stored/jobs/help.ts'
import type { Jobs, Queue } from '../../../../src/queue/queue.ts'

const check = { workspace: 'shop', environment: 'prod', wanted: 3 }

/** A queue of so many others, who have done all after so many looks; and what it was sent. */
function queueOf(others: number, looks: number): { readonly queue: Queue; readonly sent: Jobs['part'][] } {
  const sent: unknown[] = []
  let left = looks
  const queue: Queue = {
    send: async () => undefined,
    sendAll: async (_kind, jobs) => void sent.push(...jobs),
    work: async () => async () => undefined,
    waiting: async () => ({ check: 0, part: 0, webhook: 0 }),
    left: async () => left--,
    lanesElsewhere: async () => others,
    close: async () => undefined,
  }
  return { queue, sent: sent as Jobs['part'][] }
}

/** A clock that is so many seconds later each time. */
function hurrying(seconds: number): () => Date {
  let now = 0
  return () => new Date((now += seconds * 1000))
}

t.test('each other process takes one share, as far as there is enough for it', async (t) => {
  const { queue, sent } = queueOf(2, 2)
  const helping = await helpThroughQueue({ queue, clock: hurrying(0) }, check).begin(8)
  t.equal(helping?.of, 3)
  t.same(sent, [
    { ...check, share: 1, of: 3 },
    { ...check, share: 2, of: 3 },
  ])
  await helping?.finished()
  t.equal((await helpThroughQueue({ queue, clock: hurrying(0) }, check).begin(2))?.of, 2)
  t.equal(sent.length, 3)
})

t.test('where nobody else is, nobody is asked', async (t) => {
  const { queue, sent } = queueOf(0, 0)
  t.equal(await helpThroughQueue({ queue, clock: hurrying(0) }, check).begin(8), undefined)
  t.same(sent, [])
})

t.test('others who take much longer than we did are not waited for', async (t) => {
  const { queue } = queueOf(1, Infinity)
  const helping = await helpThroughQueue({ queue, clock: hurrying(3) }, check).begin(2)
  await helping?.finished()
  t.pass('it came back')
})

t.test('a queue that cannot be asked is no reason to fail', async (t) => {
  const broken = async (): Promise<never> => {
    throw new Error('no database')
  }
  const { queue } = queueOf(1, 1)
  const all = { ...queue, lanesElsewhere: broken }
  t.equal(await helpThroughQueue({ queue: all, clock: hurrying(0) }, check).begin(8), undefined)
  const some = { ...queue, sendAll: broken, left: broken }
  await (await helpThroughQueue({ queue: some, clock: hurrying(0) }, check).begin(8))?.finished()
  t.pass('whoever asked does all')
})
