import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { diskMemory } from '../../src/memory/disk/disk-memory.ts'
import { clear, usageOf } from '../../src/memory/disk/housekeeping.ts'
import { readPack, writePack } from '../../src/memory/disk/pack.ts'
import { whyNotTrusted } from '../../src/memory/disk/trusted-folder.ts'
import type { Memory } from '../../src/memory/memory.ts'
import { memorySource } from '../support/memory-source.ts'

t.setTimeout(120_000)

/** A folder that nobody else can write to, and whose surroundings nobody else can. */
function placeIn(t: Test): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'congruent-memory-')))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'cache')
}

async function recalled(memory: Memory, ...keys: readonly string[]): Promise<readonly (string | undefined)[]> {
  const found = await memory.recall(keys)
  return keys.map((key) => found.get(key))
}

async function remember(folder: string, ...entries: readonly (readonly [string, string])[]): Promise<void> {
  const memory = diskMemory({ folder, scope: 'v1' })
  memory.remember(entries)
  await memory.flush()
}

function packsIn(folder: string): readonly string[] {
  return readdirSync(join(folder, 'packs')).map((name) => join(folder, 'packs', name))
}

t.test('what is remembered is there for the next, and at once for oneself', async (t) => {
  const folder = placeIn(t)
  const memory = diskMemory({ folder, scope: 'v1' })
  t.strictSame(await recalled(memory, 'a/1'), [undefined])
  t.notOk(existsSync(folder), 'looking makes nothing')
  memory.remember([
    ['a/1', '{"é":"\u{1f600}"}'],
    ['a/2', ''],
    ['b/1', 'x'],
    ['none', 'y'],
    ['half/1', '\u{d83d}'],
  ])
  t.strictSame(await recalled(memory, 'a/1', 'a/2', 'a/3'), ['{"é":"\u{1f600}"}', '', undefined])
  await memory.flush()
  const next = diskMemory({ folder, scope: 'v1' })
  t.strictSame(await recalled(next, 'b/1', 'a/2', 'a/1', 'none', 'half/1'), [
    'x',
    '',
    '{"é":"\u{1f600}"}',
    'y',
    undefined,
  ])
  t.equal(packsIn(folder).length, 3, 'one pack a group')
  next.remember([['a/1', 'new']])
  await next.flush()
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1', 'a/2'), ['new', ''], 'the others stay')
  t.strictSame(
    await recalled(diskMemory({ folder, scope: 'v2' }), 'a/1'),
    [undefined],
    'another version knows nothing of it',
  )
})

t.test('texts are kept without being asked to', async (t) => {
  const folder = placeIn(t)
  diskMemory({ folder, scope: 'v1' }).remember([['a/1', 'x']])
  while (!existsSync(join(folder, 'packs')) || usageOf(folder).packs === 0) await pause(20)
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1'), ['x'])
})

t.test('only this user can read it, and what others can write is not used', async (t) => {
  const folder = placeIn(t)
  await remember(folder, ['a/1', 'x'])
  const memory = (): Memory => diskMemory({ folder, scope: 'v1' })
  for (const path of [folder, join(folder, 'packs')]) t.equal(statSync(path).mode & 0o777, 0o700, path)
  for (const path of [join(folder, 'key'), join(folder, 'size'), ...packsIn(folder)])
    t.equal(statSync(path).mode & 0o777, 0o600, path)

  for (const path of [folder, join(folder, 'packs')]) {
    chmodSync(path, 0o720)
    t.strictSame(await recalled(memory(), 'a/1'), [undefined], `${path} is writable by a group`)
    chmodSync(path, 0o700)
  }
  chmodSync(join(folder, '..'), 0o777)
  t.match(whyNotTrusted(folder), /can be written by, somebody else/)
  t.strictSame(await recalled(memory(), 'a/1'), [undefined], 'the folder around it is writable by all')
  if (process.getuid?.() === 0) {
    chownSync(join(folder, '..'), 0, 54321)
    chmodSync(join(folder, '..'), 0o770)
    t.match(whyNotTrusted(folder), /can be written by, somebody else/, 'a group of others')
    chownSync(join(folder, '..'), 0, 0)
    t.equal(whyNotTrusted(folder), undefined, 'the group of this user alone')
  }
  chmodSync(join(folder, '..'), 0o1777)
  t.strictSame(await recalled(memory(), 'a/1'), ['x'], 'with the sticky bit nobody can put another in its place')
  chmodSync(join(folder, 'key'), 0o644)
  t.strictSame(await recalled(memory(), 'a/1'), [undefined], 'others have read the key')
  await remember(folder, ['b/1', 'y'])
  t.strictSame(await recalled(memory(), 'a/1', 'b/1'), [undefined, 'y'], 'a new one is made')

  renameSync(folder, `${folder}-real`)
  symlinkSync(`${folder}-real`, folder)
  t.match(whyNotTrusted(folder), /is a symbolic link/)
  await remember(folder, ['b/1', 'z'])
  t.strictSame(await recalled(memory(), 'b/1'), [undefined])
  t.strictSame(await recalled(diskMemory({ folder: `${folder}-real`, scope: 'v1' }), 'b/1'), ['y'])
  rmSync(folder)

  if (process.getuid?.() !== 0) return
  chownSync(`${folder}-real`, 12345, 0)
  t.match(whyNotTrusted(`${folder}-real`), /belongs to/)
  await remember(`${folder}-real`, ['b/1', 'z'])
  chownSync(`${folder}-real`, 0, 0)
  t.strictSame(
    await recalled(diskMemory({ folder: `${folder}-real`, scope: 'v1' }), 'b/1'),
    ['y'],
    'nothing was written',
  )
})

