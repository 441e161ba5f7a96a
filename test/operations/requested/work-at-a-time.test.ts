import t from 'tap'
import { workAtATime } from '../../../src/operations/requested/work-at-a-time.ts'

t.test('so much goes on at a time, the rest in order', async (t) => {
  const work = workAtATime(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const begin = (number: number): Promise<void> | undefined =>
    work.begin(() => {
      begun.push(number)
      return new Promise((resolve) => ends.push(resolve))
    })
  t.equal(begin(1), undefined, 'at once')
  t.equal(begin(2), undefined)
  const later = [begin(3), begin(4)]
  t.strictSame(begun, [1, 2])
  const done = [work.oneDone(), work.oneDone()]
  ends[1]?.()
  await Promise.all(done)
  await later[0]
  t.strictSame(begun, [1, 2, 3])
  ends[0]?.()
  await later[1]
  t.ok(work.isAny())
  const all = work.oneDone()
  ends[2]?.()
  await all
  ends[3]?.()
  await work.oneDone()
  t.notOk(work.isAny())
})
