import t from 'tap'
import type { Data, DataObject } from '../../src/model/data.ts'
import type { ObservationEntry } from '../../src/model/workspace.ts'
import type { NamedFile } from '../../src/observation/cut-request.ts'
import { loneSnapshot } from '../../src/observation/lone-snapshot.ts'
import { readCut } from '../../src/observation/read-cut.ts'
import { memorySource } from '../support/memory-source.ts'

const now = new Date('2026-05-01T12:00:00Z')
const state = { services: { web: { replicas: 3 } } }
const said = { snapshot: 1, observer: 'agent', sequence: 3, observedAt: '2026-05-01T11:59:00Z', state }

function sent(data: Data, reported: NamedFile['reported'] = { observer: 'agent', adapter: 'snapshot' }): NamedFile {
  return { name: 'snapshots[0]', data, reported, read: async () => ({ ok: true, bytes: Buffer.from('never read') }) }
}

t.test('a lone snapshot is cut as it is among others', async (t) => {
  const entries: readonly ObservationEntry[] = [{ files: ['*'], observer: 'agent', covers: 'all' }]
  for (const file of [
    sent(said),
    sent({ ...said, environment: 'prod', observedAt: '2026-05-01t11:59:60.5+01:00' }),
    sent({ ...said, state: {} }),
    sent(state, { observer: 'agent', adapter: 'plain' }),
    sent(state, { observer: 'somebody', adapter: 'plain' }),
  ]) {
    const lone = loneSnapshot([file], entries, 'prod')
    const cut = await readCut({ entries, environment: 'prod', source: memorySource({}), now, files: [file] })
    t.same(lone?.observed, cut.observed)
    t.same(lone?.snapshots(), cut.snapshots)
    t.same([cut.notes, cut.problems, cut.holdsUntil], [[], [], Infinity])
  }
})

t.test('of what more is said it knows nothing', async (t) => {
  const none = (files: readonly NamedFile[] | undefined, entries: readonly ObservationEntry[] = []): void => {
    t.equal(loneSnapshot(files, entries, 'prod'), undefined)
  }
  none(undefined)
  none([])
  none([sent(said), sent({ ...said, sequence: 4 })])
  none([{ name: 'a.json', read: async () => ({ ok: true, bytes: Buffer.from('{}') }) }])
  const wrong: readonly DataObject[] = [
    { snapshot: 2 },
    { environment: 'dev' },
    { covers: ['services'] },
    { covers: [] },
    { seen: {} },
    { refused: [] },
    { observer: '' },
    { sequence: -1 },
    { sequence: 0.5 },
    { sequence: 2n ** 60n },
    { observedAt: 'yesterday' },
    { observedAt: '2026-02-31' },
    { state: [] },
    { state: null },
    { stat: {} },
  ]
  for (const more of wrong) none([sent({ ...said, ...more })])
  none([sent([said])])
  none([sent(state, { observer: 'agent' })])
  none([sent(state, { observer: 'agent', adapter: 'kubernetes' })])
  none([sent(state, { observer: 'agent', adapter: 'plain', at: 'x' })])
  none([sent(state, { observer: 'agent', adapter: 'plain', covers: 'objects' })])
  const settings: readonly Partial<ObservationEntry>[] = [
    { at: 'x' },
    { covers: 'objects' },
    { maxAge: '1m' },
    { lists: 'plain' },
    { namespace: 'x' },
  ]
  for (const more of settings) none([sent(said)], [{ files: ['*'], observer: 'agent', ...more }])
})