t.test('links and pipes in the place of files are passed over', async (t) => {
  const folder = placeIn(t)
  await remember(folder, ['a/1', 'x'])
  const [pack = ''] = packsIn(folder)
  renameSync(pack, `${folder}-elsewhere`)
  symlinkSync(`${folder}-elsewhere`, pack)
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1'), [undefined])
  await remember(folder, ['a/1', 'y'])
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1'), ['y'], 'and replaced')
  t.ok(existsSync(`${folder}-elsewhere`))
})

t.test('a folder in a workspace is not used', async (t) => {
  const folder = placeIn(t)
  const workspace = join(folder, '..')
  const inside = diskMemory({ folder, scope: 'v1', outside: [workspace] })
  inside.remember([['a/1', 'x']])
  await inside.flush()
  t.notOk(existsSync(folder))
  symlinkSync(workspace, `${workspace}-link`)
  t.teardown(() => rmSync(`${workspace}-link`))
  diskMemory({ folder: join(`${workspace}-link`, 'cache'), outside: [workspace] }).remember([['a/1', 'x']])
  await pause(600)
  t.notOk(existsSync(folder), 'by whatever name')
  const beside = diskMemory({ folder, scope: 'v1', outside: [`${folder}-work`] })
  beside.remember([['a/1', 'x']])
  await beside.flush()
  t.strictSame(await recalled(beside, 'a/1'), ['x'])
})

t.test('a changed pack is none: any byte, any part, any other pack', async (t) => {
  const secret = Buffer.alloc(32, 7)
  const texts = new Map([
    ['g/1', '{"verdict":"violates"}'],
    ['g/2', '{"verdict":"conforms"}'],
  ])
  const pack = writePack(texts, 'name', secret)
  t.strictSame(readPack(pack, 'name', secret), texts)
  t.strictSame(readPack(pack, 'name', secret, new Set(['g/2', 'g/3'])), new Map([['g/2', '{"verdict":"conforms"}']]))
  for (let at = 0; at < pack.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(pack)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      if (readPack(changed, 'name', secret) !== undefined) t.fail(`bit ${bit} of byte ${at}`)
    }
    if (readPack(pack.subarray(0, at), 'name', secret) !== undefined) t.fail(`the first ${at} bytes`)
  }
  t.equal(readPack(Buffer.concat([pack, Buffer.alloc(1)]), 'name', secret), undefined)
  t.equal(readPack(pack, 'other', secret), undefined)
  t.equal(readPack(pack, 'name', Buffer.alloc(32, 8)), undefined, 'the secret of another user')
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      (bytes) => readPack(Buffer.from(bytes), 'name', secret) === undefined,
    ),
  )
})

