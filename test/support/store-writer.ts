// A process that keeps snapshots one after another, until somebody ends it: says `open` and how many are there, then each that is kept.
import { openStore } from '../../src/store/open-store.ts'
import { emptyDatabases } from './empty-databases.ts'
import { snapshot } from '../store/contract/samples.ts'

const [folder = ''] = process.argv.slice(2)
const at = '2026-03-01T12:00:00.000Z'
const store = await openStore({ data: folder, cache: emptyDatabases, clock: () => new Date(at) })
await store.workspaces.create('w', at)
const events = await store.events.newest('w')
const { items } = await store.snapshots.list('w', {}, { limit: 100_000 })
process.stdout.write(`open ${events} ${items.length}\n`)
for (let sequence = events + 1; ; sequence++) {
  await store.transaction(async (tx) => {
    await tx.workspaces.lock('w')
    await snapshot(tx, 'w', { sequence, observedAt: at, receivedAt: at, by: 'x'.repeat(sequence % 9_000) })
    await tx.events.append('w', [{ at, kind: 'snapshot', observer: 'node', sequence, observedAt: at }])
  })
  process.stdout.write(`kept ${sequence}\n`)
}
