import t from 'tap'
import { findingPage, pagesRoot, workspacePage } from '../../src/model/page-address.ts'

t.test('where pages begin', async (t) => {
  t.equal(pagesRoot('https://c.example'), 'https://c.example')
  t.equal(pagesRoot('https://C.example/a/b//'), 'https://c.example/a/b')
  for (const text of [
    '',
    'c.example',
    'ftp://c.example',
    'https://me:x@c.example',
    'https://c.example?a',
    'javascript:1',
  ])
    t.equal(pagesRoot(text), undefined, text)
})

t.test('a page has an address, whatever names hold', async (t) => {
  const fingerprint = '0'.repeat(32)
  t.equal(
    findingPage('https://c.example', 'shop', { fingerprint, environment: 'prod' }),
    `https://c.example/w/shop/findings/${fingerprint}?env=prod`,
  )
  t.equal(workspacePage('https://c.example', 'a/b', ')>\n &x='), 'https://c.example/w/a%2Fb?env=%29%3E%0A%20%26x%3D')
  t.equal(workspacePage('https://c.example', '\ud800'), 'https://c.example/w/%EF%BF%BD')
})
