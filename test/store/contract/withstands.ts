import fc from 'fast-check'
import type { Test } from 'tap'
import { reaches } from '../../../src/model/path-pattern.ts'
import { placeOf, placePattern } from '../../../src/store/spans/place.ts'
import type { Page, PageRequest, Store } from '../../../src/store/store.ts'
import { check, finding, minute, snapshot } from './samples.ts'

/** What people send on purpose costs an answer, never an error of ours. */
export async function withstands(t: Test, store: Store): Promise<void> {
  const workspace = 'hostile'
  await store.workspaces.create(workspace, minute(0))
  for (const sequence of [1, 2]) {
    await snapshot(store, workspace, { sequence })
    await store.checks.append(check(workspace, minute(sequence)), [finding(['a']), finding(['b'])])
    await store.events.append(workspace, [
      { at: minute(sequence), kind: 'stale', environment: 'e', observer: 'o', sequence },
    ])
  }
  const lists: Readonly<Record<string, (page: PageRequest) => Promise<Page<unknown>>>> = {
    snapshots: (page) => store.snapshots.list(workspace, {}, page),
    checks: (page) => store.checks.between(workspace, 'prod', undefined, undefined, page),
    events: (page) => store.events.list(workspace, {}, page),
    findings: (page) => store.findings.list(workspace, {}, { ...page, order: 'since' }),
  }

  await t.test('cursors that somebody made up', async (t) => {
    for (const [name, list] of Object.entries(lists)) {
      const { next = '' } = await list({ limit: 1 })
      const [digest]: unknown[] = JSON.parse(Buffer.from(next, 'base64url').toString())
      const part = fc.oneof(
        fc.string(),
        fc.double(),
        fc.maxSafeInteger(),
        fc.constantFrom(minute(1), '9999-99-99T99:99Z', '\u0000', null, []),
      )
      const forged = fc.oneof(
        fc.string(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
        fc
          .tuple(fc.array(part, { maxLength: 5 }), part)
          .map(([key, pinned]) => Buffer.from(JSON.stringify([digest, key, pinned])).toString('base64url')),
      )
      const asked = fc.asyncProperty(forged, async (cursor) => {
        const answer = await list({ limit: 1, cursor }).catch((error: unknown) => error)
        if (answer instanceof Error) t.match(answer, { code: 'CURSOR_INVALID' }, `${name} ${cursor}`)
      })
      await fc.assert(asked, { numRuns: 200 })
    }
  })

  await t.test('numbers and words that nothing can have', async (t) => {
    for (const number of [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, NaN, Infinity]) {
      const named = String(number)
      const none = await store.revisions.get(workspace, number).catch((error: unknown) => error)
      if (none !== undefined) t.match(none, { code: 'BODY_INVALID' }, named)
      const nothing = await store.events.after(workspace, number, 1).catch((error: unknown) => error)
      if (!Array.isArray(nothing)) t.match(nothing, { code: 'BODY_INVALID' }, named)
    }
    for (const word of ['\u0000', '\ud800', "'; drop table x --", '\\', '*', '('.repeat(500)]) {
      for (const filter of [
        { owner: word },
        { rule: word },
        { team: word },
        { q: word },
        { path: [word, word] },
        { environments: [word] },
      ]) {
        const { items } = await store.findings.list(workspace, filter, { limit: 1 })
        t.equal(items.length, 0, JSON.stringify(filter))
      }
    }
  })

  await t.test('a path pattern reaches what it says', async (t) => {
    const label = fc.oneof(
      fc.constantFrom('a', 'b', '*', '0', '10', '.', '[a]', '\\', '^$', '(?i)a', '***:a'),
      fc.string(),
    )
    const path = fc.array(label, { maxLength: 4 })
    const asked = fc.asyncProperty(path, path, async (pattern, below) => {
      for (const whole of [below, [...pattern, ...below]]) {
        const place = placeOf(finding(whole))
        const { rows } = await store.sql('select $1::text ~ $2::text as reached', [place, placePattern(pattern)])
        // Control characters all count as one.
        const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\uFFFD')
        const expected = reaches(
          pattern.map((each) => (each === '*' ? null : plain(each))),
          whole.map(plain),
        )
        t.same(rows, [{ reached: expected }], JSON.stringify([pattern, whole]))
      }
    })
    await fc.assert(asked, { numRuns: 100 })
  })
}
