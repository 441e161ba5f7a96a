import t from 'tap'
import { emptyDatabases } from '../support/empty-databases.ts'
import { startPostgres } from '../support/postgres.ts'
import { openStore } from '../../src/store/open-store.ts'
import { forgets } from './contract/forgets.ts'
import { keepsAll } from './contract/keeps-all.ts'
import { serialises } from './contract/serialises.ts'
import { withstands } from './contract/withstands.ts'

// The same questions to both connections.
const server = await startPostgres()
t.teardown(() => server?.stop())
t.setTimeout(900_000)
const contract = [keepsAll, serialises, forgets, withstands]
const clock = (): Date => new Date('2026-03-01T12:00:00.000Z')

t.test('embedded', async (t) => {
  const store = await openStore({ cache: emptyDatabases, clock })
  t.teardown(() => store.close())
  for (const ask of contract) await ask(t, store)
})

t.test('PostgreSQL', { skip: server === undefined && 'PostgreSQL is not installed' }, async (t) => {
  const store = await openStore({ database: (await server?.database('contract')) ?? '', clock })
  t.teardown(() => store.close())
  for (const ask of contract) await ask(t, store)
})
