import t from 'tap'
import { startPostgres } from '../support/postgres.ts'
import { openStore } from '../../src/store/open-store.ts'
import { keepsAll } from './contract/keeps-all.ts'

// The same questions to both connections.
const server = await startPostgres()
t.teardown(() => server?.stop())
const clock = (): Date => new Date('2026-03-01T12:00:00.000Z')

t.test('embedded', async (t) => {
  const store = await openStore({ clock })
  t.teardown(() => store.close())
  await keepsAll(t, store)
})

t.test('PostgreSQL', { skip: server === undefined && 'PostgreSQL is not installed' }, async (t) => {
  const store = await openStore({ database: (await server?.database('contract')) ?? '', clock })
  t.teardown(() => store.close())
  await keepsAll(t, store)
})
