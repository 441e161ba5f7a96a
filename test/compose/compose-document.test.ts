import * as fc from 'fast-check'
import t from 'tap'
import { composeDocument } from '../../src/compose/compose-document.ts'
import { projectCompose } from '../../src/compose/project.ts'
import type { Data, DataObject } from '../../src/model/data.ts'
import { documentOf, ordinary } from '../support/document.ts'

const service = (web: Data): DataObject => ({ services: { web } })
const written = (web: Data): unknown => ordinary(composeDocument(service(web)).data['services'])

t.test('what is kept by key is a list again, its key filled in where an element leaves it out', async (t) => {
  t.strictSame(
    written({
      ports: { '80/tcp': { published: '8080' }, '53/udp': {}, '53/udp#2': { host_ip: '::1' }, '${P}/tcp': {} },
      volumes: {
        '/data': { source: 'data' },
        '/etc': { source: './etc', type: 'bind' },
        '/tmp': {},
        '/x': { source: '$X' },
      },
      secrets: { key: { mode: 256 } },
      configs: { a: {}, 'a#2': { source: 'a', target: '/b' } },
      extra_hosts: { db: '10.0.0.1', 'db#2': '::1' },
      build: { context: '.', extra_hosts: { a: 'b' } },
      depends_on: { db: {}, cache: { condition: 'service_healthy' } },
      environment: { A: '1', B: null },
    }),
    {
      web: {
        ports: [
          { target: 80, published: '8080' },
          { target: 53, protocol: 'udp' },
          { target: 53, host_ip: '::1', protocol: 'udp' },
          { target: '${P}' },
        ],
        volumes: [
          { type: 'volume', target: '/data', source: 'data' },
          { target: '/etc', source: './etc', type: 'bind' },
          { type: 'volume', target: '/tmp' },
          { target: '/x', source: '$X' },
        ],
        secrets: [{ source: 'key', mode: 256 }],
        configs: [{ source: 'a' }, { source: 'a', target: '/b' }],
        extra_hosts: ['db=10.0.0.1', 'db=::1'],
        build: { context: '.', extra_hosts: ['a=b'] },
        depends_on: { db: { condition: 'service_started' }, cache: { condition: 'service_healthy' } },
        environment: { A: '1', B: null },
      },
    },
  )
})

t.test('a label that its element does not bear is told', async (t) => {
  const { lost } = composeDocument(
    service({
      ports: { '80/tcp': { target: 81 }, '80': {} },
      volumes: { a: { target: 'b' } },
      secrets: { a: { source: 'b' } },
    }),
  )
  t.strictSame(
    lost.map(({ path, becomes }) => [path.slice(2).join(' '), becomes]),
    [
      ['ports 80', '80/tcp'],
      ['ports 80/tcp', '81/tcp'],
      ['volumes a', 'b'],
      ['secrets a', 'b'],
    ],
  )
})

t.test('whatever stands there, nothing throws, and what is no map stays', async (t) => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('ports', 'volumes', 'build', 'extra_hosts', 'depends_on'), fc.jsonValue()),
      (web) => {
        composeDocument(service(JSON.parse(JSON.stringify(web))))
      },
    ),
  )
  t.strictSame(written({ ports: ['80:80'], volumes: null, build: '.' }), {
    web: { ports: ['80:80'], volumes: null, build: '.' },
  })
  t.strictSame(ordinary(composeDocument({ services: [], name: 'x' }).data), { services: [], name: 'x' })
})

const name = fc.constantFrom('a', 'b', 'data', './x', '/y')
const short: fc.Arbitrary<DataObject> = fc.record(
  {
    ports: fc.array(
      fc.oneof(
        fc.constantFrom('80', '8080:80', '127.0.0.1:1:2/udp', '[::1]:3:4', '9000-9002:8000-8002'),
        fc.record({ target: fc.nat(3), published: fc.constantFrom('1', '2-3'), mode: fc.constant('host') }),
      ),
      { maxLength: 4 },
    ),
    volumes: fc.array(
      fc.oneof(
        name,
        fc.tuple(name, name).map(([from, to]) => `${from}:${to}:ro`),
      ),
      { maxLength: 3 },
    ),
    secrets: fc.array(fc.oneof(name, fc.record({ source: name, target: name })), { maxLength: 3 }),
    extra_hosts: fc.array(fc.constantFrom('a=1.1.1.1', 'b:2.2.2.2', 'a=::1'), { maxLength: 3 }),
    depends_on: fc.uniqueArray(name, { maxLength: 2 }),
    environment: fc.uniqueArray(fc.constantFrom('A=1', 'B', 'C='), { maxLength: 3 }),
    command: fc.constantFrom('a "b c"', 'x'),
    networks: fc.uniqueArray(name, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

t.test('a document is the same tree again, however it was written', async (t) => {
  fc.assert(
    fc.property(fc.dictionary(name, short, { minKeys: 1, maxKeys: 2 }), (services) => {
      const { state, unreadable } = projectCompose(documentOf({ services }))
      const { data, lost } = composeDocument(state)
      t.strictSame([unreadable, lost], [[], []])
      t.strictSame(ordinary(projectCompose(documentOf(data)).state), ordinary(state))
    }),
  )
})
