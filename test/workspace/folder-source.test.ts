import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { globProblem, isGlob, literalGlob } from '../../src/workspace/glob.ts'

function reasonOf(read: Awaited<ReturnType<ReturnType<typeof folderSource>['read']>>): string {
  return read.ok ? `ok ${Buffer.from(read.bytes).toString()}` : `${read.reason}: ${read.message}`
}

t.test('reads what is in the folder, and says why where it does not', async (t) => {
  const dir = t.testdir({
    'secret.txt': 'secret',
    outside: { 'x.yaml': 'secret' },
    space: { 'a.yaml': 'a', 'big.yaml': 'x'.repeat(101), sub: { 'b.yaml': 'b' }, 'folder.yaml': {} },
    'space-too': { 'c.yaml': 'secret' },
  })
  const space = join(dir, 'space')
  symlinkSync('../secret.txt', join(space, 'out.yaml'))
  symlinkSync('../outside', join(space, 'out'))
  symlinkSync('../space-too', join(space, 'sibling'))
  symlinkSync('sub/b.yaml', join(space, 'in.yaml'))
  symlinkSync('sub', join(space, 'alias'))
  symlinkSync('loop.yaml', join(space, 'loop.yaml'))
  symlinkSync('gone.yaml', join(space, 'dangling.yaml'))
  symlinkSync(join(space, 'a.yaml'), join(space, 'absolute.yaml'))
  linkSync(join(space, 'a.yaml'), join(space, 'hard.yaml'))
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(space, 'pipe.yaml')])
  const source = folderSource(space, { maxBytes: 100 })
  const expected: Readonly<Record<string, string>> = {
    'a.yaml': 'ok a',
    './sub//b.yaml': 'ok b',
    'in.yaml': 'ok b',
    'alias/b.yaml': 'ok b',
    'absolute.yaml': 'ok a',
    'hard.yaml': 'ok a',
    'out.yaml': 'outside: `out.yaml` is a symbolic link out of the workspace',
    'out/x.yaml': 'outside: `out/x.yaml` is a symbolic link out of the workspace',
    'sibling/c.yaml': 'outside: `sibling/c.yaml` is a symbolic link out of the workspace',
    '../secret.txt': 'outside: `../secret.txt` is outside the workspace',
    'sub/../../secret.txt': 'outside: `sub/../../secret.txt` is outside the workspace',
    'sub\\..\\..\\secret.txt': 'outside: `sub\\..\\..\\secret.txt` is outside the workspace',
    '/etc/hostname': 'outside: `/etc/hostname` is outside the workspace',
    'gone.yaml': 'absent: `gone.yaml` does not exist',
    'a.yaml/x': 'absent: `a.yaml/x` does not exist',
    'dangling.yaml': 'absent: `dangling.yaml` does not exist',
    'a\u0000.yaml': 'absent: `a\u0000.yaml` does not exist',
    'loop.yaml': 'other: `loop.yaml` is a symbolic link to itself',
    'pipe.yaml': 'other: `pipe.yaml` is not a regular file',
    'folder.yaml': 'directory: `folder.yaml` is a directory, not a file',
    '.': 'directory: `.` is a directory, not a file',
    'big.yaml': 'too-large: `big.yaml` has 101 bytes; at most 100 are read',
  }
  for (const [name, answer] of Object.entries(expected))
    t.equal(reasonOf(await source.read(name)), answer, JSON.stringify(name))
  t.match(reasonOf(await folderSource(join(dir, 'gone')).read('a')), /^absent/)
})

t.test('a file that may not be read', { skip: process.getuid?.() === 0 && 'root may read everything' }, async (t) => {
  const dir = t.testdir({ 'a.yaml': 'a', shut: { 'b.yaml': 'b' } })
  chmodSync(join(dir, 'a.yaml'), 0)
  chmodSync(join(dir, 'shut'), 0)
  t.teardown(() => chmodSync(join(dir, 'shut'), 0o700))
  t.match(reasonOf(await folderSource(dir).read('a.yaml')), /^denied/)
  await t.rejects(folderSource(dir).list(['**/*.yaml']), {
    code: 'WORKSPACE_INVALID',
    message: 'the folder `shut` cannot be listed (EACCES)',
  })
})

