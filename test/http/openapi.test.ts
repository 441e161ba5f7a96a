import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { routes } from '../../src/http/routes.ts'
import { tags } from '../../src/http/tags.ts'
import { testApp } from '../support/app.ts'

t.test('the document is OpenAPI 3.1, and every reference in it leads somewhere', async (t) => {
  const { app } = await testApp(t)
  const document: Record<string, unknown> = (await app.inject('/openapi.json')).json()
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document))
  t.ok(valid, JSON.stringify(errors))
  t.equal(validator.version, '3.1')
  const references = Array.from(
    JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g),
    ([, reference = '']) => reference,
  )
  t.ok(references.length > 10)
  for (const reference of new Set(references)) {
    t.ok(reference.startsWith('#/'), `${reference} lies in the document`)
    let value: unknown = document
    for (const label of reference.slice(2).split('/')) value = Object(value)[label]
    t.not(value, undefined, `${reference} is there`)
  }
})

t.test('every route is in it once, and can be told apart', async (t) => {
  t.equal(new Set(routes.map(({ operation }) => operation)).size, routes.length, 'operations have names of their own')
  t.equal(new Set(routes.map(({ method, url }) => `${method} ${url}`)).size, routes.length)
  t.strictSame(
    [...new Set(routes.map(({ tag }) => tag))].toSorted(),
    Object.keys(tags).toSorted(),
    'no noun is without routes',
  )
  for (const { operation, body, method } of routes) {
    t.match(operation, /^[a-z][a-zA-Z]+$/)
    if (method === 'GET' || method === 'DELETE') t.equal(body, undefined, `${operation} has no body`)
  }
})

t.test('the pages about the API need nothing from elsewhere', async (t) => {
  const { app } = await testApp(t)
  const page = await app.inject('/docs')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-security-policy'], /^default-src 'none';script-src 'self';/)
  t.equal(page.headers['x-content-type-options'], 'nosniff')
  for (const [, address = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
    t.equal((await app.inject(address)).statusCode, 200, address)
  t.equal((await app.inject('/docs/json')).json().openapi, '3.1.0')
  t.equal((await app.inject('/docs/static/none.js')).statusCode, 404)
})
