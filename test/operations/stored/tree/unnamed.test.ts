import t from 'tap'
import type { OutlineInput } from '../../../../src/operations/outline.ts'
import { dataMap } from '../../../../src/model/data-map.ts'
import type { Path } from '../../../../src/model/path.ts'
import { foundAt } from '../../../../src/operations/stored/tree/found.ts'
import { placesOf, type Place } from '../../../../src/operations/stored/tree/places.ts'
import { sightOf } from '../../../../src/operations/stored/tree/sight.ts'
import { spokenOf } from '../../../../src/operations/stored/tree/spoken.ts'
import { unnamedLabels } from '../../../../src/operations/stored/tree/unnamed.ts'
import { cueOutline } from '../../../../src/review/cue-outline.ts'

type Asked = Required<Pick<OutlineInput, 'paths' | 'labels'>>

function tree() {
  const services = dataMap([['api', dataMap([['port', 1]])]])
  return placesOf({
    outline: cueOutline('services: web: port: 80\n'),
    spoken: spokenOf({ below: [{ label: 'services', teams: ['sre'] }] }),
    observed: dataMap([
      ['services', services],
      ['dns', dataMap([['a', 'x']])],
    ]),
    found: foundAt([]),
    contested: [],
    sight: sightOf([{ path: [], status: 'covered' }]),
  })
}

const api = {
  path: ['services', 'api'],
  text: 'port: >1024\nextra: _',
  teams: ['sre'],
  below: [{ label: 'port', teams: ['net'] }],
}

t.test(
  'what only patterns speak of is asked for once, from its first label on, with all that is observed below',
  async (t) => {
    const places = tree()
    const asked: Asked[] = []
    const learn = unnamedLabels(places, async (input) => {
      asked.push(input)
      return [api, { path: ['dns'], text: 'a: _' }]
    })
    const shown = (...paths: Path[]): readonly Place[] => paths.flatMap((path) => places.at(path) ?? [])
    t.equal(await learn(shown(['services'], ['services', 'web', 'port']), {}), false, 'what is named is known')
    t.equal(await learn(shown(['services', 'api', 'port'], ['services', 'api'], ['dns']), {}), true)
    t.same(asked, [
      {
        paths: [['services', 'api'], ['dns']],
        labels: [['services', 'api'], ['services', 'api', 'port'], ['dns'], ['dns', 'a']],
      },
    ])
    const port = places.at(['services', 'api', 'port'])
    t.equal(port?.outline?.text, '>1024')
    t.same(port?.spoken?.teams, ['net'])
    t.same(places.at(['services', 'api'])?.spoken?.teams, ['net', 'sre'])
    t.equal(places.at(['services', 'api', 'extra']), undefined, 'of which nobody speaks')
    t.equal(places.at(['dns'])?.outline, undefined)
    t.equal(await learn(shown(['services', 'api', 'port'], ['dns', 'a']), {}), false, 'nothing is asked twice')
  },
)

t.test('who asks for the same meanwhile waits for it, and looks again', async (t) => {
  const places = tree()
  let asks = 0
  const learn = unnamedLabels(places, async () => {
    asks += 1
    return [api]
  })
  const shown = [places.at(['services', 'api']) ?? places.root]
  t.same(await Promise.all([learn(shown, {}), learn(shown, {})]), [true, true])
  t.equal(asks, 1)
  t.equal(await learn(shown, {}), false)
})

t.test('what could not be asked is asked again', async (t) => {
  const places = tree()
  let fails = true
  const learn = unnamedLabels(places, async () => {
    if (fails) throw new Error('closed')
    return [api]
  })
  const shown = [places.at(['services', 'api']) ?? places.root]
  await t.rejects(learn(shown, {}), /closed/)
  fails = false
  t.equal(await learn(shown, {}), true)
})
