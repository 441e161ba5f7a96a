import * as fc from 'fast-check'
import t from 'tap'
import { createCongruent, createCueGo, createCueWasm, type PatchResult } from '../../../src/index.ts'
import { applyPatch } from '../../support/json-patch.ts'
import { memorySource } from '../../support/memory-source.ts'

const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }), clock: () => new Date(0) })
t.teardown(() => congruent.close())

interface Given {
  readonly cue: string
  readonly state: unknown
  readonly more?: string
  readonly files?: Readonly<Record<string, string>>
}

function sourceOf({ cue, state, more = '', files = {} }: Given) {
  return memorySource({
    'congruent.yaml': `workspace: shop\nteams: { app: { fragments: [./app] } }\nobservations: [{ files: [state.json] }]\n${more}`,
    'app/app.cue': `package app\n\n#observed: _\n${cue}\n`,
    'state.json': JSON.stringify(state),
    ...files,
  })
}

const patchOf = (given: Given): Promise<PatchResult> => congruent.patch({ source: sourceOf(given) })

async function violations(given: Given): Promise<readonly string[]> {
  const { report } = await congruent.check({ source: sourceOf(given) })
  return report.findings
    .flatMap(({ outcome, at }) => (outcome === 'violates' || outcome === 'undecided' ? [at] : []))
    .sort()
}

function operations({ patch }: PatchResult) {
  return patch.patches.flatMap((one) => one.operations)
}

const openPlaces = ({ patch }: PatchResult): readonly string[] => patch.open.map(({ at }) => at).sort()

t.test('what is definite is put, what is refused goes, what is neither is listed', async (t) => {
  const cue = `
services: web: {image: "web:2", replicas: int | *3, limits: {cpu: "1", memory!: string}, tier?: "a", debug?: error("no"), size?: <5}
services: [string]: team: "shop"
`
  const state = { services: { web: { image: 'web:1', replicas: 'x', tier: 'b', debug: 1, size: 9 }, api: {} } }
  const result = await patchOf({ cue, state })
  t.strictSame(JSON.parse(JSON.stringify(operations(result))), [
    { op: 'replace', path: '/services/web/image', value: 'web:2' },
    { op: 'replace', path: '/services/web/replicas', value: 3 },
    { op: 'replace', path: '/services/web/tier', value: 'a' },
    { op: 'add', path: '/services/web/limits', value: { cpu: '1' } },
    { op: 'add', path: '/services/web/team', value: 'shop' },
    { op: 'add', path: '/services/api/team', value: 'shop' },
    { op: 'remove', path: '/services/web/debug' },
  ])
  t.match(result.patch.open, [
    { at: 'services.web.limits.memory', kind: 'missing', wanted: 'string', teams: ['app'] },
    { at: 'services.web.size', kind: 'mismatch', wanted: '<5', teams: ['app'] },
  ])
})

t.test('what a condition asks for once something is changed is put as well', async (t) => {
  const cue = 'mode: "debug"\nif #observed.mode == "debug" {level: 3}\nif #observed.mode == "quiet" {calm: true}'
  const result = await patchOf({ cue, state: { mode: 'loud' } })
  t.strictSame(JSON.parse(JSON.stringify(operations(result))), [
    { op: 'replace', path: '/mode', value: 'debug' },
    { op: 'add', path: '/level', value: 3 },
  ])
  t.strictSame(result.patch.open, [])
})

t.test('conflicts, what nobody looked at, what is excused and what is hidden are not patched', async (t) => {
  const conflict = await patchOf({ cue: 'a: 1\na: 2', state: { a: 3 } })
  t.strictSame([operations(conflict), conflict.conflicts.length > 0], [[], true])
  const partly = 'observations: [{ files: [state.json], covers: [b] }]'
  const given = { cue: 'a: 1\nb: 1', state: {} }
  const unseen = await congruent.patch({
    source: memorySource({
      'congruent.yaml': `workspace: shop\nteams: { app: { fragments: [./app] } }\n${partly}\n`,
      'app/app.cue': `package app\n${given.cue}\n`,
      'state.json': '{}',
    }),
  })
  t.strictSame(JSON.parse(JSON.stringify(operations(unseen))), [{ op: 'add', path: '/b', value: 1 }])
  t.match(unseen.patch.open, [{ at: 'a', kind: 'unobserved' }])
  const sensitive = await patchOf({
    cue: 'db: {password: "s3cret-wanted", user: "u"}',
    state: { db: { password: 's3cret-there', user: 'x' } },
    more: 'sensitive: [db.password]',
  })
  t.strictSame(JSON.parse(JSON.stringify(operations(sensitive))), [{ op: 'replace', path: '/db/user', value: 'u' }])
  t.match(sensitive.patch.open, [{ at: 'db.password' }])
  t.notMatch(JSON.stringify(sensitive), /s3cret/)
})

t.test('an engine that cannot tell says so', async (t) => {
  const other = createCongruent({ engine: () => createCueWasm({ size: 1 }), clock: () => new Date(0) })
  t.teardown(() => other.close())
  await t.rejects(other.patch({ source: sourceOf({ cue: 'a: 1', state: {} }) }), {
    code: 'USAGE',
    message: /cannot tell what is to be put/,
  })
})

const constraint = fc.constantFrom(
  ': 1',
  ': "x"',
  ': *3 | int',
  ': >=2',
  ': string',
  ': {b: 1, c: "y"}',
  ': {b: 1, c!: string, d: e: true}',
  ': close({b?: int})',
  ': [1, 2]',
  ': [...int]',
  ': [...{n: "v"}]',
  '?: 5',
  '?: error("not here")',
  '!: "r"',
  '!: int',
)
const value = fc.constantFrom<unknown>(
  1,
  'x',
  'r',
  5,
  null,
  [1, 3],
  [1, 2],
  [{ n: 'v' }, { n: 'w', o: 1 }],
  { b: 1 },
  { b: 2, c: 'y', z: 0 },
  {},
)
const label = fc.constantFrom('p', 'q', 'r', 's')
const side = fc.dictionary(label, constraint, { maxKeys: 4, noNullPrototype: true })
const desired = fc.record({ named: side, each: fc.option(fc.tuple(label, constraint), { nil: undefined }) })
const observed = fc.dictionary(label, value, { maxKeys: 4, noNullPrototype: true })
const cueOf = ({
  named,
  each,
}: {
  named: Record<string, string>
  each: readonly [string, string] | undefined
}): string =>
  `s: web: {\n${Object.entries(named)
    .map(([name, text]) => `\t${name}${text}`)
    .join('\n')}\n\t...\n}\n${each === undefined ? '' : `s: [string]: {${each[0]}${each[1]}, ...}\n`}`

t.test('what is patched conforms, but for what is listed as open; and every operation is needed', async (t) => {
  await fc.assert(
    fc.asyncProperty(desired, observed, observed, async (wanted, web, other) => {
      const given = { cue: cueOf(wanted), state: { s: { web, other } } }
      const result = await patchOf(given)
      if (result.conflicts.length > 0) return true
      const all = operations(result)
      const open = openPlaces(result)
      const after = await violations({ ...given, state: applyPatch(given.state, all) })
      t.strictSame(after, open, JSON.stringify(given))
      const changes = all.filter(({ op }) => op !== 'test')
      for (const left of changes.length > 5 ? [] : changes) {
        const some = applyPatch(
          given.state,
          changes.filter((one) => one !== left),
        )
        const found = await violations({ ...given, state: some })
        if (found.every((at) => open.includes(at))) return false
      }
      return true
    }),
    { numRuns: 60 },
  )
})
