import type { Test } from 'tap'
import type { Store } from '../../../src/store/store.ts'
import { check, finding, minute, snapshot } from './samples.ts'

const day = 24 * 60

/** What retention allows to forget goes, and nothing that is in force. */
export async function forgets(t: Test, store: Store): Promise<void> {
  const workspace = 'old'
  const now = new Date(minute(100 * day))
  await store.workspaces.create(workspace, minute(0))
  for (const sequence of [1, 2, 3]) {
    const observedAt = minute(sequence * day)
    await snapshot(store, workspace, { sequence, receivedAt: observedAt })
    await snapshot(store, workspace, { sequence, receivedAt: observedAt, covers: ['a'], environment: 'dev' })
    await store.checks.append(
      check(workspace, observedAt),
      sequence === 2 ? [finding(['b'])] : [finding(['a', String(sequence)]), finding(['b'])],
    )
    await store.events.append(workspace, [
      { at: observedAt, kind: 'stale', environment: 'prod', observer: 'node', sequence },
    ])
  }
  const counts = async () => ({
    snapshots: (await store.snapshots.list(workspace, {}, { limit: 100 })).items.length,
    checks: (await store.checks.between(workspace, 'prod', undefined, undefined, { limit: 100 })).items.length,
    events: (await store.events.after(workspace, 0, 100)).map(({ event }) => event),
    texts: (await store.sql(`select from congruent.blobs where workspace = '${workspace}'`, [])).rows.length,
  })
  const all = { snapshots: 6, checks: 3, events: [1, 2, 3], texts: 6 }

  await t.test('nothing without being told', async (t) => {
    t.equal(await store.prune(now), 0)
    t.same(await counts(), all)
    await store.workspaces.setRetention(workspace, { snapshotsDays: 200, findingsDays: 1e12, eventsDays: 98.5 })
    t.equal(await store.prune(now), 1)
    t.same(await counts(), { ...all, events: [2, 3] })
  })

  await t.test('what is old and superseded', async (t) => {
    const text = Buffer.from(JSON.stringify({ sequence: 1, receivedAt: minute(day) }))
    const kept = await store.files.putSet(workspace, new Map([['a.json', text]]))
    await store.workspaces.setRetention(workspace, { snapshotsDays: 98, findingsDays: 97.5, eventsDays: 0 })
    const before = await store.findings.get(workspace, finding(['b']).fingerprint)
    t.ok((await store.prune(now)) > 0)
    t.same(await counts(), { snapshots: 4, checks: 2, events: [3], texts: 5 }, 'a text that is a file too stays')
    t.ok(await store.files.get(workspace, kept.files['a.json'] ?? ''))
    t.same(
      (await store.snapshots.candidates(workspace, 'dev', {})).map(({ sequence }) => sequence),
      [3, 3],
    )
    t.same(await store.findings.get(workspace, finding(['b']).fingerprint), before)
    t.equal(await store.findings.get(workspace, finding(['a', '1']).fingerprint), undefined)
    t.equal((await store.findings.list(workspace, {}, { limit: 9 })).items.length, 2)
    await store.workspaces.setRetention(workspace, { snapshotsDays: 0, findingsDays: 0, eventsDays: 0 })
    await store.prune(now)
    t.same(await counts(), { snapshots: 2, checks: 2, events: [3], texts: 3 }, 'what is in force stays')
    t.equal(
      (
        await store.events.append(workspace, [
          { at: minute(0), kind: 'stale', environment: 'e', observer: 'o', sequence: 1 },
        ])
      )[0]?.event,
      4,
    )
  })
}
