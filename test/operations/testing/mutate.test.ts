import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { createCongruent, createCueGo } from '../../../src/index.ts'
import type { CoveredRule } from '../../../src/model/test-report.ts'
import { bundleSource } from '../../../src/workspace/bundle-source.ts'

// A suite in which some tests are good and some only look so. Whoever reads the names knows what must be found.

const files = {
  'congruent.yaml': `
workspace: plant
teams:
  sre: { fragments: [./sre] }
  web: { fragments: [./web] }
environments: { prod: { tags: { env: prod } } }
observations: [{ files: ['observed.yaml'] }]
`,
  'observed.yaml': `
services: { web: { replicas: 3, image: 'registry/web:1', port: 443 } }
`,
  'sre/services.cue': `package sre

import "strings"

_env: *"dev" | "prod" @tag(env)

services: [Name=string]: {
	replicas: >=2 & <=9 @rule(id="HA-1")
	image?:   =~"^registry/" @rule(id="SEC-1")
	tier?:    "gold" | "silver" @rule(id="TIER")
	port?:    <1024 @rule(id="NET-1")
	host?:    "\\(Name).example" @rule(id="HOST")
	owner?:   strings.MinRunes(3) @rule(id="OWNER")
	limits?: cpu!: int @rule(id="CPU")
}
`,
  'web/web.cue': `package web

services: web: replicas: int @rule(id="IDLE")
`,
  'good.test.yaml': `
given: { state: { services: { web: { replicas: 2 } } } }
cases:
  - { name: 'good: the least', expect: conforms }
  - { name: 'good: too few', given: { state: { services: { web: { replicas: 1 } } } }, expect: [{ rule: HA-1 }] }
  - { name: 'good: another registry', given: { state: { services: { web: { image: web } } } }, expect: [{ rule: SEC-1 }] }
  - { name: 'good: an unknown tier', given: { state: { services: { web: { tier: tin } } } }, expect: [{ rule: TIER, kind: mismatch }] }
  - { name: 'good: a short owner', given: { state: { services: { web: { owner: ab } } } }, expect: [{ rule: OWNER }] }
  - { name: 'good: no cpu', given: { state: { services: { web: { limits: {} } } }, covers: [services.web.limits] }, expect: [{ kind: missing, path: services.web.limits.cpu }] }
  - { name: 'good: text for cpu', given: { state: { services: { web: { limits: { cpu: much } } } } }, expect: [{ rule: CPU }] }
  - { name: 'good: a wish that does not fit', given: { fragments: [{ team: web, cue: 'services: web: replicas: 1' }] }, expect: conflicts }
`,
  'vacuous.test.yaml': `
cases:
  - { name: 'vacuous: nothing is given', expect: conforms }
  - { name: 'vacuous: nobody speaks about it', given: { state: { machines: { a: { disks: 1 } } } }, expect: conforms }
  - { name: 'vacuous: whatever is found', given: { state: { services: { web: { replicas: 2, host: x } } } }, expect: { findings: [], also: any } }
  - { name: 'weak: whether there is a rule at all', given: { state: { services: { web: { replicas: 2, port: 8080 } } } }, expect: { findings: [{ kind: mismatch, path: services.web.port }], also: any } }
`,
}

t.test('changes that no test notices, and tests that notice no change, are found, each and no other', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  const source = bundleSource('plant', new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))
  const { report } = await congruent.test({ source, coverage: true, mutateMs: 600_000 })
  t.same(
    report.results.filter(({ outcome }) => outcome !== 'pass'),
    [],
    'every test passes',
  )
  const schema: object = JSON.parse(readFileSync('schemas/test-report.schema.json', 'utf8'))
  const isReport = new Ajv2020({ strict: false }).compile(schema)
  t.ok(isReport(JSON.parse(JSON.stringify(report))), 'the report fits its schema', { errors: isReport.errors })
  const { mutation, coverage = [] } = report
  t.same(
    mutation?.survivors.map(({ rule, change, before, after }) => `${rule} ${change}: ${before} -> ${after}`),
    [
      'HA-1 a bound looser by one: <=9 -> <=10',
      'NET-1 a bound looser by one: <1024 -> <1025',
      'HOST removed: "\\(Name).example" -> _',
      'IDLE removed: int -> _',
    ],
  )
  const isVacuous = (name: string): boolean => name.startsWith('vacuous')
  t.same(
    mutation?.vacuous.map(({ name }) => name),
    report.results.map(({ name }) => name).filter(isVacuous),
  )
  t.equal(mutation?.untried, 0)
  const told = ({ id, exercised, violated, observed }: CoveredRule): string =>
    [
      id,
      ...(exercised ? ['exercised'] : []),
      ...(violated ? ['violated'] : []),
      ...(observed === true ? ['met'] : []),
    ].join(' ')
  t.same(coverage.map(told), [
    'CPU exercised violated',
    'HA-1 exercised violated met',
    'HOST exercised violated',
    'IDLE exercised met',
    'NET-1 exercised violated met',
    'OWNER exercised violated',
    'SEC-1 exercised violated met',
    'TIER exercised violated',
  ])
})
