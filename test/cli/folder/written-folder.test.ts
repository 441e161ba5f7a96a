import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { recordName, recordText } from '../../../src/cli/folder/folder-record.ts'
import { writeFolder, type WrittenFolder } from '../../../src/cli/folder/written-folder.ts'
import { sha256 } from '../../../src/model/sha256.ts'
import { fileLabel } from '../../../src/rendering/file-label.ts'

const origin = { workspace: 'w', environment: 'dev', to: 'kubernetes', path: '' }
let count = 0

function folder(files: Readonly<Record<string, string>> = {}): string {
  const dir = join(t.testdirName, `${count++}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}
t.testdir()

function written(
  dir: string,
  files: Readonly<Record<string, string>>,
  more: Partial<typeof origin> = {},
  force = false,
): Promise<WrittenFolder> {
  const list = Object.entries(files).map(([name, text]) => ({ name, text }))
  return writeFolder(dir, list, { ...origin, ...more }, { force })
}

/** Every file below a folder with its text, but for the record. */
function held(dir: string): Readonly<Record<string, string>> {
  const names = existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8', withFileTypes: true }) : []
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile() && entry.name !== recordName)
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]),
  )
}

t.test('what a killed run left is taken up, and what it left beside goes', async (t) => {
  const ended = spawnSync(process.execPath, ['--version']).pid
  const left = `.congruent-render-${ended}-aBc123`
  const record = (files: Readonly<Record<string, string>>): string =>
    recordText({
      ...origin,
      files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)])),
    })
  const staging = folder({ [`${left}/0`]: 'half a fi' })
  t.strictSame((await written(staging, { 'a.yaml': '1' })).written, ['a.yaml'], 'while it wrote beside')
  t.strictSame(held(staging), { 'a.yaml': '1' })

  const first = folder({ 'a.yaml': '1', [`${left}/1`]: '2', [`${left}/2`]: record({ 'a.yaml': '1', 'b.yaml': '2' }) })
  await t.rejects(written(first, { 'a.yaml': '1' }, { environment: 'prod' }), { message: /holds environment `dev`/ })
  t.strictSame((await written(first, { 'a.yaml': '3', 'b.yaml': '2' })).written, ['a.yaml', 'b.yaml'], 'halfway')
  t.strictSame(held(first), { 'a.yaml': '3', 'b.yaml': '2' })

  const next = { 'a.yaml': '4', 'c.yaml': '5' }
  writeFileSync(join(first, 'c.yaml'), '5')
  mkdirSync(join(first, left))
  writeFileSync(join(first, left, 'before-0'), '3')
  writeFileSync(join(first, left, '2'), record(next))
  t.strictSame(await written(first, { 'a.yaml': '4' }), {
    written: ['a.yaml'],
    removed: ['b.yaml', 'c.yaml'],
    unchanged: 0,
  })
  t.strictSame(held(first), { 'a.yaml': '4' })

  for (const [name, file] of [
    [left, 'notes.txt'],
    [`.congruent-render-${process.ppid}-aBc123`, '0'],
    ['.congruent-render-1x-aBc123', '0'],
  ]) {
    const other = folder({ [`${name}/${file}`]: 'x' })
    await written(other, { 'a.yaml': '1' }, {}, true)
    t.strictSame(held(other)[`${name}/${file}`], 'x', 'what may be in use, or is not surely ours, stays')
  }
})

t.test('whoever is interrupted leaves nothing behind', async (t) => {
  const dir = folder()
  await written(dir, { 'a.yaml': '1' })
  const end = new AbortController()
  const files = Array.from({ length: 200 }, (_, index) => ({ name: `n/${index}.yaml`, text: 'x' }))
  const writing = writeFolder(dir, files, origin, { force: false, signal: end.signal })
  setImmediate(() => end.abort())
  await t.rejects(writing, { code: 'OUTPUT_FAILED' })
  t.strictSame([held(dir), readdirSync(dir).sort()], [{ 'a.yaml': '1' }, [recordName, 'a.yaml']])
})

t.test('a folder follows what is rendered', async (t) => {
  const dir = folder()
  t.strictSame(await written(dir, { 'a/b.yaml': '1', 'c.yaml': '2' }), {
    written: ['a/b.yaml', 'c.yaml'],
    removed: [],
    unchanged: 0,
  })
  t.strictSame(await written(dir, { 'a/b.yaml': '1', 'c.yaml': '2' }), { written: [], removed: [], unchanged: 2 })
  writeFileSync(join(dir, 'mine'), 'x')
  t.strictSame(await written(dir, { 'c.yaml': '3', 'd/e.yaml': '4' }), {
    written: ['c.yaml', 'd/e.yaml'],
    removed: ['a/b.yaml'],
    unchanged: 0,
  })
  t.strictSame(held(dir), { 'c.yaml': '3', 'd/e.yaml': '4', mine: 'x' })
  t.strictSame(
    readdirSync(dir).sort(),
    [recordName, 'c.yaml', 'd', 'mine'],
    'what is empty goes, and nothing else is left',
  )
  t.strictSame(await written(folder({}), {}), { written: [], removed: [], unchanged: 0 })
})

t.test('what others put there is refused, and overwritten if that is forced', async (t) => {
  const refused = (
    dir: string,
    files: Readonly<Record<string, string>>,
    message: RegExp,
    more: Partial<typeof origin> = {},
  ): Promise<unknown> => t.rejects(written(dir, files, more), { code: 'USAGE', message })
  const strange = folder({ 'x.yaml': 'x' })
  await refused(strange, { 'y.yaml': 'y' }, /is not empty, and `congruent render` did not write it/)
  t.strictSame(held(strange), { 'x.yaml': 'x' })
  await written(strange, { 'x.yaml': 'y' }, {}, true)
  t.strictSame(held(strange), { 'x.yaml': 'y' })
  await refused(strange, { 'x.yaml': 'z' }, /holds environment `dev` of `w` for kubernetes/, { environment: 'prod' })
  await refused(strange, { 'x.yaml': 'z' }, /holds environment/, { path: 'a' })
  writeFileSync(join(strange, 'x.yaml'), 'edited')
  await refused(strange, { 'x.yaml': 'z' }, /x\.yaml` was changed since/)
  await refused(strange, {}, /x\.yaml` was changed since/)
  writeFileSync(join(strange, 'new.yaml'), 'mine')
  await refused(strange, { 'x.yaml': 'edited', 'new.yaml': 'z' }, /new\.yaml` was not written by/)
  t.strictSame(
    await written(strange, { 'x.yaml': 'edited' }),
    { written: [], removed: [], unchanged: 1 },
    'the same text is no harm',
  )
  const file = folder({ a: '' })
  await refused(join(file, 'a'), {}, /is no folder/)
})

