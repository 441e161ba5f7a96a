import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { gitProgram } from '../../src/git/git-program.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'
import { newRepository } from '../support/git-repository.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: createCueGo({ size: 1 }) })
t.teardown(() => congruent.close())
const git = gitProgram({ PATH: process.env['PATH'], HOME: '/nonexistent' })
const isList = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schemas/exemption-list.schema.json', 'utf8')) as object,
)

const one = (id: string, more: string): string =>
  `  - { id: ${id}, rule: HA-1, owner: sre, reason: r, expires: 2026-05-10, ${more} }\n`
const files = {
  'congruent.yaml': `workspace: plant
teams: { sre: { fragments: [./sre] } }
environments: { dev: {}, prod: {} }
observations: [{ files: [observed.yaml] }]
exemptions: [e.yaml, bad.yaml]
`,
  'sre/a.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n',
  'observed.yaml': 'services: { web: { replicas: 1 }, db: { replicas: 1 } }\n',
  'e.yaml': `exemptions:\n${one('A', 'path: services.web')}${one('B', 'path: services.web.replicas, environments: [prod]')}`,
  'bad.yaml': 'exemptions: 1\n',
}

t.test('each with its age, what is left, what it excuses alone or with others, and its flaws', async (t) => {
  const repository = newRepository(t, files)
  repository.write({ 'e.yaml': `${files['e.yaml']}${one('C', 'path: services.none')}` })
  const list = (day: string, more: object = {}): ReturnType<typeof congruent.exemptions> =>
    congruent.exemptions({
      source: folderSource(repository.folder),
      now: new Date(`2026-05-${day}T12:00:00Z`),
      withinMs: 3 * 86_400_000,
      git,
      ...more,
    })
  const found = await list('04')
  t.ok(isList(found), 'it fits its schema', { errors: isList.errors })
  t.match(found, {
    environments: ['dev', 'prod'],
    exemptions: [
      {
        id: 'A',
        state: 'holds',
        daysLeft: 6,
        since: '2026-01-02T03:04:05.000Z',
        ageDays: 122,
        excuses: [{ environment: 'dev' }, { environment: 'prod', at: 'services.web.replicas', rule: 'HA-1' }],
        flaws: [],
      },
      { id: 'B', excuses: [{ environment: 'prod' }], flaws: [] },
      { id: 'C', excuses: [], flaws: ['it excuses nothing: remove it'] },
    ],
    unreadable: [{ file: 'bad.yaml', line: 1 }],
  })
  t.notOk('since' in (found.exemptions[2] ?? {}), 'it is not committed')
  const states = async (day: string): Promise<readonly unknown[]> => {
    const [first] = (await list(day)).exemptions
    return [first?.state, first?.daysLeft]
  }
  t.strictSame(await states('06'), ['holds', 4])
  t.strictSame(await states('07'), ['soon', 3])
  t.strictSame(await states('10'), ['soon', 0])
  t.strictSame(await states('11'), ['ended', undefined])
  const dev = await list('04', { environments: ['dev'] })
  t.strictSame(dev.exemptions[2]?.flaws, [], 'prod was not asked')
  for (const program of ['/nonexistent/git', 'git']) {
    const outside = gitProgram({ PATH: process.env['PATH'] }, program)
    const plain = await congruent.exemptions({
      source: { ...memorySource(files), name: '/' },
      now: new Date(0),
      withinMs: 0,
      git: outside,
    })
    t.match(plain.exemptions[0], { id: 'A', state: 'holds', since: undefined })
  }
})
