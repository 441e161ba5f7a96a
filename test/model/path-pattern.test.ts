import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { contains, overlaps, reaches } from '../../src/model/path-pattern.ts'

t.test('a pattern reaches what its labels meet, and everything below', async (t) => {
  t.ok(reaches(['services', null], ['services', 'web', 'image']))
  t.ok(reaches([], ['a']))
  t.notOk(reaches(['services', null, 'image'], ['services', 'web']))
  t.notOk(reaches(['services', '*'], ['services', 'web']), 'a label `*` is no wildcard')
})

t.test('contains and overlaps agree with the paths that patterns reach', async (t) => {
  const label = fc.constantFrom('a', 'b')
  const pattern = fc.array(fc.option(label), { maxLength: 3 })
  const paths = [[]] as string[][]
  for (let from = 0; paths.length < 40; from++)
    for (const next of ['a', 'b', 'c']) paths.push([...(paths[from] ?? []), next])
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const both = paths.filter((path) => reaches(a, path) && reaches(b, path))
      assert.equal(overlaps(a, b), both.length > 0)
      assert.equal(
        contains(a, b),
        paths.every((path) => reaches(a, path) || !reaches(b, path)),
      )
    }),
  )
})
