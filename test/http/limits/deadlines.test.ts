import t from 'tap'
import type { Fault } from '../../../src/errors.ts'
import { createDeadlines } from '../../../src/http/limits/deadlines.ts'

t.test('what is over ends, what stays ends with the server, the rest goes on', async (t) => {
  const deadlines = createDeadlines(1)
  // Deadlines keep no process alive; this test waits for one.
  const alive = setInterval(() => undefined, 1000)
  t.teardown(() => {
    clearInterval(alive)
    deadlines.close()
  })
  const ended: string[] = []
  const add = (name: string, until: number): Promise<Fault> =>
    new Promise((resolve) => {
      deadlines.add({
        until,
        expire: (fault) => {
          ended.push(name)
          resolve(fault)
        },
      })
    })
  const hour = performance.now() + 3_600_000
  void add('later', hour)
  const stays = add('stays', Infinity)
  const done = { until: -Infinity, expire: () => t.fail('it was done before') }
  deadlines.add(done)
  deadlines.delete(done)
  t.match(await add('over', -Infinity), { code: 'ENGINE_DEADLINE' })
  deadlines.endStaying()
  t.match(await stays, { code: 'OVERLOADED' })
  t.strictSame(ended, ['over', 'stays'])
})
