import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { Fault } from '../../src/errors.ts'
import type { DataObject } from '../../src/model/data.ts'
import type { ObservationEntry } from '../../src/model/workspace.ts'
import type { Cut } from '../../src/observation/cut.ts'
import type { CutRequest, NamedFile, ReportedAs } from '../../src/observation/cut-request.ts'
import { readCut } from '../../src/observation/read-cut.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { ordinary } from '../support/document.ts'
import { memorySource } from '../support/memory-source.ts'

type Files = Readonly<Record<string, string>>

const now = new Date('2026-05-01T12:00:00Z')
const snapshots: ObservationEntry = { files: ['*.yaml'], adapter: 'snapshot' }

const cutOf = (files: Files, entries: readonly ObservationEntry[] = [snapshots], more: Partial<CutRequest> = {}) =>
  readCut({ entries, environment: 'prod', source: memorySource(files), now, ...more })

/** A snapshot document; `extra` is YAML in one line. */
const snapshot = (observer: string, sequence: number, state: unknown, extra: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ snapshot: 1, observer, sequence, observedAt: '2026-05-01T11:59:00Z', ...extra, state })

const stateOf = (cut: Cut): unknown => ordinary(cut.observed.state)
const seenAt = (cut: Cut, ...path: string[]) =>
  cut.observe(path).map(({ observer, sequence, file, line, value }) => [observer, sequence, file, line, value])
const messages = (cut: Cut) => cut.problems.map(({ kind, path, message }) => [kind, path.join('.'), message])

t.test('a later sequence replaces an earlier one where it looked, in whatever order they arrive', async (t) => {
  const one = snapshot('a', 1, { x: 1, y: 1, z: 1 })
  const two = snapshot('a', 2, { x: 2, z: { q: 2 } }, { covers: ['x', 'y', 'z.q'] })
  for (const files of [
    { 'a.yaml': one, 'b.yaml': two },
    { 'a.yaml': two, 'b.yaml': one },
  ]) {
    const cut = await cutOf(files)
    t.same(stateOf(cut), { x: 2, z: { q: 2 } }, 'y was looked for and is gone; z is a map now')
    t.same(cut.observed.contested, [])
    t.same(
      cut.snapshots.map(({ sequence }) => sequence),
      [1, 2],
      'both take part',
    )
  }
  const whole = await cutOf({ 'a.yaml': one, 'b.yaml': snapshot('a', 7, { x: 7 }) })
  t.same(stateOf(whole), { x: 7 })
  t.same(
    whole.snapshots.map(({ sequence }) => sequence),
    [7],
    'of the earlier one nothing is left',
  )
  t.same(
    whole.notes.map(({ message }) => message),
    ['a snapshot of `a` is replaced by newer ones'],
  )
})

t.test('what a snapshot had seen, it supersedes at the paths that both cover', async (t) => {
  const old = snapshot('edge', 4, { x: 1, y: 1 })
  const seer = (seen: number) => snapshot('core', 9, { x: 2 }, { covers: ['x'], seen: { edge: seen } })
  t.same(stateOf(await cutOf({ 'a.yaml': old, 'b.yaml': seer(4) })), { x: 2, y: 1 })
  t.same(stateOf(await cutOf({ 'a.yaml': old, 'b.yaml': seer(5) })), { x: 2, y: 1 }, 'or a later one')
  const concurrent = await cutOf({ 'a.yaml': old, 'b.yaml': seer(3) })
  t.same(stateOf(concurrent), { y: 1 })
  t.same(concurrent.observed.contested, [{ path: ['x'], values: ['1', '2'] }])
})

t.test('`seen` stands alone: it is not inherited, and not handed on', async (t) => {
  const edge = snapshot('edge', 4, { x: 1 })
  const inherited = await cutOf({
    'a.yaml': [edge, snapshot('core', 1, { x: 2 }, { seen: { edge: 4 } }), snapshot('core', 2, { x: 3 })].join(
      '\n---\n',
    ),
  })
  t.same(
    inherited.observed.contested,
    [{ path: ['x'], values: ['1', '3'] }],
    'core 2 had not seen edge, though core 1 had',
  )
  const handed = await cutOf({
    'a.yaml': [
      edge,
      snapshot('relay', 1, { y: 1 }, { covers: ['y'], seen: { edge: 4 } }),
      snapshot('core', 2, { x: 3 }, { seen: { relay: 1 } }),
    ].join('\n---\n'),
  })
  t.same(
    handed.observed.contested.map(({ path }) => path),
    [['x']],
    'core had seen relay, which had seen edge: core had not',
  )
})