t.test('packs cannot be swapped, and a broken one is replaced', async (t) => {
  const folder = placeIn(t)
  await remember(folder, ['a/1', 'x'])
  const [first = ''] = packsIn(folder)
  await remember(folder, ['b/1', 'y'])
  const second = packsIn(folder).find((path) => path !== first) ?? ''
  copyFileSync(first, second)
  const other = placeIn(t)
  await remember(other, ['a/1', 'planted'])
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1', 'b/1'), ['x', undefined])
  copyFileSync(packsIn(other)[0] ?? '', first)
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1'), [undefined])
  writeFileSync(first, '')
  await remember(folder, ['a/2', 'z'])
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1', 'a/2'), [undefined, 'z'])
})

t.test('whatever is in the way, nothing is remembered and nothing fails', async (t) => {
  const folder = placeIn(t)
  writeFileSync(folder, 'a file')
  await remember(folder, ['a/1', 'x'])
  await remember(join(folder, 'below'), ['a/1', 'x'])
  await remember('relative', ['a/1', 'x'])
  t.equal(readFileSync(folder, 'utf8'), 'a file')
  t.notOk(existsSync('relative'))
  t.strictSame(await recalled(diskMemory({ folder: '\0', scope: 'v1' }), 'a/1'), [undefined])
  rmSync(folder)

  await remember(folder, ['a/1', 'x'])
  const [pack = ''] = packsIn(folder)
  rmSync(pack)
  mkdirSync(join(pack, 'full'), { recursive: true })
  await remember(folder, ['a/1', 'x'])
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'a/1'), [undefined], 'it cannot be written')
  t.strictSame(packsIn(folder), [pack], 'and nothing is left behind')
})

t.test('the longest unused goes first, and there is never too much', async (t) => {
  const folder = placeIn(t)
  const maxBytes = 1024 * 1024
  const text = 'x'.repeat(50_000)
  let now = Date.parse('2026-01-01T00:00:00Z')
  const memory = (): Memory => diskMemory({ folder, scope: 'v1', maxBytes, clock: () => now })
  const keep = async (key: string): Promise<void> => {
    const one = memory()
    one.remember([[key, text]])
    await one.flush()
    for (const path of packsIn(folder))
      if (Date.now() - statSync(path).mtimeMs < 60_000) utimesSync(path, now / 1000, now / 1000)
    now += 7_200_000
  }
  for (let index = 0; index < 60; index += 1) {
    await keep(`g${index}/1`)
    t.strictSame(await recalled(memory(), 'g0/1'), [text], 'what is used stays')
    const bytes = packsIn(folder).reduce((sum, path) => sum + statSync(path).size, 0)
    if (bytes > maxBytes) t.fail(`${bytes} bytes after ${index}`)
  }
  t.strictSame(await recalled(memory(), 'g1/1', 'g59/1'), [undefined, text])
  t.ok(packsIn(folder).length > 10, 'most of the room is used')

  const abandoned = join(folder, 'packs', '.new-0')
  writeFileSync(abandoned, text)
  utimesSync(abandoned, 1, 1)
  rmSync(join(folder, 'size'))
  await keep('last/1')
  t.notOk(existsSync(abandoned), 'what was never finished is removed')
  t.ok(existsSync(join(folder, 'size')))
})

t.test('of one group, what is used stays and the rest is bounded', async (t) => {
  const folder = placeIn(t)
  const text = 'x'.repeat(100_000)
  for (let round = 0; round < 40; round += 1) {
    const memory = diskMemory({ folder, scope: 'v1' })
    await memory.recall(['g/used'])
    memory.remember([[`g/${round}`, text], ...(round === 0 ? [['g/used', text] as const] : [])])
    await memory.flush()
  }
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'g/used', 'g/39', 'g/0'), [text, text, undefined])
  t.ok(usageOf(folder).bytes < 2_000_000)
})

t.test('clearing removes what was made, and nothing else', async (t) => {
  const folder = placeIn(t)
  t.strictSame(clear(folder), { packs: 0, bytes: 0 })
  await remember(folder, ['a/1', 'x'], ['b/1', 'x'])
  writeFileSync(join(folder, 'mine.txt'), '')
  t.match(clear(folder), { packs: 2 })
  t.strictSame(readdirSync(folder), ['mine.txt'])
  rmSync(join(folder, 'mine.txt'))
  await remember(folder, ['a/1', 'x'])
  clear(folder)
  t.notOk(existsSync(folder))
  mkdirSync(`${folder}-real`)
  symlinkSync(`${folder}-real`, folder)
  t.match(clear(folder), { refused: /symbolic link/ })
})

