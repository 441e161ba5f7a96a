import t from 'tap'
import { createRounds } from '../../../src/http/limits/rounds.ts'

t.test('who waits goes on in one round, step by step; who comes meanwhile waits for the next', async (t) => {
  const asked: (() => void)[] = []
  const rounds = createRounds((begin) => asked.push(begin))
  const steps: string[] = []
  const walk = async (name: string): Promise<void> => {
    await rounds.next()
    steps.push(`${name}1`)
    await Promise.resolve()
    steps.push(`${name}2`)
  }
  const first = [walk('a'), walk('b')]
  t.equal(asked.length, 1, 'a round is asked for once')
  asked.shift()?.()
  const later = walk('c')
  await Promise.all(first)
  t.same(steps, ['a1', 'b1', 'a2', 'b2'], 'side by side')
  t.equal(asked.length, 1, 'the next round')
  asked.shift()?.()
  await later
  t.same(steps.slice(4), ['c1', 'c2'])
  await createRounds().next()
})
