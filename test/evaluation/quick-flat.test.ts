import t from 'tap'
import { FlatJson } from '../../src/document/flat-json.ts'
import { sortedWriter } from '../../src/document/flat-sorted.ts'
import { readJsonDocument } from '../../src/document/json-document.ts'
import { conformsFlat, judgesFlat } from '../../src/evaluation/quick-flat.ts'
import { quickAnswer, type Quick } from '../../src/evaluation/quick.ts'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { isDataObject, type Data, type DataObject } from '../../src/model/data.ts'
import { memorySource } from '../support/memory-source.ts'
import { choices, type Choice } from '../support/random/choice.ts'

// What is said of a state that lies in bytes, against what is said of the same state as values.

const seed = Number(process.env['CONGRUENT_SEED'] ?? 1)
const cases = Number(process.env['CONGRUENT_CASES'] ?? 1000)

const congruent = createCongruent({ engine: createCueGo({ size: 1 }), fewest: 1 })
t.teardown(() => congruent.close())
const now = new Date('2026-01-01T01:00:00Z')

/** What is known of fragments once some states were checked. */
async function known(cue: string, states: readonly Data[]): Promise<Quick | undefined> {
  const files = {
    'congruent.yaml': 'workspace: shop\nteams: { platform: { fragments: [./platform] } }\n',
    'platform/platform.cue': `package platform\n${cue}`,
  }
  const source = { ...memorySource(files), fixed: true } as const
  for (const data of states) {
    const reported = { observer: 'agent', adapter: 'plain' } as const
    const read = async () => ({ ok: true, bytes: Buffer.from(JSON.stringify(data)) }) as const
    await congruent.check({ source, now, keep: 'here', files: [{ name: 'a.json', data, reported, read }] })
  }
  const found = await congruent.knownAtOnce({ source, now, entry: 'api' })
  return found?.environments[0]?.quick
}

const json = new FlatJson()
const sorted = sortedWriter()

/** Whether there is nothing to be found for certain, once as values and once in bytes. */
function both(quick: Quick, state: Data): readonly [values: boolean, flat: boolean] {
  const bytes = Buffer.from(JSON.stringify(state))
  const data = readJsonDocument('x', bytes)?.data
  if (data === undefined || !isDataObject(data) || !json.read(bytes)) throw new Error('not plain')
  const observed = { state: data, coverage: [{ path: [], status: 'covered' }], contested: [], masked: [] } as const
  return [quickAnswer(quick, observed, true)?.findings.length === 0, conformsFlat(quick, { json, value: 0, sorted })]
}

function serviceOf(choice: Choice): DataObject {
  return {
    ...(choice.percent(97) ? { image: choice.of(choice.percent(95) ? ['r/web:1', 'r/b'] : ['x', 1, '']) } : {}),
    ...(choice.percent(50) ? { replicas: choice.of(choice.percent(95) ? [2, 3, 4.5] : [1, 9, '3', null]) } : {}),
    ...(choice.percent(30) ? { own: choice.of(['web', 'api']) } : {}),
    ...(choice.percent(20) ? { note: choice.of<Data>([[], {}, [1, { a: null }], 'x']) } : {}),
  }
}

function stateOf(choice: Choice): DataObject {
  const labels = choice.some(['web', 'api', 'b', 'a.b', ...(choice.percent(5) ? ['_c', '#d', '[]'] : [])], 50)
  const services = Object.fromEntries(labels.map((label) => [label, serviceOf(choice)]))
  const zones = Object.fromEntries(
    choice.some(['east', 'west'], 60).map((zone) => [zone, { nodes: { n1: { up: choice.percent(95) } } }]),
  )
  return {
    ...(choice.percent(90) ? { services } : { services: choice.of<Data>([[], null, {}, services]) }),
    ...(choice.percent(60) ? { zones } : {}),
    ...(choice.percent(60) ? { region: choice.of(choice.percent(80) ? ['eu'] : ['us', 1]) } : {}),
  }
}

const rules =
  'services: [N=string]: { image!: =~"^r/", replicas?: >=2 & <=6, own?: N | "web", ... }\nregion?: "eu" | "us"\n'

for (const [name, cue] of Object.entries({
  'members of maps': `${rules}zones: [string]: nodes: [string]: up: true\n`,
  'members that fragments name': `${rules}services: web: replicas: 3\n`,
}))
  t.test(`${name} are judged alike`, async (t) => {
    const choice = choices(seed)
    const states = Array.from({ length: cases }, () => stateOf(choice))
    const quick = await known(cue, states.slice(0, 12))
    if (quick === undefined) throw new Error('nothing is known')
    t.ok(judgesFlat(quick))
    let conforming = 0
    for (const [index, state] of states.entries()) {
      const [values, flat] = both(quick, state)
      if (values) conforming += 1
      if (values !== flat) t.fail(`CONGRUENT_SEED=${seed}, case ${index}: ${JSON.stringify(state)} ${values} ${flat}`)
    }
    t.ok(conforming > cases / 50 && conforming < cases * 0.9, `${conforming} of ${cases}`)
  })

t.test('what reads from outside, and lists, are for values', async (t) => {
  const state = { services: { web: { replicas: 2 } } }
  const reading = await known('services: [string]: replicas: >=2 // #observed\n', [state])
  t.equal(reading && judgesFlat(reading), false)
  const lists = await known('ports: [...{port: >=1024, ...}]\n', [{ ports: [{ port: 8080 }] }])
  t.equal(lists && judgesFlat(lists), false)
})
