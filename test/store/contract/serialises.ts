import type { Test } from 'tap'
import type { Store } from '../../../src/store/store.ts'
import { check, finding, minute } from './samples.ts'

/** Changes of one workspace happen one after another, and all of each or nothing. */
export async function serialises(t: Test, store: Store): Promise<void> {
  const workspace = 'busy'
  await store.workspaces.create(workspace, minute(0))
  const kind = { kind: 'stale', environment: 'prod', observer: 'node' } as const

  await t.test('whoever reads events finds no gap', async (t) => {
    const writers = Array.from({ length: 20 }, (_, writer) =>
      store.transaction(async (tx) => {
        await tx.workspaces.lock(workspace)
        const drafts = Array.from({ length: 1 + (writer % 3) }, () => ({
          ...kind,
          at: minute(writer),
          sequence: writer,
        }))
        const [first] = await tx.events.append(workspace, drafts)
        await tx.checks.want(workspace, 'prod')
        const { record } = await tx.checks.append(check(workspace, minute(writer)), [finding([String(writer)])])
        return { writer, first: first?.event ?? 0, check: record.check }
      }),
    )
    let writing = true
    const ended = Promise.all(writers).finally(() => (writing = false))
    while (writing) {
      const seen = await store.events.after(workspace, 0, 1_000)
      if (seen.some(({ event }, index) => event !== index + 1))
        t.fail(`gap in ${seen.map(({ event }) => event).join()}`)
    }
    const done = await ended
    t.same(
      done.map((one) => one.check).sort((a, b) => a - b),
      done.map((_, index) => index + 1),
    )
    const byEvent = done.toSorted((a, b) => a.first - b.first)
    t.same(
      byEvent.map((one) => one.check),
      done.map((_, index) => index + 1),
      'numbers tell one order',
    )
    const all = await store.events.after(workspace, 0, 1_000)
    t.equal(all.length, await store.events.newest(workspace))
    t.same(
      all.map(({ at }) => at),
      all.map(({ at }) => at).sort(),
      'and no time goes back',
    )
    t.same(await store.checks.progress(workspace, 'prod'), { wanted: 20, done: 0 })
    const { items } = await store.findings.list(workspace, {}, { limit: 5 })
    t.same(
      items.map(({ path }) => path),
      [[String(byEvent.at(-1)?.writer)]],
    )
  })

  await t.test('a transaction that fails leaves nothing, and tells nobody', async (t) => {
    const before = await store.events.newest(workspace)
    const heard: string[] = []
    const stop = await store.listen('jobs', (detail) => heard.push(detail))
    const failing = store.transaction(async (tx) => {
      await tx.events.append(workspace, [{ ...kind, at: minute(1), sequence: 1 }])
      await tx.notify('jobs', 'never')
      throw new Error('on purpose')
    })
    await t.rejects(failing, { message: 'on purpose' })
    const hidden = store.transaction(async (tx) => {
      await tx.events.append(workspace, [{ ...kind, at: minute(1), sequence: 1 }])
      await tx.sql('select 1 / 0', []).catch(() => undefined)
    })
    await t.rejects(hidden, { message: /division by zero/ }, 'an error that was swallowed too')
    t.equal(await store.events.newest(workspace), before)
    await store.transaction((tx) => tx.notify('jobs', 'kept'))
    await store.ready()
    while (heard.length === 0) await new Promise((resolve) => setImmediate(resolve))
    t.same(heard, ['kept'])
    await stop()
  })

  await t.test('a transaction that lost against another runs again', async (t) => {
    let runs = 0
    const work = store.transaction(async (tx) => {
      runs++
      await tx.events.append(workspace, [{ ...kind, at: minute(1), sequence: runs }])
      if (runs < 3) await tx.sql("do $$ begin raise exception 'lost' using errcode = '40001'; end $$", [])
      return runs
    })
    t.equal(await work, 3)
    const endless = store.transaction((tx) => tx.sql("do $$ begin raise 'lost' using errcode = '40P01'; end $$"))
    await t.rejects(endless, { code: 'STORE_UNAVAILABLE' })
  })

  await t.test('the store is not asked from within a transaction', async (t) => {
    await t.rejects(
      store.transaction(() => store.workspaces.list()),
      { message: /in the middle of a transaction/ },
    )
    t.same((await store.sql('select 1 as one; select 2 as one')).rows, [{ one: 1 }, { one: 2 }])
  })
}
