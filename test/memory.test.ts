import t from 'tap'
import { layeredMemory } from '../src/memory/layered-memory.ts'
import { groupOf, noMemory } from '../src/memory/memory.ts'
import { processMemory } from '../src/memory/process-memory.ts'

t.test('what was not used for longest is forgotten first', async (t) => {
  const text = 'x'.repeat(1000)
  const memory = processMemory({ maxBytes: 3 * 2200 })
  memory.remember([
    ['a', text],
    ['b', text],
    ['c', text],
  ])
  t.strictSame([...(await memory.recall(['a', 'none'])).keys()], ['a'])
  memory.remember([['d', text]])
  t.strictSame([...(await memory.recall(['a', 'b', 'c', 'd'])).keys()], ['a', 'c', 'd'])
  memory.remember([['c', 'short']])
  t.equal((await memory.recall(['c'])).get('c'), 'short')
  memory.remember([['huge', 'x'.repeat(10_000)]])
  t.strictSame([...(await memory.recall(['huge', 'd'])).keys()], ['d'], 'what never fits drives nothing out')
  memory.remember([['d', 'x'.repeat(10_000)]])
  t.equal((await memory.recall(['d'])).size, 0, 'nor is the old text kept for a new one that does not fit')
})

t.test('the near memory is asked before the far one, and learns from it', async (t) => {
  const near = processMemory()
  const far = processMemory()
  far.remember([
    ['a', '1'],
    ['b', '2'],
  ])
  const both = layeredMemory(near, far)
  t.strictSame([...(await both.recall(['a', 'c']))], [['a', '1']])
  t.strictSame([...(await near.recall(['a', 'b']))], [['a', '1']])
  both.remember([['c', '3']])
  t.equal((await far.recall(['c'])).get('c'), '3')
  const all = await both.recall(['b', 'c', 'a'])
  t.strictSame(
    ['a', 'b', 'c'].map((key) => all.get(key)),
    ['1', '2', '3'],
  )
  await both.flush()
})

t.test('none remembers nothing; a group is what stands before the last slash', async (t) => {
  noMemory.remember([['a', '1']])
  t.equal((await noMemory.recall(['a'])).size, 0)
  t.strictSame(['run/x/answer', 'a/b', 'a', '/a'].map(groupOf), ['run/x/', 'a/', '', '/'])
})
