import t from 'tap'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: createCueGo(), clock: () => new Date('2026-05-01T00:00:00Z') })
t.teardown(() => congruent.close())

const workspace = `workspace: w
teams: { sre: { fragments: [./sre] } }
observations: [{ files: [seen.json] }]
`
const rules = `package sre

services: [string]: replicas: >=2 @rule(id="HA-1")
services: [string]: gpu?: <=4 @rule(id="GPU-1")
region?: =~"^eu-" @rule(id="REGION-1")
`

/** The paths of each rule in a state with so many services, of which every tenth has a GPU. */
async function pathsAmong(services: number, engineFiles: Record<string, string> = {}): Promise<object> {
  const named = Array.from({ length: services }, (_, index) => [
    `s${index}`,
    { replicas: 1 + (index % 3), ...(index % 10 === 0 ? { gpu: 9 } : {}) },
  ])
  const source = memorySource({
    'congruent.yaml': workspace,
    'sre/rules.cue': rules,
    'seen.json': JSON.stringify({ region: 'us-1', services: Object.fromEntries(named) }),
    ...engineFiles,
  })
  const met = await congruent.ruleMatches({ source, environment: 'default', engine: 'cue-go' })
  return Object.fromEntries((met ?? []).filter(({ id }) => !id.startsWith('sre:')).map(({ id, paths }) => [id, paths]))
}

t.test('a rule counts at each path where it speaks, satisfied or not', async (t) => {
  t.strictSame(await pathsAmong(10), { 'GPU-1': 1, 'HA-1': 10, 'REGION-1': 1 })
  t.strictSame(await pathsAmong(0), { 'REGION-1': 1 }, 'a pattern without anything to speak about is not met')
  const unreadable = { 'sre/rules.cue': 'package sre\nx: {' }
  t.strictSame(await pathsAmong(3, unreadable), {})
})

t.test('of many, some at a time: what lies beside them counts once', async (t) => {
  t.strictSame(await pathsAmong(950), { 'GPU-1': 95, 'HA-1': 950, 'REGION-1': 1 })
})
