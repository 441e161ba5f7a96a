import t from 'tap'
import { packDifferences } from '../../../src/cli/asking/pack-versions.ts'
import type { Client } from '../../../src/client/client.ts'
import { Fault } from '../../../src/errors.ts'
import type { Data } from '../../../src/model/data.ts'

function answering(data: Data | Fault): Client {
  return {
    server: 'http://server',
    send: async () => {
      if (data instanceof Fault) throw data
      return { status: 200, data }
    },
  }
}

const here = new Map([
  ['kubernetes/pod-security', '1.0.0'],
  ['compose', '1.0.0'],
])

t.test('packs of which the server has another version', async (t) => {
  const items = [
    { pack: 'kubernetes/pod-security', version: '1.1.0' },
    { pack: 'compose', version: '1.0.0' },
    { pack: 'other', version: '2.0.0' },
  ]
  t.strictSame(await packDifferences(answering({ items }), here), [
    'pack `kubernetes/pod-security`: version 1.0.0 here, 1.1.0 on the server, which checks by its own',
  ])
})

t.test('a server that tells no packs tells no difference; one that is not there is no such server', async (t) => {
  for (const data of [new Fault('NOT_FOUND', 'no route'), {}, { items: [7, {}] }, []])
    t.strictSame(await packDifferences(answering(data), here), [])
  await t.rejects(packDifferences(answering(new Fault('SERVER_FAILED', 'gone')), here), { code: 'SERVER_FAILED' })
  t.strictSame(await packDifferences(answering(new Fault('SERVER_FAILED', 'gone')), new Map()), [], 'nobody is asked')
})
