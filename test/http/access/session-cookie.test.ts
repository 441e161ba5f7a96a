import t from 'tap'
import { createCookie } from '../../../src/http/access/session-cookie.ts'

const sameSite = 'Strict'
const [host, plain] = ['__Host-session=abc', 'session=abc']

t.test('over TLS a cookie is for TLS, whoever ends that', async (t) => {
  const cookie = createCookie('session', { secure: false, sameSite })
  for (const [headers, isOverTls] of [
    [{}, false],
    [{ 'x-forwarded-proto': 'http' }, false],
    [{ 'x-forwarded-proto': 'HTTPS' }, true],
    [{ 'x-forwarded-proto': 'https, http' }, true],
    [{ 'x-forwarded-proto': 'http, https' }, false],
    [{ forwarded: 'for=192.0.2.1;proto=https;by=203.0.113.4, proto=http' }, true],
    [{ forwarded: 'for="https";proto=http' }, false],
    [{ forwarded: 'proto="https"' }, true],
  ] as const) {
    const name = JSON.stringify(headers)
    const set = `${isOverTls ? '__Host-' : ''}session=abc; Path=/; HttpOnly; SameSite=Strict${isOverTls ? '; Secure' : ''}`
    t.equal(cookie.keep('abc', 60.5, headers), `${set}; Max-Age=60`, name)
    t.equal(cookie.forget(headers), `${set.replace('abc', '')}; Max-Age=0`)
    t.equal(cookie.read({ ...headers, cookie: host }), 'abc', 'which only TLS can have given')
    t.equal(cookie.read({ ...headers, cookie: plain }), isOverTls ? undefined : 'abc', name)
    t.equal(cookie.read({ ...headers, cookie: `session=evil; ${host}` }), 'abc')
  }
  const origin = 'https://c.example'
  t.match(cookie.keep('abc', 60, { origin }), /^__Host-session=abc; .*; Secure;/, 'so does the page that asks')
  t.match(cookie.keep('abc', 60, { origin: 'http://c.example' }), /^session=abc/)
  t.equal(cookie.read({ cookie: plain, origin }), 'abc', 'which older browsers do not always tell')
  t.match(cookie.forget({ cookie: host }), /^__Host-session=; .*; Secure; Max-Age=0$/)
  const strict = createCookie('session', { secure: true, sameSite })
  t.match(strict.keep('abc', 1, {}), /^__Host-session=abc; .*; Secure;/)
  t.equal(strict.read({ cookie: plain }), undefined, 'another host below the same name may have set that')
})

t.test('below a path it is sent there alone', async (t) => {
  const below = createCookie('session', { secure: true, sameSite, pages: 'https://c.example/one' })
  t.match(below.keep('abc', 1, {}), /^__Secure-session=abc; Path=\/one; HttpOnly; SameSite=Strict; Secure;/)
  t.equal(below.read({ cookie: '__Secure-session=abc' }), 'abc')
  const whole = createCookie('session', { secure: true, sameSite, pages: 'https://c.example' })
  t.match(whole.keep('abc', 1, {}), /^__Host-session=abc; Path=\/;/)
})