t.test('parts of a check are worked out once, also for another process', async (t) => {
  const folder = placeIn(t)
  const engine = createCueGo({ size: 1 })
  t.teardown(() => engine.close())
  const asked: string[] = []
  const counting: Engine = {
    ...engine,
    check: (request, options) => {
      asked.push('check')
      return engine.check(request, options)
    },
    plan: async (request, options) => {
      asked.push('plan')
      if (engine.plan === undefined) throw new Error('no plans')
      return engine.plan(request, options)
    },
  }
  const checked = async (replicas: number): Promise<unknown> => {
    asked.length = 0
    const services = Array.from({ length: 5 }, (_, index) => `  s${index}: { replicas: ${index === 4 ? replicas : 1} }`)
    const source = memorySource({
      'congruent.yaml': 'workspace: w\nteams: { sre: { fragments: [./sre] } }\nobservations: [{ files: [o.yaml] }]\n',
      'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=2\n',
      'o.yaml': `services:\n${services.join('\n')}\n`,
    })
    const memory = diskMemory({ folder })
    const congruent = createCongruent({ engine: counting, memory, fewest: 0, clock: () => new Date(0) })
    const { report } = await congruent.check({ source })
    await memory.flush()
    return report.findings
  }
  const first = await checked(1)
  t.ok(asked.includes('plan') && asked.includes('check'))
  t.strictSame(await checked(1), first)
  t.strictSame(asked, [], 'nothing is left to ask')
  t.match(await checked(0), { length: 5 })
  t.strictSame(asked, ['check'], 'what is new is asked about')
})

// Each of these processes remembers texts of its own and of all, as fast as it can.
const module = JSON.stringify(new URL('../../src/memory/disk/disk-memory.js', import.meta.url).href)
const writer = `
const { diskMemory } = await import(${module})
const [folder, name, rounds] = process.argv.slice(1)
process.stdout.write('started')
for (let round = 0; round < Number(rounds); round += 1) {
  const memory = diskMemory({ folder, scope: 'v1' })
  memory.remember([['own' + name + '/1', name.repeat(1 + 5000 * (round % 7))], ['all/' + name, name.repeat(20000)]])
  await memory.flush()
}
`

function startWriter(folder: string, name: string, rounds: number): ReturnType<typeof spawn> {
  return spawn(process.execPath, ['--input-type=module', '-e', writer, folder, name, String(rounds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

t.test('processes that start at once get one key, and disturb one another in nothing', async (t) => {
  const folder = placeIn(t)
  const names = ['a', 'b', 'c', 'd']
  const children = names.map((name) => startWriter(folder, name, 20))
  const ended = await Promise.all(children.map((child) => once(child, 'close')))
  t.strictSame(
    ended,
    names.map(() => [0, null]),
  )
  const memory = diskMemory({ folder, scope: 'v1' })
  for (const name of names) t.match((await recalled(memory, `own${name}/1`))[0], new RegExp(`^${name}+$`))
  t.ok((await recalled(memory, ...names.map((name) => `all/${name}`))).some((text) => text?.length === 20000))
  t.notOk(
    readdirSync(join(folder, 'packs')).some((name) => name.startsWith('.')),
    'nothing unfinished is left',
  )
})

t.test('a process that is killed while it writes leaves nothing broken', async (t) => {
  const folder = placeIn(t)
  for (let round = 0; round < 6; round += 1) {
    const child = startWriter(folder, 'k', 1_000_000)
    if (child.stdout === null) throw new Error('no output')
    await once(child.stdout, 'data')
    await pause(round * 17)
    child.kill('SIGKILL')
    await once(child, 'close')
    const [own, all] = await recalled(diskMemory({ folder, scope: 'v1' }), 'ownk/1', 'all/k')
    t.ok(own === undefined || (/^k+$/.test(own) && own.length % 5000 === 1), `${own?.length} whole`)
    t.ok(all === undefined || all.length === 20000)
  }
  await remember(folder, ['ownk/1', 'after'])
  t.strictSame(await recalled(diskMemory({ folder, scope: 'v1' }), 'ownk/1'), ['after'])
})
