import * as fc from 'fast-check'
import t from 'tap'
import { projectCompose, type ProjectedCompose } from '../../src/compose/project.ts'
import { readDocuments } from '../../src/document/read.ts'
import { toJson } from '../../src/document/to-json.ts'
import type { Data } from '../../src/model/data.ts'
import { documentOf, ordinary, valueAt } from '../support/document.ts'

function projected(text: string): ProjectedCompose {
  const { documents, unreadable } = readDocuments('compose.yaml', Buffer.from(text))
  const [document] = documents
  if (document === undefined) throw new Error(unreadable[0]?.message)
  return projectCompose(document)
}

function service(text: string, more = ''): unknown {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
  const made = projected(`${more}services:\n  web:\n${lines}\n`)
  t.strictSame(made.unreadable, [], text)
  return ordinary(valueAt(made.state, ['services', 'web']))
}

const wrongIn = (text: string): readonly string[] =>
  projected(text).unreadable.map(({ position, message }) => `${position?.line}: ${message}`)

t.test('environment and labels are maps of texts, however they are written', async (t) => {
  const environment = { A: '1', B: '', C: null, D: 'x=y' }
  t.strictSame(service('environment: { A: 1, B: "", C: , D: x=y }'), { environment })
  t.strictSame(service('environment: [A=1, B=, C, D=x=y]'), { environment })
  t.strictSame(service('labels: [a, b=true]\nsysctls: { net.core.somaxconn: 1024 }'), {
    labels: { a: '', b: 'true' },
    sysctls: { 'net.core.somaxconn': '1024' },
  })
  t.strictSame(service('extra_hosts: ["a:10.0.0.1", "b=::1", "a=10.0.0.2"]'), {
    extra_hosts: { a: '10.0.0.1', b: '::1', 'a#2': '10.0.0.2' },
  })
  t.strictSame(service('extra_hosts: { a: [10.0.0.1, 10.0.0.2] }'), {
    extra_hosts: { a: '10.0.0.1', 'a#2': '10.0.0.2' },
  })
})

t.test('ports stand by target and protocol', async (t) => {
  const tcp = (target: number, more: object = {}) => ({ mode: 'ingress', target, protocol: 'tcp', ...more })
  const cases: readonly (readonly [string, object])[] = [
    ['80', { '80/tcp': tcp(80) }],
    ['"80"', { '80/tcp': tcp(80) }],
    ['"8080:80"', { '80/tcp': tcp(80, { published: '8080' }) }],
    ['"53:53/udp"', { '53/udp': { mode: 'ingress', target: 53, published: '53', protocol: 'udp' } }],
    ['"127.0.0.1:8080:80"', { '80/tcp': tcp(80, { host_ip: '127.0.0.1', published: '8080' }) }],
    ['"127.0.0.1::80"', { '80/tcp': tcp(80, { host_ip: '127.0.0.1' }) }],
    ['"[::1]:8080:80"', { '80/tcp': tcp(80, { host_ip: '::1', published: '8080' }) }],
    ['"::1:8080:80"', { '80/tcp': tcp(80, { host_ip: '::1', published: '8080' }) }],
    ['"8000-8010:80"', { '80/tcp': tcp(80, { published: '8000-8010' }) }],
    ['"9000-9001:80-81"', { '80/tcp': tcp(80, { published: '9000' }), '81/tcp': tcp(81, { published: '9001' }) }],
    ['"80-81"', { '80/tcp': tcp(80), '81/tcp': tcp(81) }],
    ['"${PORT:-80}:80"', { '80/tcp': tcp(80, { published: '${PORT:-80}' }) }],
    ['"80:80", "81:80"', { '80/tcp': tcp(80, { published: '80' }), '80/tcp#2': tcp(80, { published: '81' }) }],
    [
      '{ target: "80", published: 8080, mode: host, name: web }',
      { '80/tcp': { mode: 'host', target: 80, published: '8080', name: 'web', protocol: 'tcp' } },
    ],
  ]
  for (const [text, ports] of cases) t.strictSame(service(`ports: [${text}]`), { ports }, text)
  t.strictSame(
    wrongIn('services:\n  web:\n    ports:\n      - 80:90-91\n      - x\n      - {}\n      - [1]\n      - 99999'),
    [
      '4: a port such as `8080:80` was expected, found `80:90-91`',
      '5: a port such as `8080:80` was expected, found `x`',
      '6: a port needs `target`, the port inside of the container',
      '7: a port such as `8080:80` was expected, found something else',
      '8: a port such as `8080:80` was expected, found something else',
    ],
  )
})

