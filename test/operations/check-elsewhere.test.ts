import t, { type Test } from 'tap'
import { createCongruent, type Congruent } from '../../src/congruent.ts'
import { readDocuments } from '../../src/document/read.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { isDataObject } from '../../src/model/data.ts'
import { exactJson } from '../../src/model/exact-json.ts'
import type { CheckInput } from '../../src/operations/check.ts'
import { checkElsewhere } from '../../src/operations/check-elsewhere.ts'
import type { Report } from '../../src/model/report.ts'
import { checkSent } from '../../src/operations/requested/answers.ts'
import { memorySource } from '../support/memory-source.ts'

const now = new Date('2026-05-04T09:30:00Z')

const head = (observations: string): string =>
  `workspace: plant\nteams: { sre: { fragments: [./sre] } }\nobservations:\n${observations}`

const services = 'package sre\n\nservices: [string]: { replicas: >=2, ... }\nn?: <10000000000000000000000\n'

const manifests = `apiVersion: v1
kind: Secret
metadata: { name: key, namespace: shop }
stringData: { password: hunter2 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 1, template: { spec: { containers: [{ name: server, image: web }] } } }
`

const snapshot = (observer: string, observedAt: string, replicas: number): string =>
  JSON.stringify({ snapshot: 1, observer, sequence: 3, observedAt, state: { services: { [observer]: { replicas } } } })

/** Workspaces whose check must say the same wherever it is made. */
const cases: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly violates: RegExp }>> =
  {
    'plain files at places of their own, several documents in one': {
      files: {
        'congruent.yaml': head(
          '  - { files: ["seen/*.yaml"], at: "services.{stem}" }\n  - { files: [more.yaml], covers: objects }\n',
        ),
        'sre/a.cue': services,
        'seen/web.yaml': 'replicas: 1\n',
        'seen/api.yaml': '# first a comment\nreplicas: 3\n',
        'more.yaml': 'services: { db: { replicas: 0 } }\n---\nn: 12345678901234567890123\n',
      },
      violates: /services\.web\.replicas/,
    },
    'snapshot documents, one of them too old': {
      files: {
        'congruent.yaml': head('  - { files: ["*.json"], adapter: snapshot, maxAge: 15m }\n'),
        'sre/a.cue': services,
        'a.json': snapshot('east', '2026-05-04T09:29:00Z', 1),
        'b.json': snapshot('west', '2026-05-04T08:00:00Z', 1),
      },
      violates: /services\.east\.replicas/,
    },
    'objects of a cluster, a secret among them': {
      files: {
        'congruent.yaml': head(
          '  - { files: [live.yaml], adapter: kubernetes, namespace: shop, covers: kinds, observer: cluster }\n',
        ),
        'sre/a.cue': 'package sre\n\nnamespaces: [string]: "Deployment.apps": [string]: spec: replicas: >=2\n',
        'live.yaml': manifests,
      },
      violates: /"Deployment\.apps"\.web\.spec\.replicas/,
    },
    'an array of objects, and what is none': {
      files: {
        'congruent.yaml': head('  - { files: ["live/*"], adapter: kubernetes }\n'),
        'sre/a.cue': 'package sre\n\nnamespaces: [string]: "Deployment.apps": [string]: spec: replicas: >=2\n',
        'live/a.json': '[{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":1}}]',
        'live/b.yaml': 'words',
      },
      violates: /"Deployment\.apps"\.web\.spec\.replicas/,
    },
    'a list and a text at places of their own, where maps are wanted at the root': {
      files: {
        'congruent.yaml': head(
          '  - { files: [zones.yaml], at: zones }\n  - { files: [n.yaml], at: n }\n  - { files: [text.yaml] }\n',
        ),
        'sre/a.cue': 'package sre\n\nzones: ["a", "b"]\nn: int\n',
        'zones.yaml': '[a, c]\n',
        'n.yaml': '1\n',
        'text.yaml': 'words\n',
      },
      violates: /zones\[1\]|zones\.1/,
    },
  }

/** A server: it is given text, and knows no file. */
function elsewhere(congruent: Congruent, seen: string[]) {
  return async (request: object): Promise<Report> => {
    const text = exactJson(request)
    seen.push(text)
    const [document] = readDocuments('request', Buffer.from(text)).documents
    const data = document?.data
    if (data === undefined || !isDataObject(data)) throw new Error('the request is a map')
    const newest = async () => memorySource({})
    const limits = { deadlineMs: 30_000, signal: new AbortController().signal }
    const checked = await checkSent({ congruent, newest, clock: () => now }, data, limits)
    return 'report' in checked ? checked.report : JSON.parse(checked.text)
  }
}

async function bothWays(t: Test, congruent: Congruent, input: Pick<CheckInput, 'source' | 'files' | 'override'>) {
  const here = await congruent.check({ ...input, now, environments: ['default'] })
  const seen: string[] = []
  const there = await checkElsewhere({ ...input, now }, elsewhere(congruent, seen))
  t.strictSame(JSON.parse(exactJson(there)), JSON.parse(exactJson(here.report)))
  return { report: there, request: seen.join('') }
}

t.test('a check says the same wherever it is made', async (t) => {
  const congruent = createCongruent({ engine: createCueGo({ size: 1 }), clock: () => now })
  t.teardown(() => congruent.close())
  for (const [name, { files, violates }] of Object.entries(cases))
    await t.test(name, async (t) => {
      const { report } = await bothWays(t, congruent, { source: memorySource(files) })
      t.match(report.findings.map(({ at }) => at).join('\n'), violates)
    })

  await t.test('files that are named instead', async (t) => {
    const source = memorySource({ 'congruent.yaml': head('  - { files: [none.yaml] }\n'), 'sre/a.cue': services })
    const read = async () => ({ ok: true, bytes: Buffer.from('web: { replicas: 1 }') }) as const
    const files = [{ name: '/elsewhere/x.yaml', read }]
    const { report } = await bothWays(t, congruent, { source, files, override: { at: 'services', covers: ['web'] } })
    t.match(report.findings, [
      { at: 'services.web.replicas', observations: [{ file: '/elsewhere/x.yaml', line: 1, column: 18 }] },
    ])
  })

  await t.test('what cannot be sent is said', async (t) => {
    const source = memorySource({
      'congruent.yaml': head('  - { files: [bad.yaml] }\n'),
      'sre/a.cue': services,
      'bad.yaml': 'a: [\n',
    })
    const sending = elsewhere(congruent, [])
    await t.rejects(checkElsewhere({ source, now }, sending), { code: 'USAGE', places: [{ file: 'bad.yaml' }] })
    const none = memorySource({ 'congruent.yaml': head('  - { files: [none.yaml] }\n'), 'sre/a.cue': services })
    await t.rejects(checkElsewhere({ source: none, now }, sending), { code: 'INPUT_NOT_FOUND', message: /none\.yaml/ })
  })
})
