import fc from 'fast-check'
import t from 'tap'
import { quotedLine, reach, stretchAt } from '../../src/model/quoted-line.ts'
import { frameOf } from '../../src/report/frame.ts'

const runs = fc.array(
  fc.tuple(
    fc.constantFrom(
      ' ',
      '\t',
      'x',
      '"',
      '\\',
      ',',
      '日',
      '\u{1f600}',
      'e\u{301}',
      '\u{d83d}',
      '\u{feff}',
      'abc: "d e", ',
    ),
    fc.constantFrom(1, 2, 3, reach - 1, reach, reach + 1, 3 * reach),
  ),
  { maxLength: 6 },
)

t.test('a long line is shown from its stretches as from the whole', async (t) => {
  let cut = 0
  fc.assert(
    fc.property(
      runs,
      fc.array(fc.nat(8 * reach), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.option(fc.constantFrom('x', 'abc', ' ')),
      (parts, places, width, text) => {
        const line = parts.map(([unit, times]) => unit.repeat(times)).join('')
        const columns = places.map((place) => 1 + Math.min(place, line.length + 2))
        const quoted = quotedLine(line, new Set(columns))
        if (typeof quoted !== 'string') cut += 1
        return columns.every((column) => {
          const stretch = stretchAt(quoted, column)
          return (
            stretch !== undefined &&
            stretch.text.length <= 2 * (reach + 1) * columns.length &&
            (stretch.text.trim() === '') === (line.trim() === '') &&
            JSON.stringify(frameOf(stretch.text, stretch.column, width, text ?? undefined)) ===
              JSON.stringify(frameOf(line, column, width, text ?? undefined))
          )
        })
      },
    ),
    { numRuns: 2000 },
  )
  t.ok(cut > 100, 'lines were cut')
})

t.test('a short line is quoted whole; of a long one, only what was pointed at', async (t) => {
  t.equal(quotedLine('a: 1', new Set([4])), 'a: 1')
  t.strictSame(stretchAt('a: 1', 4), { text: 'a: 1', column: 4 })
  const long = `[${'{"a":1},'.repeat(100_000)}]`
  t.equal(stretchAt(quotedLine(long, new Set([10])), 11), undefined)
})