t.test('no file leads out of the folder, whatever stands in it or in its record', async (t) => {
  const outside = folder({ 'kept.yaml': 'k' })
  const linked = folder({ z: '' })
  symlinkSync(outside, join(linked, 'a'))
  symlinkSync(join(outside, 'kept.yaml'), join(linked, 'b.yaml'))
  await t.rejects(written(linked, { 'a/kept.yaml': 'x' }, {}, true), { message: /a` is no folder/ })
  await t.rejects(written(linked, { 'b.yaml': 'x' }, {}, true), { message: /b\.yaml` is no file/ })
  for (const name of ['../kept.yaml', '/etc/passwd', 'a//b', 'a/../../b', 'a\\b', 'c:/b', '']) {
    const dir = folder({ [recordName]: JSON.stringify({ ...origin, files: { [name]: 'x' } }) })
    await t.rejects(written(dir, {}), { message: /is not what `congruent render` wrote there/ }, JSON.stringify(name))
  }
  for (const text of ['{', '[]', 'null', '{"files":{}}', JSON.stringify({ ...origin, files: { a: 1 } })])
    await t.rejects(written(folder({ [recordName]: text }), {}, {}, true), { code: 'USAGE' })
  t.strictSame(held(outside), { 'kept.yaml': 'k' })
})

t.test('what cannot be written leaves all as it was', async (t) => {
  const dir = folder()
  await written(dir, { 'a.yaml': '1', 'b/c.yaml': '2', 'd.yaml': '3' })
  mkdirSync(join(dir, 'e.yaml'))
  await t.rejects(written(dir, { 'a.yaml': '9', 'e.yaml/x': '9', 'b/c.yaml/y': '9' }), { code: 'USAGE' })
  const before = held(dir)
  const name = `${'n'.repeat(300)}.yaml`
  await t.rejects(written(dir, { 'a.yaml': '9', 'b/c.yaml': '9', 'f/g.yaml': '9', [name]: '9' }), {
    code: 'OUTPUT_FAILED',
    message: /cannot be written, and is as it was/,
  })
  t.strictSame(held(dir), before)
  t.strictSame(readdirSync(dir).sort(), [recordName, 'a.yaml', 'b', 'd.yaml', 'e.yaml'])
  t.strictSame(await written(dir, { 'a.yaml': '1', 'b/c.yaml': '2', 'd.yaml': '3' }), {
    written: [],
    removed: [],
    unchanged: 3,
  })
  const none = folder()
  await t.rejects(written(join(none, 'x'), { [name]: '9' }), { code: 'OUTPUT_FAILED' })
  t.notOk(existsSync(none))
  if (process.getuid?.() !== 0) {
    chmodSync(dir, 0o555)
    await t.rejects(written(dir, { 'a.yaml': '9' }), { code: 'OUTPUT_FAILED' })
    chmodSync(dir, 0o755)
    t.strictSame(held(dir), before)
  }
})

t.test('names of files are safe, and different for different labels', async (t) => {
  t.strictSame(['web', 'system:x', '..', '.', '', 'a/b', 'é', 'x.', 'web-*#2', 'A_b.c-d'].map(fileLabel), [
    'web',
    'system%3ax',
    '%2e%2e',
    '%2e',
    '%',
    'a%2fb',
    '%c3%a9',
    'x%2e',
    'web-%2a%232',
    'A_b.c-d',
  ])
  const label = fc.string({ unit: fc.constantFrom('a', '.', '/', '%', '2', 'e', '~', 'é', '\\', '\0'), maxLength: 6 })
  fc.assert(
    fc.property(label, label, fc.boolean(), (a, b, isLong) => {
      const [one, other] = isLong ? [a + 'x'.repeat(300), b + 'x'.repeat(300)] : [a, b]
      const name = fileLabel(one)
      t.match(name, /^(?!\.)[\w.%~-]{1,200}$/)
      return (name === fileLabel(other)) === (one === other)
    }),
  )
})