t.test('lists what globs match, sorted, and nothing of outside', async (t) => {
  const dir = t.testdir({
    'congruent.yaml': 'never listed',
    'top.yaml': '',
    '.hidden': { 'h.yaml': '' },
    node_modules: { x: { 'n.yaml': '' } },
    é: { 'z.yaml': '', 'a.yaml': '', 'B.yaml': '' },
    deep: {
      er: { 'd.yaml': '', 'd.json': '', '.e.yaml': '' },
      node_modules: { 'n.yaml': '' },
      '.git': { 'g.yaml': '' },
    },
    'round (1)': { 'a+b.yaml': '', 'x|y.yaml': '' },
    '[odd]': { '{x}*.yaml': '' },
    'folder.yaml': { 'in.yaml': '' },
  })
  const source = folderSource(dir)
  t.same(await source.list(['**/*.yaml']), [
    '[odd]/{x}*.yaml',
    'deep/er/d.yaml',
    'folder.yaml/in.yaml',
    'round (1)/a+b.yaml',
    'round (1)/x|y.yaml',
    'top.yaml',
    'é/B.yaml',
    'é/a.yaml',
    'é/z.yaml',
  ])
  t.same(
    await source.list(['./deep/**/*.{yaml,json}', 'deep/er/d.yaml']),
    ['deep/er/d.json', 'deep/er/d.yaml'],
    'each once',
  )
  t.same(await source.list(['top.yaml']), ['top.yaml'], 'a name is a glob')
  t.same(
    await source.list(['round (1)/*+?.yaml', 'round (1)/x|*']),
    ['round (1)/a+b.yaml', 'round (1)/x|y.yaml'],
    'brackets and bars are only themselves',
  )
  t.same(await source.list([literalGlob('[odd]/{x}*.yaml')]), ['[odd]/{x}*.yaml'])
  t.same(
    await source.list([
      '.git/*',
      '**/.git/*',
      'node_modules/**/*.yaml',
      'deep/node_modules/*',
      '*/h.yaml',
      '.h*/*.yaml',
    ]),
    [],
  )
  t.same(await source.list(['./.hidden/*.yaml']), ['.hidden/h.yaml'], 'a hidden folder by its name')
  t.same(await source.list(['deep/er/.e.yaml']), ['deep/er/.e.yaml'], 'a hidden file by its name')
  t.same(await source.list(['deep', 'gone/*.yaml', 'top.yaml/*']), [], 'folders are no files')
  t.same(await source.list([]), [])
  t.same(
    await source.list(['../*', '/etc/*', 'a/../../*', '!top.yaml', '']),
    [],
    'what leaves the folder matches nothing',
  )
})

t.test('links in a listing', async (t) => {
  const dir = t.testdir({ outside: { 'x.yaml': '' }, space: { real: { 'a.yaml': '' }, b: {} } })
  const space = join(dir, 'space')
  symlinkSync('real', join(space, 'alias'))
  symlinkSync('real/a.yaml', join(space, 'link.yaml'))
  symlinkSync('..', join(space, 'real', 'up'))
  symlinkSync('../b', join(space, 'real', 'to-b'))
  symlinkSync('../real', join(space, 'b', 'to-real'))
  symlinkSync('../outside', join(space, 'out'))
  symlinkSync('../outside/x.yaml', join(space, 'out.yaml'))
  symlinkSync('nowhere', join(space, 'dangling.yaml'))
  const found = await folderSource(space).list(['**/*.yaml', 'out/**/*.yaml'])
  const inside = ['alias/a.yaml', 'b/to-real/a.yaml', 'link.yaml', 'real/a.yaml']
  const unreadable = ['dangling.yaml', 'out.yaml']
  t.same(
    found,
    [...inside, ...unreadable].sort(),
    'links that lead nowhere or out are listed, so that reading them says why not',
  )
  for (const name of unreadable) t.notOk((await folderSource(space).read(name)).ok, name)
})

t.test('links that fan out end in a fault', async (t) => {
  const dir = t.testdir({})
  for (let level = 0; level < 12; level++) {
    mkdirSync(join(dir, `l${level}`))
    for (const name of ['a', 'b', 'c', 'd'])
      if (level > 0) symlinkSync(`../l${level - 1}`, join(dir, `l${level}`, name))
  }
  writeFileSync(join(dir, 'l0', 'x.yaml'), '')
  await t.rejects(folderSource(dir, { maxFolders: 500 }).list(['**/*.yaml']), {
    code: 'WORKSPACE_INVALID',
    message: /more than 500 folders/,
  })
})

t.test('globs: what is refused, and that the rest stays inside and ends', async (t) => {
  for (const bad of [
    '',
    '/x',
    'C:\\x',
    '..',
    'a/..',
    '../a',
    'a/../b',
    '{a,..}/b',
    '{../a,b}',
    '!a',
    'a\\b',
    'a\nb',
    'x'.repeat(1001),
    '*a*b*c*d',
    '**/a/**/b/**/c/**',
  ]) {
    t.ok(globProblem(bad), JSON.stringify(bad))
  }
  for (const fine of ['a', './a', '*.yaml', '**/*.{yaml,yml}', 'a..b/c', '...x', '[a-z]/?', 'observed/*/*/*.json', 'é'])
    t.notOk(globProblem(fine), fine)
  const dir = t.testdir({ a: { 'b.yaml': '', [`${'a'.repeat(200)}.yaml`]: '' }, 'c.yaml': '' })
  const source = folderSource(dir)
  const files = ['a/b.yaml', `a/${'a'.repeat(200)}.yaml`, 'c.yaml']
  const label = fc.stringMatching(/^[ab*?.{},[\]()!+@|\\-]{1,8}$/)
  await fc.assert(
    fc.asyncProperty(fc.array(label, { minLength: 1, maxLength: 4 }), async (labels) => {
      const found = await source.list([labels.join('/')])
      return found.every((name) => files.includes(name))
    }),
    { numRuns: 300 },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), async (name) => {
      const found = await source.list([literalGlob(name)])
      return found.length === 1 && found[0] === name
    }),
  )
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z*?[\]{}]{1,10}$/),
      (name) => !isGlob(name) === (literalGlob(name) === name) || name.includes(']'),
    ),
  )
})
