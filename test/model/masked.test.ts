import fc from 'fast-check'
import t from 'tap'
import type { Data } from '../../src/model/data.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import { maskSensitive } from '../../src/model/masked.ts'
import { parsePattern } from '../../src/model/path.ts'

const patterns = ['services.*.password', 'data.tokens'].map(parsePattern)

t.test('scalars in reach are hidden, keys and lengths stay', async (t) => {
  const { data, masked, secrets } = maskSensitive(
    {
      services: { web: { password: 'hunter2', port: 80 }, db: { password: { old: 'a', new: [1, null, {}] } } },
      data: { tokens: '<masked>', other: 'x' },
    },
    patterns,
  )
  t.same(JSON.parse(exactJson(data)), {
    services: {
      web: { password: '<masked>', port: 80 },
      db: { password: { old: '<masked>', new: ['<masked>', '<masked>', {}] } },
    },
    data: { tokens: '<masked>', other: 'x' },
  })
  t.same(masked.map((path) => path.join('.')).sort(), [
    'data.tokens',
    'services.db.password.new.0',
    'services.db.password.new.1',
    'services.db.password.old',
    'services.web.password',
  ])
  t.same(secrets, ['hunter2', 'a', 1, null], 'what came hidden is no secret')
})

t.test('patterns are from the root, wherever the data stands', async (t) => {
  t.same(maskSensitive({ password: 'x' }, patterns, ['services', 'web']).secrets, ['x'])
  t.same(maskSensitive('x', patterns, ['services', 'web', 'password', 'old']).data, '<masked>')
  t.same(maskSensitive('x', patterns, ['services', 'web']).secrets, [])
  t.same(maskSensitive(['x'], patterns, ['data']).data, ['x'])
})

t.test('nothing of a hidden value is left, and masking again changes nothing', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string({ minLength: 9 }), (value, secret) => {
      const given: Data = { services: { web: { password: [secret, { [`k`]: secret }] } }, other: exactJson(value) }
      const once = maskSensitive(given, patterns)
      const again = maskSensitive(once.data, patterns)
      t.notOk(exactJson(Reflect.get(Object(once.data), 'services')).includes(JSON.stringify(secret).slice(1, -1)))
      t.equal(exactJson(again.data), exactJson(once.data))
      t.same(again.masked, once.masked)
      t.same(again.secrets, [])
    }),
    { numRuns: 100 },
  )
})