t.test('volumes stand by their target', async (t) => {
  const cases: readonly (readonly [string, object])[] = [
    ['/data', { '/data': { type: 'volume', target: '/data' } }],
    ['data:/data', { '/data': { type: 'volume', source: 'data', target: '/data' } }],
    ['./conf:/etc/conf:ro', { '/etc/conf': { type: 'bind', source: './conf', target: '/etc/conf', read_only: true } }],
    ['"~/x:/x:ro,Z"', { '/x': { type: 'bind', source: '~/x', target: '/x', read_only: true, bind: { selinux: 'Z' } } }],
    ['/a:/b:cached', { '/b': { type: 'bind', source: '/a', target: '/b', consistency: 'cached' } }],
    ['/a:/b:rslave', { '/b': { type: 'bind', source: '/a', target: '/b', bind: { propagation: 'rslave' } } }],
    ['data:/b:nocopy', { '/b': { type: 'volume', source: 'data', target: '/b', volume: { nocopy: true } } }],
    ['"C:\\\\data:/data"', { '/data': { type: 'bind', source: 'C:\\data', target: '/data' } }],
    ['"${D:-./x}:/x"', { '/x': { source: '${D:-./x}', target: '/x' } }],
    ['{ type: tmpfs, target: /t }', { '/t': { type: 'tmpfs', target: '/t' } }],
  ]
  for (const [text, volumes] of cases) t.strictSame(service(`volumes: [${text}]`), { volumes }, text)
  t.strictSame(wrongIn('services: { web: { volumes: [{ type: bind }], secrets: [3] } }'), [
    '1: a volume was expected: a text such as `data:/var/lib/data`, or a map with `target`',
    '1: a name, or a map with `source`, was expected, found a number',
  ])
})

t.test('what others are named by stands by their names', async (t) => {
  const started = { condition: 'service_started', required: true }
  t.strictSame(service('depends_on: [db]\nnetworks: [front]'), { depends_on: { db: started }, networks: { front: {} } })
  t.strictSame(
    service('depends_on: { db: { condition: service_healthy } }\nnetworks: { front: , back: { aliases: [x] } }'),
    {
      depends_on: { db: { condition: 'service_healthy', required: true } },
      networks: { front: {}, back: { aliases: ['x'] } },
    },
  )
  t.strictSame(service('secrets: [key, { source: cert, target: /cert }]\nconfigs: [a]'), {
    secrets: { key: { source: 'key' }, cert: { source: 'cert', target: '/cert' } },
    configs: { a: { source: 'a' } },
  })
  t.strictSame(service('env_file: .env\nextends: base\nbuild: ./web'), {
    env_file: [{ path: '.env' }],
    extends: { service: 'base' },
    build: { context: './web' },
  })
  t.strictSame(service('env_file: [a, { path: b, required: false }]\nbuild: { context: ., args: [X=1, Y] }'), {
    env_file: [{ path: 'a' }, { path: 'b', required: false }],
    build: { context: '.', args: { X: '1', Y: null } },
  })
})

t.test('command lines are words, and lists stay lists', async (t) => {
  t.strictSame(service(`command: sh -c "echo 'a b' \\\\"c\\\\"" ''`), { command: ['sh', '-c', `echo 'a b' \\c\\`, ''] })
  t.strictSame(
    service('entrypoint: npm  start\ncommand: ""\ndns: 1.1.1.1\ncap_add: [ALL]\nhealthcheck: { test: curl x }'),
    {
      entrypoint: ['npm', 'start'],
      command: [],
      dns: ['1.1.1.1'],
      cap_add: ['ALL'],
      healthcheck: { test: ['CMD-SHELL', 'curl x'] },
    },
  )
  t.strictSame(wrongIn('services: { web: { command: "say \'it" } }'), ["1: `say 'it` leaves a quote open"])
})

