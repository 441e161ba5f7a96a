import fc from 'fast-check'
import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { Fault } from '../../src/errors.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import type { CheckInput } from '../../src/operations/check.ts'
import { captureText, readCapture } from '../../src/operations/captures/read-capture.ts'
import type { Source } from '../../src/workspace/source.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: createCueGo({ size: 1 }) })
t.teardown(() => congruent.close())
t.setTimeout(120_000)

const now = new Date('2026-05-04T12:00:00Z')
type Files = Readonly<Record<string, string>>

const plant: Files = {
  'congruent.yaml': `workspace: plant
teams: { sre: { fragments: [./sre, ./limits.yaml] } }
environments: { dev: {}, prod: {} }
observations:
  - { files: [observed/*.yaml] }
  - { files: ['-'], environment: prod }
  - { files: [none/*.yaml], environment: dev }
exemptions: [e.yaml]
`,
  'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n',
  'limits.yaml': 'limits: { most: 9007199254740993 }\n',
  'observed/a.yaml': 'services: { web: { replicas: 1 }, "ü": { replicas: 123456789012345678901 } }\n',
  'observed/b.yaml': 'services: { db: { replicas: 0.1000000000000000055511151231257827 } }\n',
  'observed/bad.yaml': 'services: {\n',
  'e.yaml': 'exemptions: [{ id: E, rule: HA-1, path: services.web, owner: sre, reason: r, expires: 2026-05-04 }]\n',
  'unrelated.txt': 'never read',
}

const input = (files: Files, more: Partial<CheckInput> = {}): CheckInput => ({
  source: memorySource(files),
  now,
  stdin: async () => ({ ok: true, bytes: Buffer.from('services: { api: { replicas: 1 } }\n') }),
  ...more,
})

const packed = async (given: CheckInput): Promise<string> => captureText((await congruent.capture(given)).capture)

const replayed = async (text: string, fragments?: Source): ReturnType<typeof congruent.replay> =>
  congruent.replay({
    captured: readCapture('x.capture', Buffer.from(text)),
    ...(fragments === undefined ? {} : { fragments }),
  })

t.test('what was captured gives the same report, whatever becomes of the workspace', async (t) => {
  const { report } = await congruent.check(input(plant))
  const text = await packed(input(plant))
  t.equal(await packed(input(plant)), text, 'the same bytes each time')
  t.notMatch(text, 'never read')
  const again = await replayed(text)
  t.equal(again.comparison, 'same')
  t.equal(exactJson(again.report), exactJson(report))
  t.ok((await again.quoted()).get('observed/a.yaml')?.size, 'lines are quoted')
  t.ok(report.findings.some(({ kind }) => kind === 'unreadable') && report.summary.exempted > 0)
  for (const more of [
    { environments: ['prod'], team: 'sre', failOn: 'warning' },
    {
      partial: true,
      environments: ['dev'],
      files: [{ name: '../a b.json', read: async () => ({ ok: true, bytes: Buffer.from('{"web":{"replicas":1}}') }) }],
      override: { at: 'services', covers: ['web'] },
    },
    { files: [{ name: '-', read: async () => ({ ok: true, bytes: Buffer.from([0x7b, 0xff, 0x7d]) }) }] },
  ] satisfies readonly Partial<CheckInput>[])
    t.equal((await replayed(await packed(input(plant, more)))).comparison, 'same', exactJson(more))
})

t.test('other fragments are asked about the same observations', async (t) => {
  const text = await packed(input(plant))
  const fragments = memorySource({
    ...plant,
    'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=1 @rule(id="HA-1")\n',
    'observed/a.yaml': 'not: read\n',
    'e.yaml': 'exemptions: []\n',
  })
  const { report, comparison } = await replayed(text, fragments)
  t.equal(comparison, 'different')
  const same = { ...plant, 'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=1 @rule(id="HA-1")\n' }
  const whole = await congruent.check(input({ ...same, 'e.yaml': 'exemptions: []\n' }))
  t.equal(exactJson(report), exactJson(whole.report))
})

const secret: Files = {
  'congruent.yaml': `workspace: secret
teams: { sre: { fragments: [./sre] } }
observations: [{ files: [observed.yaml] }]
sensitive: [services.*.password]
exemptions: [e.yaml]
`,
  'sre/a.cue': `package sre

services: [string]: {
	password?: =~"^.{12,}$" @rule(id="PW-1")
	port?:     <1024
}
`,
  'observed.yaml': 'services: { web: { password: hunter2, port: 8080 }, db: { password: correcthorsebattery } }\n',
  'e.yaml': 'exemptions: [{ id: E, rule: X, path: services.web, owner: sre, reason: r, expires: 2026-05-04 }]\n',
}

