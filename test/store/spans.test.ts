import fc from 'fast-check'
import t from 'tap'
import { type Finding, kinds } from '../../src/model/finding.ts'
import { comparePath, compareText } from '../../src/model/order.ts'
import { openStore } from '../../src/store/open-store.ts'
import { absoluteIn, relativeTo } from '../../src/store/spans/cut-relative.ts'
import { placeOf } from '../../src/store/spans/place.ts'
import { emptyDatabases } from '../support/empty-databases.ts'
import { check, finding, minute } from './contract/samples.ts'

t.setTimeout(900_000)
const store = await openStore({ cache: emptyDatabases, clock: () => new Date(minute(0)) })
t.teardown(() => store.close())

/** One step of a workspace's life: a check of an environment that found these, by number, in so many words; or a fault. */
interface Step {
  readonly environment: 'dev' | 'prod'
  readonly found: readonly (readonly [finding: number, message: number])[] | undefined
}

const step: fc.Arbitrary<Step> = fc.record({
  environment: fc.constantFrom('dev', 'prod'),
  found: fc.option(fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(2)), { selector: ([number]) => number, maxLength: 5 }), {
    nil: undefined,
    freq: 5,
  }),
})

/** The findings of a step, observed by the snapshot of its check. */
function findingsOf({ environment, found }: Step, number: number): readonly Finding[] | undefined {
  return found?.map(([path, message]) =>
    finding([String(path)], {
      environment,
      message: String(message),
      observations: [{ observer: 'node', sequence: number, file: `node/${number}.json` }],
    }),
  )
}

interface Times {
  readonly firstSeen: number
  readonly since: number
  readonly last: number
  readonly episodes: number
}

/** What stood in an environment after so many steps, and since when, told step by step without any table. */
function model(steps: readonly Step[], environment: string): (Times & { readonly says: Finding })[] {
  const known = new Map<string, Times & { readonly says: Finding; readonly stands: boolean }>()
  for (const [index, each] of steps.entries()) {
    const number = index + 1
    const found = findingsOf(each, number)
    if (each.environment !== environment || found === undefined) continue
    const now = new Set(found.map(({ fingerprint }) => fingerprint))
    for (const [fingerprint, one] of known)
      known.set(fingerprint, { ...one, stands: one.stands && now.has(fingerprint) })
    for (const says of found) {
      const before = known.get(says.fingerprint)
      const goesOn = before?.stands === true
      known.set(says.fingerprint, {
        firstSeen: before?.firstSeen ?? number,
        since: goesOn ? before.since : number,
        last: number,
        episodes: (before?.episodes ?? 0) + Number(!goesOn),
        says,
        stands: true,
      })
    }
  }
  return [...known.values()].filter(({ stands }) => stands).sort((a, b) => comparePath(a.says.path, b.says.path))
}

t.test('what stands at any moment is what the checks until then say', async (t) => {
  let runs = 0
  const asked = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    const workspace = `w${++runs}`
    await store.workspaces.create(workspace, minute(0))
    for (const [index, each] of steps.entries()) {
      const { environment } = each
      const snapshots = [{ observer: 'node', sequence: index + 1, source: '', digest: '' }]
      const found = findingsOf(each, index + 1)
      const { record, opened, reopened, resolved } = await store.checks.append(
        check(workspace, minute(index + 1), { environment, snapshots }),
        found,
      )
      const before = model(steps.slice(0, index), environment)
      const after = model(steps.slice(0, index + 1), environment)
      const names = (list: readonly Finding[]) => list.map(({ fingerprint }) => fingerprint).sort(compareText)
      const come = after.filter(({ since }) => since === index + 1)
      t.same(names(opened), names(come.filter(({ episodes }) => episodes === 1).map(({ says }) => says)))
      t.same(names(reopened), names(come.filter(({ episodes }) => episodes > 1).map(({ says }) => says)))
      const on = new Set(after.map(({ says }) => says.fingerprint))
      t.same(
        resolved,
        before.map(({ says }) => says).filter(({ fingerprint }) => !on.has(fingerprint)),
      )
      t.same(record.change.added - record.change.gone, after.length - before.length)
    }
    for (let at = 0; at <= steps.length; at++) {
      const page = await store.findings.list(workspace, {}, { limit: 100, at: new Date(minute(at)) })
      const expected = ['dev', 'prod'].flatMap((environment) => model(steps.slice(0, at), environment))
      t.same(
        page.items,
        expected.map((one) => ({
          ...one.says,
          firstSeen: minute(one.firstSeen),
          since: minute(one.since),
          lastSeen: minute(one.last),
          reopened: one.episodes - 1,
        })),
      )
    }
    const { rows } = await store.sql('select from congruent.spans where workspace = $1 and until_check <= from_check', [
      workspace,
    ])
    t.same(rows, [], 'no span is empty')
  })
  await fc.assert(asked, { numRuns: Number(process.env['CONGRUENT_CASES'] ?? 25) })
})

t.test('what is the same in one snapshot after another is kept once', async (t) => {
  await store.workspaces.create('w', minute(0))
  for (let number = 1; number <= 5; number++) {
    const snapshots = [{ observer: 'node', sequence: number, source: '', digest: '' }]
    const found =
      findingsOf(
        {
          environment: 'prod',
          found: [
            [1, 1],
            [2, Math.floor(number / 3)],
          ],
        },
        number,
      ) ?? []
    await store.checks.append(check('w', minute(number), { snapshots }), found)
  }
  t.equal((await store.sql("select from congruent.spans where workspace = 'w'", [])).rows.length, 1 + 2)
})

t.test('a finding relative to its cut is the same finding', async (t) => {
  const observation = fc.record(
    {
      observer: fc.constantFrom('a', 'b'),
      sequence: fc.nat(2),
      file: fc.constantFrom('a/1.json', 'a/2.json', 'b/1.json', 'b/*.json', 'x.json', '1.json'),
      value: fc.constantFrom(1, null),
    },
    { requiredKeys: ['observer', 'sequence'], noNullPrototype: true },
  )
  const cut = fc.array(
    fc.record({ observer: fc.constantFrom('a', 'b'), sequence: fc.nat(2) }, { noNullPrototype: true }),
    { maxLength: 3 },
  )
  fc.assert(
    fc.property(fc.array(observation), cut, (observations, members) => {
      const snapshots = members.map((member) => ({ ...member, source: '', digest: '' }))
      const one = finding(['a'], { observations })
      t.strictSame(absoluteIn(snapshots)(relativeTo(snapshots)(one)), one)
    }),
  )
})

t.test('places sort as reports do', async (t) => {
  const label = fc.oneof(
    fc.constantFrom('a', 'ab', 'a b', 'é', '😀', '\uFFFF', '0', '9', '10', '010', '-1'),
    fc.string(),
  )
  const some = fc.record({
    path: fc.array(
      label.filter((text) => !/\p{Cc}|\p{Cs}/u.test(text)),
      { maxLength: 4 },
    ),
    kind: fc.constantFrom(...kinds),
    rule: fc.constantFrom({ id: 'a' }, { id: 'b' }),
  })
  fc.assert(
    fc.property(some, some, (a, b) => {
      const expected =
        comparePath(a.path, b.path) ||
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        compareText(a.rule.id, b.rule.id)
      t.equal(Math.sign(Buffer.compare(Buffer.from(placeOf(a)), Buffer.from(placeOf(b)))), Math.sign(expected))
    }),
  )
})
