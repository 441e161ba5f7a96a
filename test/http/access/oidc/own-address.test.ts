import fc from 'fast-check'
import t from 'tap'
import { ownAddress } from '../../../../src/http/access/oidc/own-address.ts'

t.test('pages of ours are led to as they are', async (t) => {
  for (const address of ['/', '/w/shop', '/w/shop/findings?severity=error&q=a%20b#x', '/a//b', '/@evil.example'])
    t.equal(ownAddress(address), address)
  t.equal(ownAddress('/w/größe'), '/w/gr%C3%B6%C3%9Fe', 'as a header can say it')
})

t.test('nothing leads elsewhere', async (t) => {
  const elsewhere = ['//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example', '/x/..//evil.example']
  for (const address of [...elsewhere, '/%2e//evil.example', '', 'w', 'https://evil.example/', 'javascript:alert(1)'])
    t.equal(ownAddress(address), undefined, address)
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '\t',
    '\n',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'http',
    ' ',
    'é',
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`),
    fc.string(),
  )
  fc.assert(
    fc.property(text, (given) => {
      const address = ownAddress(given)
      if (address === undefined) return true
      const reached = new URL(address, 'https://ours.example/v1/session/oidc/callback')
      return reached.origin === 'https://ours.example' && /^[\x21-\x7e]+$/.test(address)
    }),
    { seed: 11, numRuns: 2000 },
  )
})
