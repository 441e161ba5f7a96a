import t from 'tap'
import { desiredFields } from '../../../../src/operations/stored/observed/desired-fields.ts'

t.test('fields of data, and of what is demanded where there is none', async (t) => {
  const data = desiredFields({
    json: '{"services": {"web": {"ports": [80, 443], "tls": null}, "api": {}}, "dns": "x"}',
  })
  t.same(data?.labels, ['services', 'dns'])
  const patterns = [[], ['services'], ['services', null, 'ports'], ['dns'], ['dns', 'deeper'], ['absent']]
  t.same(
    patterns.map((pattern) => data?.below(pattern)),
    [4, 3, 2, 1, 0, 0],
  )
  const cue =
    'services: {\n\tweb: {\n\t\treplicas: >=2\n\t\tports: [...int]\n\t}\n\t[string]: image: string\n}\ndns: "x"\n'
  const demanded = desiredFields({ cue })
  t.same(demanded?.labels, ['services', 'dns'])
  t.same(
    patterns.map((pattern) => demanded?.below(pattern)),
    [3, 2, 1, 1, 0, 0],
  )
  t.equal(desiredFields({}), undefined, 'fragments that contradict each other')
})
