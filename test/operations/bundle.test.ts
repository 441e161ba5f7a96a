import t from 'tap'
import { bundle } from '../../src/operations/bundle.ts'
import { memorySource } from '../support/memory-source.ts'

const files = {
  'congruent.yaml': `workspace: plant
teams:
  sre: { fragments: [./sre/...] }
  web: { fragments: [./web, { path: ./web/prod.yaml, environments: [prod] }] }
  app: { fragments: [./app] }
environments: { dev: {}, prod: {} }
exemptions: [exemptions/*.yaml]
observations: [{ files: [observed.yaml] }]
`,
  'cue.mod/module.cue': 'module: "plant.example"\nlanguage: version: "v0.15.0"\n',
  'lib/lib.cue': 'package lib\n\n#Replicas: >=2\n',
  'lib/unused/unused.cue': 'package unused\n',
  'sre/sre.cue': 'package sre\n\nimport "plant.example/lib"\n\nservices: [string]: replicas: lib.#Replicas\n',
  'sre/deep/more.cue': 'package deep\n\nx: 1\n',
  'web/web.cue': 'package web\n\nservices: web: image: "web"\n',
  'web/prod.yaml': 'services: { web: { replicas: 3 } }\n',
  'web/other.yaml': 'of: nobody\n',
  'exemptions/a.yaml': 'exemptions: []\n',
  'observed.yaml': 'services: {}\n',
}

t.test('what the fragments of every environment are read from, and whose it is', async (t) => {
  const { workspace, document, teams, shared } = await bundle(memorySource(files))
  t.equal(workspace, 'plant')
  t.equal(Buffer.from(document).toString(), files['congruent.yaml'])
  t.strictSame(
    Array.from(teams, ([team, own]) => [team, [...own.keys()]]),
    [
      ['sre', ['sre/deep/more.cue', 'sre/sre.cue']],
      ['web', ['web/prod.yaml', 'web/web.cue']],
      ['app', []],
    ],
    'what one environment alone reads as well; a team may have nothing here',
  )
  t.strictSame([...shared.keys()], ['cue.mod/module.cue', 'exemptions/a.yaml', 'lib/lib.cue'])
  t.equal(Buffer.from(shared.get('lib/lib.cue') ?? '').toString(), files['lib/lib.cue'])
})

t.test('a workspace that is not there, or is wrong', async (t) => {
  await t.rejects(bundle(memorySource({})), { code: 'WORKSPACE_NOT_FOUND' })
  await t.rejects(bundle(memorySource({ 'congruent.yaml': 'teams: 7\n' })), { code: 'WORKSPACE_INVALID' })
})