t.test('who each say that they had seen the other are refused, in circles of any size', async (t) => {
  const files = {
    'a.yaml': snapshot('a', 3, { x: 1 }, { seen: { b: 5 } }),
    'b.yaml': snapshot('b', 5, { x: 2 }, { seen: { a: 3 } }),
    'c.yaml': snapshot('c', 1, { y: 1 }, { covers: ['y'] }),
  }
  const cut = await cutOf(files)
  t.same(messages(cut), [
    ['unreadable', '', '`a` 3 and `b` 5 say that each had seen the other, which cannot be: none of them counts'],
  ])
  t.same(
    cut.problems[0]?.observations.map(({ file, pointer }) => [file, pointer]),
    [
      ['a.yaml', '/sequence'],
      ['b.yaml', '/sequence'],
    ],
  )
  t.same(stateOf(cut), { y: 1 })
  t.same(cut.observed.coverage, [{ path: ['y'], status: 'covered' }])
  const circle = ['a', 'b', 'c']
    .map((observer, index) => snapshot(observer, 1, {}, { seen: { [['b', 'c', 'a'][index] ?? '']: 1 } }))
    .join('\n---\n')
  t.match(messages(await cutOf({ 'a.yaml': circle }))[0]?.[2], /^`a` 1 and `b` 1 and `c` 1 say/)
  const through = [
    snapshot('a', 1, {}, { seen: { b: 1 } }),
    snapshot('b', 1, {}, { seen: { a: 2 } }),
    snapshot('a', 2, {}),
  ].join('\n---\n')
  t.match(
    messages(await cutOf({ 'a.yaml': through }))[0]?.[2],
    /^`a` 1 and `a` 2 and `b` 1 say/,
    'also through the sequence of one observer',
  )
})

t.test('a sequence with two contents counts as none; the same content twice as one', async (t) => {
  const twice = await cutOf({ 'a.yaml': snapshot('a', 1, { x: 1 }), 'b.yaml': snapshot('a', 1, { x: 2 }) })
  t.same(messages(twice), [
    ['unreadable', '', '`a` 1 was reported with different contents, a.yaml:1 and b.yaml:1: none of them counts'],
  ])
  t.same([stateOf(twice), twice.observed.coverage], [{}, []])
  const same = await cutOf({
    'a.yaml': 'snapshot: 1\nobserver: a\nsequence: 1\nobservedAt: 2026-05-01T11:59:00Z\nstate: {y: 1, x: 1}\n',
    'b.yaml': snapshot('a', 1, { x: 1, y: 1 }),
  })
  t.same([same.problems, stateOf(same)], [[], { x: 1, y: 1 }])
  t.same(
    same.notes.map(({ code, message }) => [code, message]),
    [['same-snapshot', '`a` 1 was given more than once, with the same content: a.yaml:3 and b.yaml:1']],
  )
})

t.test('concurrent snapshots agree, differ, or speak of different things', async (t) => {
  const cut = await cutOf({
    'a.yaml': snapshot('a', 1, {
      same: 1,
      differs: 1,
      deep: { x: 1, y: 1 },
      onlyA: { k: 1 },
      kind: { k: 1 },
      list: [1, 2],
      maps: [
        { n: 'p', v: 1 },
        { n: 'q', v: 1 },
      ],
      silent: 1,
    }),
    'b.yaml': snapshot(
      'b',
      1,
      {
        same: 1,
        differs: 2,
        deep: { x: 1, y: 2 },
        kind: 5,
        list: [1, 3],
        maps: [
          { n: 'p', v: 1 },
          { n: 'q', v: 2 },
        ],
      },
      { covers: ['same', 'differs', 'deep', 'onlyA', 'kind', 'list', 'maps'] },
    ),
  })
  t.same(stateOf(cut), { same: 1, deep: { x: 1 }, maps: [{ n: 'p', v: 1 }, { n: 'q' }], silent: 1 })
  t.same(cut.observed.contested, [
    { path: ['deep', 'y'], values: ['1', '2'] },
    { path: ['differs'], values: ['1', '2'] },
    { path: ['kind'], values: ['5', '{"k":1}'] },
    { path: ['list'], values: ['[1,2]', '[1,3]'] },
    { path: ['maps', '1', 'v'], values: ['1', '2'] },
    { path: ['onlyA'], values: ['{"k":1}'], absent: true },
  ])
  t.same(seenAt(cut, 'same'), [
    ['a', 1, 'a.yaml', 1, 1],
    ['b', 1, 'b.yaml', 1, 1],
  ])
  t.same(
    seenAt(cut, 'onlyA'),
    [
      ['a', 1, 'a.yaml', 1, { k: 1 }],
      ['b', 1, 'b.yaml', 1, undefined],
    ],
    'who saw nothing is told, too',
  )
  t.same(seenAt(cut, 'silent'), [['a', 1, 'a.yaml', 1, 1]])
})