t.test('merge keys are carried out, and positions lead to what was written', async (t) => {
  const { state, pointer, masked, objectPaths, notes } = projected(`x-base: &base
  restart: no
  environment: { A: 1 }
services:
  web:
    <<: *base
    image: web:\${TAG}
    ports: ["80:80"]
  job: { <<: [{ restart: always }, *base], environment: [B=2] }
volumes: { data: }
secrets: { key: { content: abc } }
`)
  t.strictSame(ordinary(state), {
    services: {
      web: {
        restart: 'no',
        environment: { A: '1' },
        image: 'web:${TAG}',
        ports: { '80/tcp': { mode: 'ingress', target: 80, published: '80', protocol: 'tcp' } },
      },
      job: { restart: 'always', environment: { B: '2' } },
    },
    volumes: { data: {} },
    secrets: { key: { content: '<masked>' } },
  })
  t.strictSame(pointer(['services', 'web', 'environment', 'A']), ['services', 'web', '<<', 'environment', 'A'])
  t.strictSame(pointer(['services', 'job', 'environment', 'B']), ['services', 'job', 'environment', '0'])
  t.strictSame(pointer(['services', 'web', 'ports', '80/tcp', 'target']), ['services', 'web', 'ports', '0'])
  t.strictSame(pointer(['services', 'web', 'privileged']), ['services', 'web', 'privileged'])
  t.strictSame(masked, [['secrets', 'key', 'content']])
  t.strictSame(
    objectPaths.map((path) => path.join('.')),
    ['services.web', 'services.job', 'volumes.data', 'secrets.key'],
  )
  t.strictSame(
    notes.map(({ line, message }) => `${line}: ${message}`),
    ['7: `${…}` is not filled in (1 value): check what `docker compose config` writes'],
  )
})

t.test('what is not followed is said, and $$ is a dollar', async (t) => {
  const { notes } = projected(
    'include: [a.yaml]\nservices: { a: { extends: b, image: "x$$y" }, c: { extends: { service: b } } }',
  )
  t.strictSame(
    notes.map(({ message }) => message.replace(/:.*/, '')),
    ['`include` is not followed', '`extends` is not carried out (2 services)'],
  )
})

t.test('whatever a document holds costs a finding at its place, and never more', async (t) => {
  t.strictSame(wrongIn('[1]'), ['1: a Compose document was expected, found a list'])
  t.strictSame(
    wrongIn('services:\n  a: 3\n  b: { environment: 4, ports: x, volumes: , networks: 1 }\n  c: { labels: { x: [] } }'),
    [
      '2: a map of what the service is was expected, found a number',
      '3: a map, or a list of `NAME=value`, was expected, found a number',
      '3: a list of ports was expected, found a text',
      '3: a map, or a list of networks, was expected, found a number',
      '4: a text was expected, found a list',
    ],
  )
  const many = projected(`services: { a: { ports: [1-65535] }, b: { ports: [1-65535] } }`)
  t.match(many.unreadable[0]?.message, /too many ports/)
  t.equal(many.unreadable.length, 1)

  const words = [
    'services',
    'networks',
    'secrets',
    'web',
    'ports',
    'volumes',
    'environment',
    'depends_on',
    'build',
    '<<',
  ]
  const scalar = fc.oneof(
    fc.constantFrom<Data[]>(null, '80:80', 'a=b', '/x:/y:ro', '__proto__', '${A', '"'),
    fc.string(),
    fc.integer(),
  )
  const { data } = fc.letrec<{ data: Data }>((tie) => ({
    data: fc.oneof(
      { maxDepth: 6 },
      scalar,
      fc.array(tie('data'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...words, '__proto__', 'target'), fc.string()), tie('data'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
  }))
  fc.assert(
    fc.property(data, (given) => {
      const services = projectCompose(documentOf({ services: { web: given } }))
      const whole = projectCompose(documentOf(given))
      for (const { state, objectPaths, pointer } of [services, whole]) {
        toJson(state)
        for (const path of objectPaths) pointer([...path, 'x'])
      }
    }),
  )
})

t.test('a document in its long form stays as it is', async (t) => {
  const long = `services:
  web:
    command: [a]
    depends_on: { db: { condition: service_started, required: true } }
    environment: { A: "1" }
    image: web
    networks: { default: {} }
`
  t.strictSame(ordinary(projected(long).state), ordinary(readDocuments('x.yaml', Buffer.from(long)).documents[0]?.data))
})
