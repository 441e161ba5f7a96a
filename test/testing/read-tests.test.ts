import fc from 'fast-check'
import t from 'tap'
import { Fault } from '../../src/errors.ts'
import { readTests } from '../../src/testing/read-tests.ts'
import { givenFiles } from '../../src/testing/given-files.ts'
import { asGiven } from '../../src/testing/given-fragments.ts'
import { differencesOf } from '../../src/testing/judge.ts'
import { bundleSource } from '../../src/workspace/bundle-source.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'

const workspace =
  'workspace: plant\nteams: { sre: { fragments: [] }, web: { fragments: [] } }\nenvironments: { dev: {}, prod: {} }\n'

/** Words that mean something in a file of tests, and some that mean nothing anywhere. */
const word = fc.oneof(
  fc.constantFrom(
    'dev',
    'prod',
    'sre',
    'web',
    'conforms',
    'violates',
    'any',
    'all',
    'objects',
    'kinds',
    'HA-1',
    'a.b',
    'a.*[0]',
    'x: 1',
    '../x',
    '2026-05-04T12:00:00Z',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const key = fc.constantFrom(
  'environments',
  'now',
  'given',
  'cases',
  'name',
  'expect',
  'state',
  'objects',
  'snapshots',
  'files',
  'covers',
  'fragments',
  'team',
  'alone',
  'file',
  'cue',
  'data',
  'verdict',
  'findings',
  'also',
  'rule',
  'path',
  'kind',
  'severity',
  'message',
  'observer',
  '__proto__',
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    word,
    fc.constantFrom(null, true, 0, -1.5, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}))
const finding = fc.record({ rule: word, path: word, kind: word, message: word }, { requiredKeys: [] })
const given = fc.record(
  {
    state: fc.dictionary(word, value),
    objects: fc.array(value, { maxLength: 2 }),
    covers: fc.oneof(word, fc.array(word)),
    snapshots: fc.array(fc.record({ observer: word, state: value }, { requiredKeys: [] }), { maxLength: 2 }),
    fragments: fc.array(
      fc.record(
        { team: word, alone: fc.boolean(), file: word, cue: word, data: fc.dictionary(word, value) },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
)
const wellFormed = fc.record({
  cases: fc.uniqueArray(
    fc.record({
      name: fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `case ${text}`),
      given: fc.record({ state: fc.dictionary(word, value) }),
      expect: fc.oneof(fc.constantFrom('conforms', 'violates'), fc.array(fc.record({ rule: word, message: word }))),
    }),
    { minLength: 1, maxLength: 3, selector: ({ name }) => name },
  ),
})
const document = fc.oneof(
  value,
  wellFormed,
  fc.record(
    {
      given,
      cases: fc.array(
        fc.record(
          {
            name: word,
            environments: fc.array(word),
            now: word,
            given,
            expect: fc.oneof(word, value, fc.array(finding)),
          },
          { requiredKeys: ['name'] },
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['cases'] },
  ),
)

t.test('whatever a file of tests holds, it is read, or its mistakes are told with their places', async (t) => {
  const read = await readWorkspace(bundleSource('plant', new Map([['congruent.yaml', Buffer.from(workspace)]])))
  let fitting = 0
  await fc.assert(
    fc.asyncProperty(document, async (held) => {
      const text = JSON.stringify(held)
      const source = bundleSource('plant', new Map([['a.test.json', Buffer.from(text)]]))
      try {
        for (const one of await readTests(['a.test.json'], { source, read })) {
          fitting += 1
          givenFiles(one, source)
          asGiven({ workspace: read.workspace, source }, one.given.fragments ?? [], one.file)
          if (one.expectation !== undefined) differencesOf(one.expectation, { findings: [] })
        }
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'TESTS_INVALID') throw error
        for (const { message, file, line } of error.places) {
          if (message === '' || message.includes('\n') || file !== 'a.test.json' || line === undefined)
            throw new Error(message, { cause: error })
        }
      }
    }),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 300) },
  )
  t.ok(fitting > 0, 'some of them fit')
})