t.test('the plain documents of an entry are one snapshot', async (t) => {
  const entry: ObservationEntry = { files: ['p/*.yaml', 'p/*.json'] }
  const cut = await cutOf({ 'p/a.yaml': 'x: {a: 1, c: 1}\n---\ny: 2\n', 'p/b.json': '{"x": {"b": 2, "c": 3}}' }, [
    entry,
  ])
  t.same(stateOf(cut), { x: { a: 1, b: 2 }, y: 2 }, 'maps are joined, and what one lacks contradicts nothing')
  t.same(cut.observed.contested, [{ path: ['x', 'c'], values: ['1', '3'] }])
  t.same(cut.observed.coverage, [{ path: [], status: 'covered' }])
  t.match(cut.snapshots, [
    { observer: 'p/*.yaml', sequence: 0, source: 'p/a.yaml, p/b.json', digest: /^[0-9a-f]{64}$/ },
  ])
  t.equal(cut.snapshots[0]?.observedAt, undefined)
  t.same(seenAt(cut, 'x', 'b'), [['p/*.yaml', 0, 'p/b.json', 1, 2]])
  t.same(
    seenAt(cut, 'nope'),
    [['p/*.yaml', 0, undefined, undefined, undefined]],
    'that something is nowhere, no one file says',
  )
  const two = await cutOf({ 'p/a.yaml': 'x: 1', 'q/b.yaml': 'y: {z: 2}' }, [
    { files: ['p/*.yaml'], observer: 'me', at: 'p' },
    { files: ['q/*.yaml'], observer: 'me', at: 'q' },
  ])
  t.same(
    [stateOf(two), two.snapshots.length, two.problems],
    [{ p: { x: 1 }, q: { y: { z: 2 } } }, 1, []],
    'so are entries of one observer',
  )
})

