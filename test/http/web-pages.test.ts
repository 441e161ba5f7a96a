import t from 'tap'
import { testApp } from '../support/app.ts'

const policy = [
  "default-src 'none'",
  ...['script', 'style', 'img', 'font', 'connect'].map((kind) => `${kind}-src 'self'`),
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

t.test('a page runs nothing but its own, is framed by nobody, and tells nobody where a reader is', async (t) => {
  const { app } = await testApp(t)
  const first = await app.inject('/')
  t.equal(first.statusCode, 200, 'the pages are built')
  for (const url of ['/', '/signin?to=//evil.example', '/w/shop/findings?q=%3Cscript%3E']) {
    const { statusCode, headers, body } = await app.inject(url)
    t.equal(statusCode, 200, url)
    t.equal(headers['content-security-policy'], policy)
    t.match(headers, {
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    })
    t.match(headers, { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' })
    t.equal(headers['set-cookie'], undefined)
    t.notMatch(
      body,
      /evil|<script>|style=|\son\w+=/,
      'nothing of the address is in it, and no script or style but by its address',
    )
  }
  const [, script = ''] = /src="\.\/(assets\/[^"]+)"/.exec(first.body) ?? []
  const asset = await app.inject(`/${script}`)
  t.match(asset.headers, {
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  for (const url of [
    '/assets/',
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
    '/assets/..%2findex.html',
    '/assets/none.js',
  ])
    t.match(await app.inject(url), { statusCode: /^40[034]$/ }, url)
  t.match(await app.inject('/healthz'), { headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
})