t.test('what is masked stays masked, and the report is the same', async (t) => {
  const given = await packed(
    input(secret, {
      files: [{ name: 'o.yaml', read: async () => ({ ok: true, bytes: Buffer.from(secret['observed.yaml'] ?? '') }) }],
    }),
  )
  for (const text of [given, await packed(input(secret))]) {
    t.notMatch(text, /hunter2|correcthorse/)
    const { report, comparison } = await replayed(text)
    t.equal(comparison, 'told')
    t.equal(exactJson(report), exactJson(readCapture('x', Buffer.from(text)).report))
  }
  const { report } = await congruent.check(input(secret))
  t.equal(exactJson((await replayed(await packed(input(secret)))).report), exactJson(report))
  const stricter = memorySource({ ...secret, 'sre/a.cue': 'package sre\n\nservices: [string]: password?: =~"^h"\n' })
  const other = await replayed(await packed(input(secret)), stricter)
  t.ok(
    other.report.findings.some(({ kind, at }) => kind === 'incomplete' && at === 'services.web.password'),
    'nobody can tell any more',
  )
  const kubernetes = {
    'congruent.yaml':
      'workspace: k\nteams: { a: { fragments: [./a] } }\nobservations: [{ files: [o.yaml], adapter: kubernetes }]\n',
    'a/a.cue': 'package a\n',
    'o.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { token: aHVudGVyMg== }\n',
  }
  t.notMatch(await packed(input(kubernetes)), 'aHVudGVyMg')
  for (const [name, text] of [
    ['sre/a.cue', 'package sre\n\nservices: web: password: "hunter2hunter2"\n'],
    ['sre/b.cue', 'package sre\n\n// correcthorsebattery\n'],
  ] as const)
    await t.rejects(packed(input({ ...secret, [name]: text })), {
      code: 'USAGE',
      message: /which a capture would tell/,
    })
})

t.test('a report that does not come out again is said to differ', async (t) => {
  const text = await packed(input(plant))
  const changed = text.replaceAll('out of bound >=2', 'out of bound >=3')
  t.not(changed, text)
  t.match(await replayed(changed), { comparison: 'different', added: 0, gone: 0 })
  const masked = await packed(input(secret))
  t.match(await replayed(masked.replace('"port": 8080', '"port": 80')), { comparison: 'different' })
})

t.test('an environment that cannot be checked is not captured', async (t) => {
  await t.rejects(packed(input(plant, { environments: ['x'] })), { code: 'USAGE' })
  await t.rejects(packed(input({ ...plant, 'congruent.yaml': 'x: 1\n' })), { code: 'WORKSPACE_INVALID' })
})

t.test('what is no capture is refused, whatever it holds', async (t) => {
  const text = await packed(input(plant, { environments: ['prod'] }))
  const refused = (from: string, to: string): void => {
    t.ok(text.includes(from), from)
    t.throws(
      () => readCapture('x', Buffer.from(text.replace(from, to))),
      { code: 'ARCHIVE_INVALID', message: /^`x` (?:is no capture: |holds )[^\n]*$/ },
      to,
    )
  }
  refused('"observed/a.yaml"', '"../a.yaml"')
  refused('"observed/a.yaml"', '"/etc/passwd"')
  refused('"observed/a.yaml"', '"observed\\\\a.yaml"')
  refused('"observed/a.yaml"', '"./observed/b.yaml"')
  refused('"capture": 1', '"capture": 2')
  refused('"2026-05-04T12:00:00.000Z"', '"yesterday"')
  refused('"report": {', '"report": { "more": 1,')
  refused('"documents"', '"documents2"')
  for (const bytes of ['', '[]', 'null', '{', '\0', '{"capture":1}'])
    t.throws(() => readCapture('x', Buffer.from(bytes)), { code: 'ARCHIVE_INVALID' }, bytes)
  const masked = await packed(input(secret))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(text, masked),
      fc.nat(),
      fc.constantFrom('"', '{', '[', '9', '-', 'null', '\\', 'x', ''),
      async (whole, place, change) => {
        const at = place % whole.length
        try {
          await replayed(whole.slice(0, at) + change + whole.slice(at + 1))
        } catch (error) {
          if (!(error instanceof Fault)) throw error
        }
      },
    ),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 150) },
  )
})
