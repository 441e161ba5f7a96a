import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { lockFolder } from '../../src/store/connections/embedded/folder-lock.ts'
import { openStore } from '../../src/store/open-store.ts'
import { startPostgres } from '../support/postgres.ts'
import { quickToBegin } from '../support/quick-to-begin.ts'

const clock = (): Date => new Date('2026-03-01T12:00:00.000Z')
const writer = fileURLToPath(new URL('../support/store-writer.js', import.meta.url))
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'congruent-store-')))
t.setTimeout(900_000)
t.teardown(() => rmSync(temporary, { recursive: true, force: true }))

/** Runs a writer until it has kept so many more; then kills it at once. Says what it found, and the last that it said was kept. */
async function killedAfter(folder: string, many: number): Promise<{ found: readonly number[]; kept: number }> {
  const child = spawn(process.execPath, [...quickToBegin, writer, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  })
  const ended = once(child, 'exit')
  let found: readonly number[] = []
  let kept = 0
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, ...numbers] = line.split(' ')
    if (word === 'open') found = numbers.map(Number)
    else {
      kept = Number(numbers[0])
      if (++count === many) child.kill('SIGKILL')
    }
  }
  await ended
  return { found, kept }
}

t.test('what was acknowledged is there after kill -9', async (t) => {
  const folder = join(temporary, 'killed')
  let acknowledged = 0
  for (let round = 1; round <= 20; round++) {
    const { found, kept } = await killedAfter(folder, 1 + ((round * 7) % 40))
    const [events = 0, snapshots] = found
    t.ok(events >= acknowledged, `round ${round}: ${events} of ${acknowledged}`)
    t.equal(snapshots, events, 'and nothing by half')
    acknowledged = Math.max(kept, events)
  }
})

t.test('a data folder is for one process', async (t) => {
  const folder = join(temporary, 'locked')
  const store = await openStore({ data: folder, clock })
  const message = new RegExp(`^the data folder \`${folder}\` is in use by another process; end that one`)
  await t.rejects(openStore({ data: folder, clock }), { code: 'STORE_LOCKED', message })
  const child = spawn(process.execPath, [...quickToBegin, writer, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
  })
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  t.same(await once(child, 'close'), [1, null])
  t.match(said, /STORE_LOCKED/)
  await store.close()
  await store.close()
  await t.rejects(store.workspaces.list(), { code: 'STORE_UNAVAILABLE' })
  const again = await openStore({ data: folder, clock })
  await again.close()
  t.same(readdirSync(folder), ['postgres'], 'nothing else is left')

  // Where there are no names without a file, and in another container, the file tells.
  const unlock = await lockFolder(folder, 'freebsd')
  await t.rejects(lockFolder(folder, 'linux'), { code: 'STORE_LOCKED' })
  await unlock()
  writeFileSync(join(folder, 'lock'), '')
  await (
    await lockFolder(folder)
  )()
})

t.test('a beginning that was cut short is begun again', async (t) => {
  const folder = join(temporary, 'unfinished')
  mkdirSync(join(folder, 'postgres'), { recursive: true })
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18')
  writeFileSync(join(folder, 'unfinished'), '')
  const store = await openStore({ data: folder, clock })
  t.same(await store.workspaces.list(), [])
  await store.close()
  t.same(readdirSync(folder), ['postgres'])

  writeFileSync(join(temporary, 'file'), '')
  await t.rejects(openStore({ data: join(temporary, 'file'), clock }))
  rmSync(join(folder, 'postgres', 'global'), { recursive: true })
  await t.rejects(openStore({ data: folder, clock }), { code: 'STORE_UNAVAILABLE' })
  await (
    await lockFolder(folder)
  )()
})

t.test('a new database begins with what the one before left in the cache', async (t) => {
  const cache = join(temporary, 'cache')
  const first = await openStore({ cache, clock })
  await first.workspaces.create('w', clock().toISOString())
  await first.close()
  const [template = ''] = readdirSync(cache)
  t.match(template, /^postgres-[0-9a-f]{16}\.tar\.gz$/)
  const folder = join(temporary, 'from-template')
  const second = await openStore({ cache, data: folder, clock })
  t.same(await second.workspaces.list(), [], 'an empty one')
  await second.workspaces.create('w', clock().toISOString())
  await second.close()
  const third = await openStore({ cache, data: folder, clock })
  t.equal((await third.workspaces.list()).length, 1)
  await third.close()
})

const server = await startPostgres()
t.teardown(() => server?.stop())

t.test('PostgreSQL', { skip: server === undefined && 'PostgreSQL is not installed' }, async (t) => {
  if (server === undefined) return
  const database = await server.database('connections')

  t.test('several processes at once bring the tables up to date', async (t) => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ database, clock })))
    t.same(await stores[0]?.workspaces.list(), [])
    for (const store of stores) await store.close()
  })

  t.test('a restart of the server costs what was under way, no more', async (t) => {
    const store = await openStore({ database, clock })
    const other = await openStore({ database, clock })
    const heard: string[] = []
    let told: () => void = () => undefined
    const next = (): Promise<void> => new Promise((resolve) => (told = resolve))
    await store.listen('events', (detail) => {
      heard.push(detail)
      told()
    })
    const missed = next()
    const broken = store.transaction(async (tx) => {
      await tx.workspaces.create('w', clock().toISOString())
      await server.endSessions('connections')
      await tx.workspaces.create('v', clock().toISOString())
    })
    await t.rejects(broken, { code: 'STORE_UNAVAILABLE' })
    await missed
    t.same(heard, [''], 'something may have been missed')
    t.same(await store.workspaces.list(), [])
    const arrived = next()
    await other.transaction((tx) => tx.notify('events', 'w'))
    await arrived
    t.same(heard, ['', 'w'])
    await store.close()
    await other.close()
  })

  t.test('tables of a newer version are left alone', async (t) => {
    const store = await openStore({ database, clock })
    await store.sql("insert into congruent.migrations values ('9999-later', now())", [])
    await store.close()
    await t.rejects(openStore({ database, clock }), { code: 'STORE_NEWER', message: /`9999-later`/ })
  })

  t.test('a server that is not there', async (t) => {
    const absent = database.replace(/host=.*$/, `host=${encodeURIComponent(temporary)}`)
    await t.rejects(openStore({ database: absent, clock }), { code: 'STORE_UNAVAILABLE' })
    await t.rejects(openStore({ database: database.replace('/connections', '/none'), clock }), {
      code: 'STORE_UNAVAILABLE',
      message: /^the database cannot be used: database "none" does not exist/,
    })
  })
})
