import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import t from 'tap'
import { type Data, Decimal } from '../../src/model/data.ts'
import { didYouMean, suggestion } from '../../src/schema/did-you-mean.ts'
import { schemaProblems } from '../../src/schema/problems.ts'
import { validateSnapshot, validateWorkspace } from '../../src/schema/validators.js'

const fine: Readonly<Record<string, Data>> = {
  snapshot: 1,
  observer: 'edge',
  sequence: 7,
  observedAt: '2026-05-04T09:30:00Z',
  state: {},
}

function messages(changes: Readonly<Record<string, Data>>): readonly string[] {
  return schemaProblems(validateSnapshot, { ...fine, ...changes }).map(
    ({ pointer, target, message }) => `${target} ${pointer.join('/')}: ${message}`,
  )
}

t.test('what does not fit is told with its place, what was found and what is required', async (t) => {
  t.same(messages({}), [])
  const cases: readonly (readonly [changes: Readonly<Record<string, Data>>, expected: string])[] = [
    [{ sequence: -1 }, 'value sequence: `sequence` is `-1`; required is at least 0'],
    [
      { sequence: 12345678901234567890n },
      'value sequence: `sequence` is `12345678901234567890`; required is at most 9007199254740991',
    ],
    [{ sequence: 1.5 }, 'value sequence: `sequence` is a number; required is a whole number'],
    [{ sequence: new Decimal('1e400') }, 'value sequence: `sequence` is a number; required is a whole number'],
    [{ sequence: '7' }, 'value sequence: `sequence` is text; required is a whole number'],
    [
      { observedAt: 'yesterday' },
      'value observedAt: `observedAt` is `yesterday`; required is a time such as `2026-05-04T09:30:00Z` (RFC 3339)',
    ],
    [{ snapshot: 2 }, 'value snapshot: `snapshot` is `2`; required is `1`'],
    [{ observer: '' }, 'value observer: `observer` is ``; required is a name that is not empty'],
    [{ state: [] }, 'value state: `state` is a list; required is a map'],
    [{ state: new Decimal('1e400') }, 'value state: `state` is a number; required is a map'],
    [{ state: null }, 'value state: `state` is empty; required is a map'],
    [
      { observr: 'x' },
      'key observr: unknown key `observr`; did you mean `observer`; known here: `snapshot`, `observer`, `sequence`, `observedAt`, `environment`, `seen`, `covers`, `refused`, `masked`, `applied`, `state`',
    ],
    [{ seen: { 'a/b~c': true } }, 'value seen/a/b~c: `seen.a/b~c` is true or false; required is a whole number'],
    [{ refused: [{ path: 'a' }] }, 'value refused/0: `refused.0` lacks the key `reason`'],
    [{ covers: [1] }, 'value covers/0: `covers.0` is a whole number; required is text'],
  ]
  for (const [changes, expected] of cases) t.same(messages(changes), [expected])
  t.same(
    messages({ state: { deep: { er: { n: 1n, d: new Decimal('1e400') } } }, seen: { a: 9007199254740991 } }),
    [],
    'a state may hold any number',
  )
})

t.test('a long value is cut, and stays on one line', async (t) => {
  const [message = ''] = messages({ observedAt: `a\n${'b'.repeat(5000)}` })
  t.ok(message.length < 300 && !message.includes('\n'), message)
})

t.test('the nearest known word', async (t) => {
  const known = ['fragments', 'owns', 'constrains', 'contact', 'kubernetes']
  for (const [typed, expected] of [
    ['fragmets', 'fragments'],
    ['fragmetns', 'fragments'],
    ['Fragments', 'fragments'],
    ['own', 'owns'],
    ['onws', 'owns'],
    ['constrain', 'constrains'],
    ['constraints', 'constrains'],
    ['kube', 'kubernetes'],
    ['con', undefined],
    ['k8s', undefined],
    ['colour', undefined],
    ['', undefined],
    ['owns', undefined],
  ] as const) {
    t.equal(didYouMean(typed, known), expected, typed)
  }
  t.equal(didYouMean('ab', ['cb', 'bb']), 'bb', 'of equally near ones the first in order')
  t.equal(suggestion('own', known), '; did you mean `owns`')
  t.equal(suggestion('zzz', known), '')
})

t.test('one typing error is always found, and a long text costs little', async (t) => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/)
  fc.assert(
    fc.property(word, fc.nat(11), fc.constantFrom('', '_', '__'), (known, at, instead) => {
      const place = at % known.length
      const typed = known.slice(0, place) + instead.slice(0, 1) + known.slice(place + 1)
      return didYouMean(typed, [known]) === known
    }),
  )
  t.equal(didYouMean('x'.repeat(1_000_000), ['fragments', 'y'.repeat(1_000_000)]), undefined)
})

t.test('validators say yes to what fits, and need nothing at run time', async (t) => {
  t.ok(validateWorkspace({ workspace: 'shop', teams: {} }))
  t.ok(
    validateWorkspace({
      workspace: 'shop',
      teams: { a: { fragments: ['.', { path: './x.yaml', as: 'kubernetes' }] } },
    }),
  )
  t.notOk(validateWorkspace({ workspace: 'shop', teams: { a: { fragments: [1] } } }))
  t.ok(
    validateSnapshot({
      snapshot: 1,
      observer: 'a',
      sequence: 0,
      observedAt: '2026-05-04T09:30:00.123+02:00',
      state: {},
    }),
  )
  t.notOk(validateSnapshot({ snapshot: 1, observer: 'a', sequence: 0, observedAt: '2026-13-04T09:30:00Z', state: {} }))
  t.notOk(validateSnapshot({ snapshot: 2, observer: 'a', sequence: 0.5, observedAt: 'now', state: [] }))
  const code = readFileSync(new URL('../../src/schema/validators.js', import.meta.url), 'utf8')
  t.notMatch(code, /\brequire\(|^import /m)
})
