import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { transformWithOxc } from 'vite'
import { comparePath } from '../../src/model/order.ts'
import { formatPath } from '../../src/model/path.ts'
import type * as Labels from '../../web/src/pages/tree/chosen-label.ts'
import type * as Values from '../../web/src/parts/value.ts'

// The pages are no part of what is compiled for Node.
async function compiled(file: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false })
  return `data:text/javascript,${encodeURIComponent(code)}`
}
const { justBefore, labelTowards }: typeof Labels = await import(await compiled('web/src/pages/tree/chosen-label.ts'))
const { valueText }: typeof Values = await import(await compiled('web/src/parts/value.ts'))

t.test('the label that leads to a path, and what a level is asked for to begin with it', (t) => {
  t.equal(labelTowards('services."a.b".ports[12].port', 'services'), 'a.b')
  t.equal(labelTowards('services."a.b".ports[12].port', 'services."a.b".ports'), '12')
  t.equal(labelTowards('services.cart', ''), 'services')
  t.equal(labelTowards('services.cart', 'service'), undefined)
  t.equal(justBefore('0'), undefined, 'no position comes before the first')
  const label = fc.string({ minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(label, fc.array(label), (one, others) => {
      const before = justBefore(one)
      if (before === undefined) return
      const after = [one, ...others].filter((each) => comparePath([each], [before]) > 0)
      t.equal(after.toSorted((a, b) => comparePath([a], [b]))[0], one)
      t.equal(labelTowards(formatPath(['above', one, 'x']), 'above'), one)
    }),
    { numRuns: 50 },
  )
  t.end()
})

t.test('values as one line of CUE', (t) => {
  t.equal(valueText({ tls: 1.3, 'a-b': ['x'] }), '{tls: 1.3, "a-b": ["x"]}')
  t.equal(valueText('{"kind":"Pod"}'), '#"{"kind":"Pod"}"#', 'a document in a string is read without escapes')
  t.equal(valueText('line\n"two"'), String.raw`"line\n\"two\""`)
  t.equal(valueText('x'.repeat(80)), `"${'x'.repeat(60)}…`)
  t.equal(valueText({ [`k${'x'.repeat(40)}`]: 1, [`l${'x'.repeat(40)}`]: 2 }), `{k${'x'.repeat(40)}, …}`)
  t.end()
})
