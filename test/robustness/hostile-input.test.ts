import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'

// Hostile input through the real program: a clear finding or fault, the right exit status, and the rest goes on.

type Files = Readonly<Record<string, string | Uint8Array>>

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

const root = mkdtempSync(join(tmpdir(), 'congruent-hostile-'))
t.teardown(() => rmSync(root, { recursive: true, force: true }))
let made = 0

function workspace(files: Files): string {
  const directory = join(root, `w${(made += 1)}`)
  const all: Files = {
    'congruent.yaml':
      'workspace: hostile\nteams:\n  a: { fragments: [./a] }\nenvironments: { one: {} }\nobservations:\n  - { files: ["observed/*"] }\n',
    'a/a.cue': 'package a\n\nx: int\n',
    'observed/x.yaml': 'x: 1\n',
    ...files,
  }
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), content)
  }
  return directory
}

function congruent(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['bin/congruent.js', ...args], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ status, stdout, stderr })
    })
  })
}

function check(files: Files, ...args: readonly string[]): Promise<Ended> {
  return congruent('check', '-C', workspace(files), ...args)
}

const deep = 100_000

t.test('nesting of 100,000 levels', async (t) => {
  const cases: readonly [string, Files, number][] = [
    ['CUE', { 'a/a.cue': `package a\n\nx: ${'{a: '.repeat(deep)}1${'}'.repeat(deep)}\n` }, 3],
    ['CUE, parentheses', { 'a/a.cue': `package a\n\nx: ${'('.repeat(deep)}1${')'.repeat(deep)}\n` }, 3],
    ['JSON', { 'observed/x.json': `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}` }, 4],
    ['JSON, lists', { 'observed/x.json': `${'['.repeat(deep)}${']'.repeat(deep)}` }, 4],
    ['YAML', { 'observed/y.yaml': `x: ${'['.repeat(deep)}${']'.repeat(deep)}\n` }, 4],
    [
      'JSON fragment',
      {
        'a/a.cue': 'package a\n',
        'congruent.yaml': 'workspace: h\nteams: { a: { fragments: [./d.json] } }\n',
        'd.json': `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
      },
      3,
    ],
  ]
  for (const [name, files, status] of cases) {
    const ended = await check(files)
    t.equal(ended.status, status, `${name}: ${ended.stdout.slice(0, 300)}${ended.stderr.slice(0, 300)}`)
    t.match(ended.stdout, /unreadable/, `${name}: the document is named`)
  }
})

t.test('twelve unions that nothing tells apart end with their deadline, and only their environment', async (t) => {
  const unions = Array.from({ length: 12 }, (_, i) => `x: {a${i}: 1} | {a${i}: 2} | {b${i}: 3}`).join('\n')
  const files = {
    'congruent.yaml':
      'workspace: hostile\nteams:\n  a: { fragments: [./a, { path: ./slow, environments: [slow] }] }\nenvironments: { quick: {}, slow: {} }\nobservations:\n  - { files: ["observed/*"] }\n',
    'a/a.cue': 'package a\n\ny: >=2\n',
    'slow/slow.cue': `package slow\n\n${unions}\n`,
    'observed/x.yaml': 'x: { c: 1 }\ny: 1\n',
  }
  const ended = await check(files, '--timeout', '4s')
  t.equal(ended.status, 5)
  t.match(ended.stderr + ended.stdout, /ENGINE_DEADLINE/)
  t.match(ended.stderr + ended.stdout, /slow/)
  t.match(ended.stdout, /mismatch/, 'the quick environment was checked')
})

t.test('documents that mean to hurt cost themselves only', async (t) => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`),
  ].join('\n')
  const cases: readonly [string, Files][] = [
    ['alias bomb', { 'observed/bad.yaml': bomb }],
    ['NUL', { 'observed/bad.yaml': 'a: "x\0y"\n' }],
    ['invalid UTF-8', { 'observed/bad.json': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }],
    ['duplicate keys', { 'observed/bad.yaml': 'a: 1\nb: 2\na: 3\n' }],
    ['not a document', { 'observed/bad.json': '{"a": 1,' }],
  ]
  for (const [name, bad] of cases) {
    const ended = await check({ 'observed/x.yaml': 'x: wrong\n', ...bad })
    t.match(ended.stdout, /unreadable/, `${name} is named`)
    t.match(ended.stdout, /bad\.(yaml|json)/, `${name} is placed`)
    t.match(ended.stdout, /mismatch/, `${name}: the other document was checked`)
    t.equal(ended.status, 1, name)
  }
})

t.test('keys that JavaScript knows are keys', async (t) => {
  const ended = await check({
    'a/a.cue': 'package a\n\nmembers: [string]: int\n',
    'observed/x.json': '{"members": {"__proto__": "x", "constructor": "y", "toString": "z", "ok": 1}}',
  })
  t.equal(ended.status, 1)
  for (const key of ['__proto__', 'constructor', 'toString']) t.match(ended.stdout, key)
})

t.test('numbers beyond doubles stay exact', async (t) => {
  const ended = await check({
    'a/a.cue': 'package a\n\nx: 12345678901234567890\ny: <1e400\nz: int\n',
    'observed/x.yaml': '',
    'observed/x.json': '{"x": 12345678901234567891, "y": 1e401, "z": 1.0}',
  })
  t.equal(ended.status, 1)
  t.match(ended.stdout, /12345678901234567891/)
  t.match(ended.stdout, /\by\b/)
  t.notMatch(ended.stdout, /team:z|a:z/)
})

t.test('a way out of the workspace is refused', async (t) => {
  const directory = workspace({
    'congruent.yaml': 'workspace: h\nteams: { a: { fragments: [./a] } }\nobservations: [{ files: ["observed/*"] }]\n',
  })
  writeFileSync(join(root, 'secret.yaml'), 'x: 7777\n')
  symlinkSync(join(root, 'secret.yaml'), join(directory, 'observed/link.yaml'))
  const linked = await congruent('check', '-C', directory)
  t.notMatch(linked.stdout + linked.stderr, /7777/)
  t.match(linked.stdout + linked.stderr, /link\.yaml/)
  t.not(linked.status, 0)
  const dotted = await check({ 'congruent.yaml': 'workspace: h\nteams: { a: { fragments: [../secret.yaml] } }\n' })
  t.equal(dotted.status, 2)
  t.notMatch(dotted.stdout + dotted.stderr, /7777/)
})

t.test('a folder where a file is expected, and a file that is not there', async (t) => {
  const directory = workspace({ 'observed/folder.yaml/x.yaml': 'x: 1\n' })
  const folder = await congruent('check', '-C', directory, join(directory, 'observed/folder.yaml'))
  t.match(folder.stdout + folder.stderr, /folder\.yaml/)
  t.not(folder.status, 0)
  const absent = await congruent('check', '-C', directory, join(directory, 'nothing.yaml'))
  t.equal(absent.status, 2)
  t.match(absent.stderr, /nothing\.yaml/)
})

t.test('a hundred megabytes of JSON end with an answer or a fault, in time', async (t) => {
  const member = '{"name": "something rather long to fill the file", "replicas": 3, "ports": [80, 443]},'
  const count = Math.ceil((100 * 1024 * 1024) / member.length)
  const ended = await check(
    { 'observed/x.yaml': '', 'observed/big.json': `{"x": 1, "list": [${member.repeat(count)}{}]}` },
    '--timeout',
    '20s',
  )
  t.ok([0, 1, 4, 5].includes(ended.status), `status ${ended.status}: ${ended.stderr.slice(0, 300)}`)
  t.match(ended.stdout + ended.stderr, /conforms|ENGINE_(MEMORY|DEADLINE)|unreadable/)
})