t.test('where something of an entry cannot be read, the rest says only what it holds', async (t) => {
  const cut = await cutOf({ 'p/a.yaml': 'x: 1\nl: [{a: 1}]\n', 'p/b.yaml': 'y: [' }, [{ files: ['p/*.yaml'], at: 's' }])
  t.same(messages(cut), [
    [
      'unreadable',
      's',
      'p/b.yaml: not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])
  t.match(cut.problems[0]?.observations, [{ observer: 'p/*.yaml', sequence: 0, file: 'p/b.yaml', line: 1 }])
  t.same(stateOf(cut), { s: { x: 1, l: [{ a: 1 }] } })
  t.same(cut.observed.coverage, [{ path: ['s', 'l'], status: 'covered' }], 'a list is there as a whole')
})

t.test('state is put where `at` says', async (t) => {
  const files = { 'p/web.v1.yaml': 'port: 1\n---\nport: 2', 'p/b.yaml': '3' }
  t.same(stateOf(await cutOf(files, [{ files: ['p/*.yaml'], at: 'a."b c".{stem}."no {index}"' }])), {
    a: { 'b c': { 'web.v1': { 'no 0': { port: 1 }, 'no 1': { port: 2 } }, b: { 'no 0': 3 } } },
  })
  const cut = await cutOf(files, [{ files: ['p/*.yaml'], at: '{file}' }])
  t.same(stateOf(cut), { 'p/b.yaml': 3, 'p/web.v1.yaml': {} })
  t.same(cut.observed.contested, [{ path: ['p/web.v1.yaml', 'port'], values: ['1', '2'] }])
  t.same(cut.observed.coverage, [
    { path: ['p/b.yaml'], status: 'covered' },
    { path: ['p/web.v1.yaml'], status: 'covered' },
  ])
  t.same(
    cut.observe(['p/web.v1.yaml', 'port']).map(({ line, pointer, value }) => [line, pointer, value]),
    [
      [1, '/port', 1],
      [3, '/port', 2],
    ],
  )
  t.match(messages(await cutOf(files, [{ files: ['p/b.yaml'] }])), [
    ['unreadable', '', /^p\/b.yaml: the document is no map/],
  ])
})

t.test('what an entry covers', async (t) => {
  const manifests =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{port: 80}]}\n'
  const service = ['namespaces', 'shop', 'Service']
  const covers = async (entry: Partial<ObservationEntry>, text = manifests, more: Partial<CutRequest> = {}) =>
    (await cutOf({ 'm.yaml': text }, [{ files: ['m.yaml'], ...entry }], more)).observed.coverage.map(({ path }) => path)
  t.same(await covers({ adapter: 'kubernetes' }), [[]])
  t.same(await covers({ adapter: 'kubernetes', covers: 'kinds', at: 'k' }), [['k', ...service]])
  t.same(await covers({ adapter: 'kubernetes', covers: 'objects' }), [[...service, 'web']])
  t.same(await covers({ adapter: 'kubernetes', covers: ['namespaces.*.Service', 'namespaces.*.*'] }), [
    ['namespaces', null, null],
  ])
  t.same(await covers({ adapter: 'kubernetes' }, manifests, { partial: true }), [[...service, 'web']])
  t.same(await covers({ covers: 'objects' }), [['spec', 'ports']], 'plain: lists, beside what is there')
  t.same(await covers({ covers: ['a'] }, 'a: 1', { partial: true }), [])
  t.same(
    await covers({ adapter: 'snapshot', covers: ['a'], at: 's' }, snapshot('x', 1, {}, { covers: ['b.*'] })),
    [['s', 'b', null]],
    'what a snapshot says of itself wins',
  )
  t.same(await covers({ adapter: 'snapshot', covers: ['a'], at: 's' }, snapshot('x', 1, {})), [['s', 'a']])
  await t.rejects(covers({ covers: 'kinds' }), { code: 'WORKSPACE_INVALID' })
})

t.test('a refusal beats what the same snapshot covers, until somebody else looked at all of it', async (t) => {
  const refused = snapshot('a', 2, { x: 1 }, { refused: [{ path: 'secrets.*', reason: 'no rights' }] })
  const alone = await cutOf({ 'a.yaml': refused })
  t.same(alone.observed.coverage, [
    { path: [], status: 'covered' },
    { path: ['secrets', null], status: 'refused', reason: '`a`: no rights' },
  ])
  const statuses = async (...others: string[]) =>
    (await cutOf({ 'a.yaml': [refused, ...others].join('\n---\n') })).observed.coverage.map(({ path, status }) => [
      path.join('.'),
      status,
    ])
  t.same(await statuses(snapshot('b', 1, {}, { covers: ['secrets'] })), [['', 'covered']])
  t.same(
    await statuses(snapshot('b', 1, {}, { covers: ['secrets.web'] })),
    [
      ['', 'covered'],
      ['secrets.', 'refused'],
    ],
    'not if only at a part',
  )
  t.same(await statuses(snapshot('b', 1, {}, { refused: [{ path: 'secrets.web', reason: 'no' }] })), [
    ['', 'covered'],
    ['secrets.', 'refused'],
    ['secrets.web', 'refused'],
  ])
  t.same(
    await statuses(snapshot('a', 1, { secrets: { web: 1 } })),
    [
      ['', 'covered'],
      ['secrets.', 'refused'],
    ],
    'not by its own past',
  )
  t.same(await statuses(snapshot('a', 3, {}, { covers: ['secrets'] })), [['', 'covered']], 'but by its own future')
})

t.test('what was refused is not said to be absent', async (t) => {
  const cut = await cutOf({
    'a.yaml': snapshot(
      'a',
      1,
      { k: { x: 1 } },
      {
        refused: [
          { path: 'k.y', reason: 'no' },
          { path: 'm.n', reason: 'no' },
        ],
      },
    ),
    'b.yaml': snapshot('b', 1, { k: { x: 1, y: 2, z: 3 }, m: { n: 1, o: 2 } }),
  })
  t.same(stateOf(cut), { k: { x: 1, y: 2 }, m: { n: 1 } })
  t.same(cut.observed.contested, [
    { path: ['k', 'z'], values: ['3'], absent: true },
    { path: ['m', 'o'], values: ['2'], absent: true },
  ])
})

t.test('what is too old says nothing', async (t) => {
  const entry = { ...snapshots, maxAge: '15m' }
  const at = (time: string) => ({ observedAt: time })
  const old = snapshot(
    'old',
    3,
    { x: 1, y: 1 },
    { ...at('2026-05-01T09:57:00Z'), refused: [{ path: 'z', reason: 'no' }] },
  )
  const cut = await cutOf(
    { 'a.yaml': old, 'b.yaml': snapshot('new', 1, { x: 2 }, { covers: ['x'], ...at('2026-05-01T13:50:00+02:00') }) },
    [entry],
  )
  t.same(stateOf(cut), { x: 2 }, 'not even that others are wrong')
  t.same(cut.observed.contested, [])
  t.same(cut.observed.coverage, [
    { path: [], status: 'stale', reason: '`old` reported at 2026-05-01T09:57:00Z; that counts for 15m' },
    { path: ['x'], status: 'covered' },
  ])
  t.same(
    cut.snapshots.map(({ observer }) => observer),
    ['new', 'old'],
  )
  t.same(seenAt(cut, 'x'), [['new', 1, 'b.yaml', 1, 2]])
  t.same(seenAt(cut, 'y'), [['old', 3, 'a.yaml', 1, 1]], 'though it is shown')
  const boundary = await cutOf({ 'a.yaml': snapshot('a', 1, {}, at('2026-05-01T11:45:00.000Z')) }, [entry])
  t.same(boundary.observed.coverage, [{ path: [], status: 'covered' }], 'exactly as old as allowed')
  t.equal(boundary.holdsUntil, Date.parse('2026-05-01T12:00:00Z'), 'and not a moment longer')
  t.equal(cut.holdsUntil, -Infinity, 'how old it is changes with every moment')
  t.equal((await cutOf({ 'a.yaml': old }, [snapshots])).holdsUntil, Infinity, 'no age matters')
  const backwards = await cutOf(
    {
      'a.yaml': [
        snapshot('a', 2, {}, at('2026-05-01T09:00:00Z')),
        snapshot('a', 1, { x: 1 }, at('2026-05-01T11:59:00Z')),
      ].join('\n---\n'),
    },
    [entry],
  )
  t.same(
    [stateOf(backwards), backwards.observed.coverage.map(({ status }) => status)],
    [{}, ['stale']],
    'an earlier one is older, whatever its clock says',
  )
})

t.test('`maxAge` needs documents that say when they were made', async (t) => {
  await t.rejects(cutOf({ 'a.yaml': 'x: 1' }, [{ files: ['a.yaml'], maxAge: '15m' }]), {
    code: 'WORKSPACE_INVALID',
    message: /^observations\[0\]: `maxAge` needs documents with `observedAt`/,
  })
  await t.rejects(cutOf({ 'a.yaml': snapshot('a', 1, {}) }, [{ ...snapshots, maxAge: 'soon' }]), {
    code: 'WORKSPACE_INVALID',
    message: /`maxAge: soon` is no duration/,
  })
})

t.test('entries and snapshots of other environments are left out', async (t) => {
  const files = {
    'a.yaml': 'x: 1',
    'b.yaml': snapshot('b', 1, { y: 1 }, { environment: 'prod' }),
    'c.yaml': snapshot('c', 1, { z: 1 }, { environment: 'dev' }),
  }
  const entries: ObservationEntry[] = [
    { files: ['a.yaml'], environment: 'dev', covers: ['x'] },
    { files: ['[bc].yaml'], adapter: 'snapshot', covers: ['y', 'z'] },
  ]
  const prod = await cutOf(files, entries)
  t.same([stateOf(prod), prod.notes], [{ y: 1 }, []])
  t.same(stateOf(await cutOf(files, entries, { environment: 'dev' })), { x: 1, z: 1 })
  const claimed = await cutOf(files, [{ files: ['c.yaml'], adapter: 'snapshot', environment: 'prod' }])
  t.same(claimed.notes, [
    {
      code: 'other-environment',
      message: 'the snapshot says that it is of `dev`: not used for `prod`',
      file: 'c.yaml',
      line: 1,
    },
  ])
})

t.test('a glob without a file is unobserved at its place', async (t) => {
  const cut = await cutOf({ 'a.yaml': 'x: 1', 'empty.yaml': '# nothing\n' }, [
    { files: ['a.yaml', 'q/*.yaml'], at: 's.{stem}.t' },
    { files: ['-'] },
    { files: ['empty.yaml'], at: 'e' },
  ])
  t.same(messages(cut), [
    ['unobserved', '', 'nothing was given on standard input'],
    ['unobserved', 's', 'no file matches the glob `q/*.yaml`'],
  ])
  t.same(cut.observed.coverage, [{ path: ['s', 'a', 't'], status: 'covered' }], 'an empty file says nothing')
  t.same(
    cut.notes.map(({ code, file }) => [code, file]),
    [['no-document', 'empty.yaml']],
  )
  const source = folderSource(t.testdir({ seen: { new: { 'a.yaml': 'x: 1' } } }))
  for (const [glob, directory] of [
    ['seen/new', 'seen/new'],
    ['s*n/n*w/', 'seen/new'],
    ['seen', 'seen'],
  ] as const) {
    const { problems } = await readCut({
      entries: [{ files: [glob] }],
      environment: 'default',
      source,
      now: new Date(0),
    })
    const inside = `${glob.replace('w/', 'w')}/*`
    t.match(problems, [
      {
        message: `no file matches the glob \`${glob}\`: \`${directory}\` is a directory, whose files \`${inside}\` matches`,
      },
    ])
  }
  const piped = await cutOf({}, [{ files: ['-'], at: 'in' }], { stdin: Buffer.from('x: 1') })
  t.same([stateOf(piped), seenAt(piped, 'in', 'x')], [{ in: { x: 1 } }, [['-', 0, '-', 1, 1]]])
})

t.test('a snapshot document that is wrong is told with every place', async (t) => {
  const text =
    'snapshot: 1\nobserver: a\nsequense: 1\nsequence: -1\nobservedAt: yesterday\ncovers: [a.b, "a..b"]\nstate: {}\n'
  const cut = await cutOf({
    'a.yaml': text,
    'b.yaml': snapshot('b', 1, { x: 1 }, { covers: ['a-b'], refused: [{ path: 'x.', reason: '' }] }),
    'c.yaml': 'state: 1',
    'd.yaml': snapshot('d', 1, { d: 1 }),
  })
  const told = cut.problems.map(({ message, observations: [place] }) => `${place?.line}:${place?.column} ${message}`)
  t.match(told.join('\n'), /^3:1 a.yaml: not a snapshot: unknown key `sequense`; did you mean `sequence`/m)
  t.match(told.join('\n'), /^4:11 a.yaml: not a snapshot: `sequence` is `-1`/m)
  t.match(told.join('\n'), /^5:13 a.yaml: not a snapshot: `observedAt` is `yesterday`; required is a time/m)
  t.match(
    told.join('\n'),
    /^1:\d+ b.yaml: not a snapshot: `a-b` is not a path: a label with `-` needs double quotes, at column 2$/m,
  )
  t.match(told.join('\n'), /b.yaml: not a snapshot: `x\.` is not a path/)
  t.match(told.join('\n'), /c.yaml: not a snapshot: the document lacks the key `observer`/)
  t.same(stateOf(cut), { d: 1 })
})

const given = (files: Files, ...names: string[]) =>
  names.map((name) => ({ name, read: () => memorySource(files).read(name) }))

t.test('files that are named replace the entries, with the settings of the entry that describes them', async (t) => {
  const files = {
    'obs/a.yaml': 'x: 1',
    'obs/b.yaml': 'x: 2',
    'm.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {k: djE=}\ndata: {k: djI=}\n',
    's.json': snapshot('s', 1, { fromSnapshot: 0 }),
    'plain.json': '{"plain": 1}',
  }
  const entries: ObservationEntry[] = [
    { files: ['obs/*.yaml'], environment: 'dev', at: 'd' },
    { files: ['obs/*.yaml'], environment: 'prod', at: 'p' },
  ]
  const named = (names: string[], more: Partial<CutRequest> = {}) =>
    cutOf(files, entries, { files: given(files, ...names), ...more })
  t.same(stateOf(await named(['obs/b.yaml'])), { p: { x: 2 } })
  const recognised = await named(['obs/a.yaml', 'm.yaml', 's.json', 'plain.json'], { partial: true })
  t.match(stateOf(recognised), {
    p: { x: 1 },
    namespaces: { default: { Secret: { web: { kind: 'Secret' } } } },
    fromSnapshot: 0,
    plain: 1,
  })
  t.match(
    recognised.notes.map(({ code }) => code),
    ['duplicate-key'],
    'Kubernetes takes the last one',
  )
  t.same(recognised.observed.masked, [['namespaces', 'default', 'Secret', 'web', 'data', 'k']])
  t.same(stateOf(await named(['plain.json'], { override: { at: 'q', covers: ['x'] } })), { q: { plain: 1 } })
  const { problems } = await named(['s.json'], { override: { adapter: 'plain' } })
  t.match(problems, [{ kind: 'unreadable', message: /a snapshot document, no input of the adapter `plain`/ }])
  t.same(stateOf(await named(['s.json'], { override: { adapter: 'plain', at: 'q' } })), {
    q: JSON.parse(files['s.json']),
  })
  t.same((await named(['obs/b.yaml'], { override: { covers: ['x'] } })).observed.coverage, [
    { path: ['p', 'x'], status: 'covered' },
  ])
  const other = await cutOf(files, entries, { files: given(files, 'obs/a.yaml'), environment: 'stage' })
  t.same(
    [stateOf(other), other.notes.map(({ code, file }) => [code, file])],
    [{}, [['other-environment', 'obs/a.yaml']]],
  )
  await t.rejects(named(['nope.yaml']), { code: 'INPUT_NOT_FOUND', message: /nope\.yaml/ })
  await t.rejects(named(['plain.json'], { override: { at: 'a..b' } }), {
    code: 'USAGE',
    message: /^the files given: `a\.\.b` is not a path/,
  })
})

t.test('snapshots that were sent take the settings of the first entry that names their observer', async (t) => {
  const sent = (observer: string, text: string) => ({
    name: `${observer}/1.json`,
    reported: { observer, adapter: 'snapshot' as const },
    read: async () => ({ ok: true as const, bytes: Buffer.from(text) }),
  })
  const entries: ObservationEntry[] = [
    { files: [], observer: 'a', environment: 'dev', maxAge: '1s' },
    { files: ['a/*'], observer: 'a', at: 'clusters.a', covers: 'kinds', adapter: 'kubernetes', maxAge: '2m' },
    { files: [], observer: 'a', at: 'never' },
    { files: [], observer: 'c', maxAge: '10s' },
  ]
  const files = [
    sent('a', snapshot('a', 1, { x: 1 })),
    sent('b', snapshot('b', 1, { y: { secret: '<masked>' } }, { covers: ['y'], masked: ['y.secret'] })),
    sent('c', snapshot('c', 1, { z: 1 })),
  ]
  const cut = await cutOf({ 'a/1.yaml': 'no: snapshot' }, entries, { files })
  t.same(stateOf(cut), { clusters: { a: { x: 1 } }, y: { secret: '<masked>' } })
  t.same(cut.observed.masked, [['y', 'secret']])
  t.same(
    cut.observed.coverage.map(({ path, status }) => [path.join('.'), status]),
    [
      ['', 'stale'],
      ['clusters.a', 'covered'],
      ['y', 'covered'],
    ],
    'what covers everything is too old',
  )
  t.same(seenAt(cut, 'clusters', 'a', 'x'), [['a', 1, 'a/1.json', 1, 1]])
  t.equal(cut.holdsUntil, -Infinity)
})

t.test('a named file may lie outside the workspace, and standard input is one', async (t) => {
  const read = async () => ({ ok: true as const, bytes: Buffer.from('{"x": 1}\n{"y": 2}\n') })
  const cut = await cutOf({}, [{ files: ['-'], at: 'in' }], {
    files: [
      { name: '../out.jsonl', read },
      { name: '-', read },
    ],
    partial: true,
  })
  t.same(stateOf(cut), { x: 1, y: 2, in: { x: 1, y: 2 } })
  t.same(seenAt(cut, 'y'), [['../out.jsonl', 0, '../out.jsonl', 2, 2]])
})

t.test('a file that cannot be had is unreadable if a glob found it', async (t) => {
  const source = {
    ...memorySource({}),
    list: async () => ['gone.yaml'],
    read: async () => ({ ok: false as const, reason: 'denied' as const, message: '`gone.yaml` may not be read' }),
  }
  const cut = await readCut({ entries: [{ files: ['*.yaml'] }], environment: 'prod', source, now })
  t.same(messages(cut), [['unreadable', '', 'gone.yaml: `gone.yaml` may not be read']])
})

t.test('a value in a report is as large as a line, and exact', async (t) => {
  const cut = await cutOf(
    { 'a.yaml': `big: 12345678901234567890\ntext: ${'x'.repeat(2000)}\nmap: {k: 1}\n"a/b~c": [1, {d: 2}]\n` },
    [{ files: ['a.yaml'] }],
  )
  t.equal(cut.observe(['big'])[0]?.value, 12345678901234567890n)
  t.match(cut.observe(['text'])[0]?.value, /^"x{1023}… \(cut: \d+ more characters\)$/)
  t.same(
    cut.observe(['a/b~c', '1', 'd']).map(({ line, column, pointer, value }) => [line, column, pointer, value]),
    [[4, 18, '/a~1b~0c/1/d', 2]],
  )
  t.same(
    cut.observe(['map', 'k', 'deeper', 'still']).map(({ line, pointer, value }) => [line, pointer, value]),
    [[3, '/map/k', undefined]],
  )
})

t.test('nobody is told who knows nothing about it', async (t) => {
  const cut = await cutOf({
    'a.yaml': snapshot('a', 1, { x: { k: 1 } }, { covers: ['x.k'] }),
    'b.yaml': snapshot('b', 1, { y: 1 }, { covers: ['y'] }),
  })
  t.same(
    seenAt(cut, 'x', 'q').map(([observer]) => observer),
    ['a'],
    'who saw what is around',
  )
  t.same(seenAt(cut, 'z', 'q'), [])
})

t.test('files are read once for all environments', async (t) => {
  const files = { 'a.yaml': 'x: 1' }
  let reads = 0
  const source = memorySource(files)
  const counting = { ...source, read: async (name: string) => (reads++, source.read(name)) }
  const cache: NonNullable<CutRequest['cache']> = new Map()
  for (const environment of ['dev', 'prod']) {
    t.same(stateOf(await readCut({ entries: [{ files: ['*.yaml'] }], environment, source: counting, now, cache })), {
      x: 1,
    })
  }
  t.equal(reads, 1)
})

t.test('every fault is one of ours', async (t) => {
  const error: unknown = await cutOf({}, [], { files: given({}, 'x') }).catch((caught: unknown) => caught)
  t.ok(error instanceof Fault)
})

t.test('neither the order of files nor that of documents changes anything but where it stands', async (t) => {
  const state = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(fc.nat(1), fc.dictionary(fc.constantFrom('x', 'y'), fc.nat(1)), fc.array(fc.nat(1), { maxLength: 2 })),
  )
  const observer = fc.constantFrom('u', 'v', 'w')
  const document = fc
    .tuple(
      observer,
      fc.nat(2),
      state,
      fc.dictionary(observer, fc.nat(2), { maxKeys: 2 }),
      fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', '*.x'))),
      fc.boolean(),
    )
    .map(([name, sequence, held, seen, covers, isOld]) =>
      snapshot(name, sequence, held, {
        seen,
        ...(covers && { covers }),
        ...(isOld && { observedAt: '2026-05-01T01:00:00Z' }),
        refused: sequence === 1 ? [{ path: 'a.y', reason: 'no' }] : [],
      }),
    )
  const plain = state.map((held) => JSON.stringify(held))
  const asFiles = (documents: readonly string[], size: number, prefix: string) => {
    const count = Math.ceil(documents.length / size)
    return Object.fromEntries(
      Array.from({ length: count }, (_, file) => [
        `${prefix}${file}.yaml`,
        documents.slice(file * size, (file + 1) * size).join('\n---\n'),
      ]),
    )
  }
  const entries: ObservationEntry[] = [
    { files: ['s*.yaml'], adapter: 'snapshot', maxAge: '1h' },
    { files: ['p*.yaml'], at: 'b' },
  ]
  const shuffles = <T>(items: fc.Arbitrary<T>) =>
    fc
      .array(items, { minLength: 1, maxLength: 5 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  const told = (cut: Cut) => ({
    observed: cut.observed,
    snapshots: cut.snapshots.map(({ source: _, ...rest }) => rest),
    problems: cut.problems
      .map(({ kind, message }) => `${kind} ${message.replaceAll(/\b[sp]\d\.yaml:?\d*/g, 'F')}`)
      .sort(),
    seen: ['a', 'b', 'c'].map((label) =>
      cut
        .observe([label])
        .map(({ observer: who, sequence, value }) => JSON.stringify([who, sequence, value]))
        .sort(),
    ),
  })
  await fc.assert(
    fc.asyncProperty(
      shuffles(document),
      shuffles(plain),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      async ([docs, mixed], [held, mixedHeld], one, other) => {
        const before = await cutOf({ ...asFiles(docs, one, 's'), ...asFiles(held, other, 'p') }, entries)
        const after = await cutOf({ ...asFiles(mixed, other, 's'), ...asFiles(mixedHeld, one, 'p') }, entries)
        assert.deepEqual(told(after), told(before))
      },
    ),
    { numRuns: 150 },
  )
  t.pass('150 sets of snapshots')
})

t.test('what an observer sent is read as its first entry says, without a glob, and found in its text', async (t) => {
  const entries: readonly ObservationEntry[] = [
    { files: ['*.json'], observer: 'other', at: 'nowhere' },
    { files: ['elsewhere/*'], observer: 'agent', environment: 'dev', at: 'dev' },
    { files: ['elsewhere/*'], observer: 'agent', at: 'fleet', maxAge: '1m' },
    { files: ['elsewhere/*'], observer: 'plain', at: 'a', covers: ['x'] },
  ]
  const sent = (name: string, data: DataObject, reported: ReportedAs): NamedFile => ({
    name,
    read: async () => ({ ok: true, bytes: Buffer.from('never read') }),
    data,
    reported,
  })
  const said = { snapshot: 1, observer: 'agent', sequence: 3, observedAt: '2026-05-01T11:00:00Z', state: { x: 2 } }
  const files = [
    sent('snapshots[0]', said, { observer: 'agent', adapter: 'snapshot' }),
    sent('snapshots[1]', { y: { z: 1 } }, { observer: 'plain' }),
    sent('snapshots[2]', { y: 2 }, { observer: 'plain', at: 'b' }),
    sent('snapshots[3]', { q: 1 }, { observer: 'unknown', covers: ['q'] }),
  ]
  const cut = await cutOf({}, entries, { files })
  t.same(stateOf(cut), { a: { y: { z: 1 } }, b: { y: 2 }, q: 1 })
  t.same(
    cut.snapshots.map(({ observer, source }) => [observer, source]),
    [
      ['agent', 'snapshots[0]'],
      ['plain', 'snapshots[1], snapshots[2]'],
      ['unknown', 'snapshots[3]'],
    ],
  )
  t.same(
    cut.observed.coverage.map(({ path, status }) => [path.join('.'), status]),
    [
      ['a.x', 'covered'],
      ['b.x', 'covered'],
      ['fleet', 'stale'],
      ['q', 'covered'],
    ],
    'the entry of the agent says how old it may be',
  )
  t.same(seenAt(cut, 'a', 'y', 'z'), [['plain', 0, 'snapshots[1]', 3, 1]], 'in JSON indented by two spaces')
})
