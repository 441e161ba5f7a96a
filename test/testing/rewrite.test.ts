import t from 'tap'
import { parse } from 'yaml'
import { rewritten, type NewExpectation } from '../../src/testing/rewrite.ts'

const change = (said: Partial<NewExpectation>): NewExpectation => ({
  index: 0,
  verdict: 'violates',
  absent: [],
  more: [],
  ...said,
})
const found = { rule: 'HA-1', path: 'services.web.replicas', kind: 'mismatch' } as const
const line = '{ rule: HA-1, path: services.web.replicas, kind: mismatch }'

t.test('what is expected changes, and nothing else of the file', async (t) => {
  for (const [what, before, said, after] of [
    [
      'a verdict',
      'cases:\n  - name: a\n    expect: violates # why\n',
      { verdict: 'conforms' },
      'cases:\n  - name: a\n    expect: conforms # why\n',
    ],
    [
      'a verdict that said nothing is found',
      'cases:\n  - { name: a, expect: conforms }\n',
      { more: [found] },
      `cases:\n  - { name: a, expect: [${line}] }\n`,
    ],
    [
      'nothing yet',
      'cases:\n  # one\n  - name: a\n    given: {} # nothing\n\n  # two\n  - name: b\n',
      { verdict: 'conforms' },
      'cases:\n  # one\n  - name: a\n    given: {} # nothing\n    expect: conforms\n\n  # two\n  - name: b\n',
    ],
    [
      'nothing yet, after a block',
      'cases:\n  - name: a\n    given:\n      state:\n        x: 1\n\n  - name: b\n',
      { more: [found] },
      `cases:\n  - name: a\n    given:\n      state:\n        x: 1\n    expect: [${line}]\n\n  - name: b\n`,
    ],
    [
      'nothing yet, in brackets',
      'cases: [{ name: a }]\n',
      { verdict: 'conforms' },
      'cases: [{ name: a, expect: conforms }]\n',
    ],
    [
      'a block list',
      'cases:\n  - name: a\n    expect:\n      # first\n      - { rule: A } # a\n      # second\n      - rule: B\n        path: x\n      - { rule: C } # c\n  - name: b\n',
      { absent: [1], more: [found] },
      `cases:\n  - name: a\n    expect:\n      # first\n      - { rule: A } # a\n      # second\n      - { rule: C } # c\n      - ${line}\n  - name: b\n`,
    ],
    [
      'the last of a block list',
      'cases:\n  - name: a\n    expect:\n      - { rule: A }\n      - { rule: B }',
      { absent: [1], more: [found] },
      `cases:\n  - name: a\n    expect:\n      - { rule: A }\n      - ${line}\n`,
    ],
    [
      'all of a block list',
      'cases:\n  - name: a\n    expect:\n      - { rule: A }\n  - name: b\n',
      { absent: [0], more: [found] },
      `cases:\n  - name: a\n    expect: [${line}]\n  - name: b\n`,
    ],
    [
      'none any more',
      'cases:\n  - name: a\n    expect:\n      - { rule: A }\n  - name: b\n',
      { absent: [0], verdict: 'conforms' },
      'cases:\n  - name: a\n    expect: conforms\n  - name: b\n',
    ],
    [
      'a list in brackets',
      "cases:\n  - name: a\n    expect: [{ rule: 'A' }, { rule: B }]\n",
      { absent: [1], more: [found] },
      `cases:\n  - name: a\n    expect: [{ rule: 'A' }, ${line}]\n`,
    ],
    [
      'a verdict and findings',
      'cases:\n  - name: a\n    expect:\n      verdict: conforms\n      findings:\n        - { rule: A }\n',
      { absent: [0], more: [found] },
      `cases:\n  - name: a\n    expect:\n      verdict: violates\n      findings: [${line}]\n`,
    ],
    [
      'a verdict in a map, findings more',
      'cases:\n  - name: a\n    expect: { verdict: conforms }\n',
      { more: [found] },
      `cases:\n  - name: a\n    expect: { verdict: violates, findings: [${line}] }\n`,
    ],
  ] as const) {
    t.equal(rewritten(before, [change(said)], false), after, what)
    t.equal(
      rewritten(before.replaceAll('\n', '\r\n'), [change(said)], false).replaceAll('\r\n', '\n'),
      after,
      `${what}, with other line ends`,
    )
  }
})

t.test('JSON stays JSON, and every id and path is read back', async (t) => {
  const odd = { rule: 'a:"b" [\n]', path: 'services."it\'s".x[0]', kind: 'missing', severity: 'warning' } as const
  const text = '{\n  "cases": [\n    { "name": "a" },\n    { "name": "b", "expect": "conforms" }\n  ]\n}\n'
  const json = rewritten(text, [change({ more: [odd] }), change({ index: 1, more: [odd, found] })], true)
  t.same(JSON.parse(json), {
    cases: [
      { name: 'a', expect: [odd] },
      { name: 'b', expect: [odd, found] },
    ],
  })
  const yaml = rewritten('cases:\n  - name: a\n', [change({ more: [odd, { rule: 'yes' }] })], false)
  t.same(parse(yaml), { cases: [{ name: 'a', expect: [odd, { rule: 'yes' }] }] })
})
