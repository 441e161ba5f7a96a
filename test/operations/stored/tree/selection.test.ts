import t from 'tap'
import { dataMap } from '../../../../src/model/data-map.ts'
import { formatPath, type Path } from '../../../../src/model/path.ts'
import { foundAt } from '../../../../src/operations/stored/tree/found.ts'
import { placesOf, stateOf, type Place } from '../../../../src/operations/stored/tree/places.ts'
import { selecting, type Selection } from '../../../../src/operations/stored/tree/selection.ts'
import { sightOf } from '../../../../src/operations/stored/tree/sight.ts'
import { spokenOf } from '../../../../src/operations/stored/tree/spoken.ts'
import { cueOutline } from '../../../../src/review/cue-outline.ts'
import { finding } from '../../../support/findings.ts'

const places = placesOf({
  outline: cueOutline(
    'services: {\n\tweb: {\n\t\tport:  >1024\n\t\ttls: {min: "1.3"}\n\t}\n}\nedge: {\n\thost: string\n}\n',
  ),
  spoken: spokenOf({ below: [{ label: 'services', teams: ['sre'], below: [{ label: 'web', teams: ['payments'] }] }] }),
  observed: dataMap([
    [
      'services',
      dataMap([
        ['web', dataMap([['port', 80]])],
        ['__proto__', dataMap([['port', 8080]])],
      ]),
    ],
  ]),
  found: foundAt([
    finding({ path: ['services', 'web', 'port'] }),
    finding({ kind: 'missing', path: ['services', 'web', 'tls'] }),
    finding({ path: ['services', '__proto__', 'port'], exempted: { id: 'E-1', owner: 'x', expires: '2030-01-01' } }),
  ]),
  contested: [['services', 'web', 'name']],
  sight: sightOf([{ path: ['services'], status: 'covered' }]),
})

function stateAt(path: Path): string | undefined {
  const place = places.at(path)
  return place && stateOf(place)
}

t.test('everything that is desired, observed, found or contested is there, and how it stands', async (t) => {
  const labels = (path: Path): readonly unknown[] =>
    places.below(places.at(path) ?? places.root).map(({ path }) => path.at(-1))
  t.same(labels([]), ['edge', 'services'])
  t.same(labels(['services']), ['__proto__', 'web'])
  t.same(labels(['services', 'web']), ['name', 'port', 'tls'])
  t.equal(stateAt(['services', 'web']), 'violates')
  t.equal(stateAt(['services', 'web', 'tls', 'min']), 'violates', 'the whole of it is missing')
  t.equal(stateAt(['services', '__proto__']), 'conforms', 'what is exempted does not count')
  t.equal(stateAt(['edge', 'host']), 'undecided', 'nobody looks there')
  t.equal(places.at(['nowhere']), undefined)
})

t.test('what is selected, with all that leads there', async (t) => {
  const selected = (selection: Selection): readonly string[] => {
    const isSelected = selecting(places, selection)
    const below = (place: Place): readonly string[] =>
      places
        .below(place)
        .filter(isSelected)
        .flatMap((one) => [formatPath(one.path), ...below(one)])
    return below(places.root)
  }
  t.same(selected({ show: 'undecided' }), ['edge', 'edge.host'])
  t.same(selected({ show: 'all', q: '*.PORT' }), [
    'services',
    'services."__proto__"',
    'services."__proto__".port',
    'services.web',
    'services.web.port',
  ])
  t.same(selected({ show: 'all', q: '8080' }).at(-1), 'services."__proto__".port')
  t.same(selected({ show: 'all', q: '>1024' }).at(-1), 'services.web.port')
  t.notOk(selected({ show: 'deviating' }).includes('services."__proto__"'))
  t.same(selected({ show: 'findings' }).includes('edge'), false)
})
