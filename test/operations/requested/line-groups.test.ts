import t from 'tap'
import { groupsOf, linesOf } from '../../../src/operations/requested/line-groups.ts'

t.test('lines that follow one another go together, the first and those that are long alone', async (t) => {
  const sizes = [5, 5, 5, 70_000, 5, undefined, ...Array.from({ length: 65 }, () => 5), 65_000, 600]
  const lines = sizes.map((size, index) => ({
    number: index + 1,
    bytes: size === undefined ? undefined : new Uint8Array(size),
  }))
  const groups = groupsOf(lines)
  t.strictSame(
    groups.map((group) => linesOf(group).map(({ number }) => number)),
    [[1], [2, 3], [4], [5], [6], lines.slice(6, 70).map(({ number }) => number), [71, 72], [73]],
  )
  t.strictSame(groups.flatMap(linesOf), lines)
  t.strictSame(groupsOf([]), [])
})
