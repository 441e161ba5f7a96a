import fc from 'fast-check'
import t from 'tap'
import { Decimal } from '../../src/model/data.ts'
import { textMask } from '../../src/masking/text-mask.ts'

t.test('a text is hidden however it is written', async (t) => {
  const mask = textMask(['pa"ss\\wörd\nof two lines'])
  for (const text of [
    'pa"ss\\wörd\nof two lines',
    JSON.stringify('pa"ss\\wörd\nof two lines').slice(1, -1),
    JSON.stringify(JSON.stringify('pa"ss\\wörd\nof two lines')).slice(3, -3),
    'pa\\"ss\\\\w\\u00f6rd\\nof two lines',
    'pa"ss\\wörd\n\t\tof two lines',
    Buffer.from('pa"ss\\wörd\nof two lines').toString('base64'),
  ])
    t.equal(mask(`it is ${text}, or so`).replaceAll('=', ''), 'it is <masked>, or so', text)
  t.equal(mask('it is pa"ss\\w… and more'), 'it is <masked>… and more', 'cut off')
  t.equal(mask('it is pa"ss\\w\\u00f…'), 'it is <masked>\\u00f…', 'cut off in an escape')
  t.equal(mask('    of two lines'), '    <masked>', 'a line of it')
  t.equal(mask('it is passed'), 'it is passed')
})

t.test('short texts, numbers and booleans are hidden where they stand as a word', async (t) => {
  t.equal(textMask(['abc'])('abc abcd "abc" x-abc'), '<masked> abcd "<masked>" x-<masked>')
  t.equal(textMask(['-'])('a - b "-"'), 'a - b "<masked>"')
  t.equal(textMask([true])('true or untrue'), '<masked> or untrue')
  t.equal(textMask([null, ''])('null ""'), 'null ""')
  const masked = textMask([new Decimal('1500'), 0.25, 8080n])
  t.equal(
    masked('1500 1_500 1.5e3 0x5dc 1.5K 0.250 25e-2 :8080 18080 1501 0x'),
    '<masked> <masked> <masked> <masked> <masked> <masked> <masked> :<masked> 18080 1501 0x',
  )
})

t.test('no rendering is left, whatever the text around it', async () => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }).map((text) => `Zq7${text}`)
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const mask = textMask([secret])
      for (const written of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')]) {
        const shown = mask(before + written + after)
        // Hiding again changes nothing.
        if (shown.includes(written.trim()) || mask(shown) !== shown) return false
      }
      return true
    }),
    { numRuns: 1000 },
  )
})

t.test('overlapping secrets, long ones and beginnings of long ones', async (t) => {
  t.equal(textMask(['abcdef', 'defghi'])('-abcdefghi-'), '-<masked>-')
  const long = `${'x'.repeat(40)}y${'z'.repeat(40)}`
  t.equal(textMask([long])(`<${long}> and`), '<<masked>> and')
  t.equal(textMask([long])(`<${long.slice(0, 50)}…`), '<<masked>…')
  t.equal(textMask([long])(`<${long.slice(0, 20)}…`), '<<masked>…')
  t.equal(textMask([long])(`<${long.slice(0, 20)}>`), `<${long.slice(0, 20)}>`)
  const many = Array.from({ length: 20 }, (_, index) => `${'x'.repeat(40)}${index}`)
  t.notMatch(textMask(many)(`<${'x'.repeat(40)}17>`), 'xx')
})

t.test('secrets and texts that are made to take long do not', async (t) => {
  const secrets = Array.from({ length: 4000 }, (_, index) => 'a'.repeat(40) + 'b'.repeat(index % 7) + index)
  const mask = textMask([
    ...secrets,
    'a'.repeat(100_000) + 'b',
    ...Array.from({ length: 4000 }, (_, index) => `aaaa${index}`),
  ])
  // Would each place be compared with each secret, this would not end.
  t.ok(
    mask(`${'a'.repeat(20_000)}${'....'.repeat(5000)}${'\\u00'.repeat(5000)}${'0'.repeat(50_000)}1`).length < 200_000,
  )
  t.ok(textMask([1])(`0x${'f'.repeat(200_000)} ${'0'.repeat(200_000)}1`).length > 0)
})
