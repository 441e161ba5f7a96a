import fc from 'fast-check'
import t from 'tap'
import { createTurns } from '../../../src/http/limits/turns.ts'

const hour = 3_600_000

t.test('who sends many waits for themselves', async (t) => {
  const turns = createTurns({ inWork: 2, inWorkEach: 2, waiting: 10, waitingEach: 10 })
  const begun: string[] = []
  const enter = (asker: string): void => void Promise.resolve(turns.enter(asker, hour)).then(() => begun.push(asker))
  for (const asker of ['a', 'a', 'a', 'a', 'a', 'b']) enter(asker)
  const soon = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  await soon()
  t.strictSame(begun, ['a', 'a'])
  turns.leave('a')
  turns.leave('a')
  await soon()
  t.strictSame(begun.slice(2).toSorted(), ['a', 'b'], 'the other one has a turn before the rest')
  t.equal(turns.waiting, 2)
  for (const asker of ['a', 'b']) turns.leave(asker)
  await soon()
  for (const asker of ['a', 'a']) turns.leave(asker)
  t.strictSame([turns.inWork, turns.waiting], [0, 0])
})

t.test('beyond what may wait it is said at once', async (t) => {
  const turns = createTurns({ inWork: 1, inWorkEach: 1, waiting: 2, waitingEach: 1 })
  t.equal(turns.enter('a', hour), undefined)
  const second = turns.enter('a', hour)
  await t.rejects(turns.enter('a', hour) ?? Promise.resolve(), {
    code: 'TOO_MANY_REQUESTS',
    details: { retryAfter: 1 },
  })
  const third = turns.enter('b', hour)
  await t.rejects(turns.enter('c', hour) ?? Promise.resolve(), { code: 'OVERLOADED' })
  for (const asker of ['a', 'a', 'b']) turns.leave(asker)
  await Promise.all([second, third])
  t.strictSame([turns.inWork, turns.waiting], [0, 0])
})

t.test('whose turn does not come in time waits no more', async (t) => {
  const turns = createTurns({ inWork: 1, inWorkEach: 1, waiting: 2, waitingEach: 2 })
  t.equal(turns.enter('a', hour), undefined)
  await t.rejects(turns.enter('b', 1) ?? Promise.resolve(), { code: 'OVERLOADED', message: /no turn came within/ })
  t.equal(turns.waiting, 0)
  turns.leave('a')
  t.equal(turns.enter('b', 1), undefined)
})

t.test('where nothing may wait, there is a turn or a refusal', async (t) => {
  const turns = createTurns({ inWork: 2, inWorkEach: 1, waiting: 0, waitingEach: 0 })
  t.equal(turns.enter('a', hour), undefined)
  await t.rejects(turns.enter('a', hour) ?? Promise.resolve(), { code: 'TOO_MANY_REQUESTS' })
  t.equal(turns.enter('b', hour), undefined)
})

t.test('limits hold whatever comes and goes, and nobody is forgotten', async (t) => {
  const steps = fc.array(fc.record({ asker: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean() }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const turns = createTurns({ inWork: 3, inWorkEach: 2, waiting: 4, waitingEach: 2 })
      const inWork: string[] = []
      const entered: Promise<unknown>[] = []
      const enter = (asker: string): void => {
        const turn = turns.enter(asker, hour)
        if (turn === undefined) inWork.push(asker)
        else entered.push(turn.then(() => inWork.push(asker)).catch(() => undefined))
      }
      const leave = async (): Promise<void> => {
        const asker = inWork.shift()
        if (asker !== undefined) turns.leave(asker)
        await Promise.resolve()
        await Promise.resolve()
      }
      for (const { asker, leaves } of steps) {
        if (leaves) await leave()
        else enter(asker)
        for (const name of ['a', 'b', 'c']) if (inWork.filter((one) => one === name).length > 2) return false
        if (turns.inWork > 3 || turns.waiting > 4) return false
      }
      while (turns.inWork > 0) await leave()
      await Promise.all(entered)
      return turns.waiting === 0 && inWork.length === 0
    }),
    { numRuns: 300 },
  )
})
