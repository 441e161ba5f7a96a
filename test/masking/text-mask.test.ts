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

t.test('no rendering is left, whatever the text around it', async (t) => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }).map((text) => `Zq7${text}`)
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const mask = textMask([secret])
      for (const written of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')]) {
        const shown = mask(before + written + after)
        t.notOk(
          shown.includes(written.trim()),
          `${JSON.stringify(before + written + after)} → ${JSON.stringify(shown)}`,
        )
        t.equal(mask(shown), shown, 'hiding again changes nothing')
      }
    }),
    { numRuns: 300 },
  )
})
