import t from 'tap'
import { wantedOf } from '../../src/check/wanted.ts'

t.test('what is wanted is what the conjuncts say, without what they say about it', async (t) => {
  const wanted = (...texts: readonly (string | undefined)[]): string | undefined =>
    wantedOf(
      'mismatch',
      texts.map((text) => ({ team: 'a', file: 'f', line: 1, column: 1, ...(text === undefined ? {} : { text }) })),
    )
  t.equal(wanted('>=2 @rule(id="HA-1", severity=info)'), '>=2')
  t.equal(wanted('>=2', 'int', '>=2'), '>=2 & int')
  t.equal(wanted('=~"^a" | error("[A-1] starts with \\(b)")'), '=~"^a"')
  t.equal(wanted('error("[A-1] (no)") | *1 | 2', 'int'), '(*1 | 2) & int')
  t.equal(wanted('error("[A-1] never")', undefined), undefined)
  t.equal(wanted('{\n\ta: 1\n\tb: 2\n}'), '{ a: 1, b: 2 }')
  t.equal(wanted('"cut off… (cut: 5 more characters)'), '"cut off… (cut: 5 more characters)')
  t.equal(wanted('error("open'), 'error("open')
  t.equal(wanted(`"${'x'.repeat(300)}"`)?.length, 200)
  t.equal(wantedOf('breach', [{ team: 'a', file: 'f', line: 1, column: 1, text: '1' }]), undefined)
})
