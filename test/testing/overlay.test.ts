import t from 'tap'
import { dataMap } from '../../src/model/data-map.ts'
import { overlaid } from '../../src/testing/overlay.ts'

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

t.test(
  'a case changes one place of the common state, takes away with null, and may say null where nothing is',
  async (t) => {
    const web = dataMap([
      ['replicas', 2],
      ['image', 'web:1'],
    ])
    const common = { state: dataMap([['web', web]]) }
    const own = {
      state: dataMap([
        [
          'web',
          dataMap([
            ['replicas', 1],
            ['image', null],
            ['note', null],
          ]),
        ],
        ['db', null],
      ]),
    }
    t.same(json(overlaid(common, own).state), { web: { replicas: 1, note: null }, db: null })
    t.same(json(overlaid(common, {}).state), { web: { replicas: 2, image: 'web:1' } })
    t.same(json(overlaid({}, own)), json(own))
  },
)

t.test('objects meet by kind and name, snapshots by observer, files and fragments are added', async (t) => {
  const object = (name: string, replicas: number) =>
    dataMap([
      ['kind', 'Deployment'],
      ['metadata', dataMap([['name', name]])],
      ['replicas', replicas],
    ])
  const objects = overlaid(
    { objects: [object('a', 1), object('b', 1)] },
    { objects: [object('b', 2), object('c', 3)] },
  ).objects
  t.same(
    json(objects),
    [object('a', 1), object('b', 2), object('c', 3)].map((one) => json(one)),
  )
  const snapshot = (observer: string, sequence: number) =>
    dataMap([
      ['observer', observer],
      ['sequence', sequence],
    ])
  const { snapshots } = overlaid({ snapshots: [snapshot('edge', 1)] }, { snapshots: [snapshot('edge', 2)] })
  t.same(json(snapshots), [{ observer: 'edge', sequence: 2 }])
  t.same(overlaid({ files: ['a.yaml'] }, { files: ['b.yaml'] }).files, ['a.yaml', 'b.yaml'])
  t.same(overlaid({ covers: 'all' }, { covers: ['web'] }).covers, ['web'])
})
