import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import t from 'tap'
import { readDocuments } from '../../../src/document/read.ts'
import { toJson } from '../../../src/document/to-json.ts'
import { createCongruent, createCueGo, type Rendered, type RenderInput, type Source } from '../../../src/index.ts'
import { projectKubernetes } from '../../../src/kubernetes/project.ts'
import { renderedStream } from '../../../src/report/rendered.ts'
import { memorySource } from '../../support/memory-source.ts'

const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }) })
t.teardown(() => congruent.close())

async function rendered(source: Source, more: Partial<RenderInput> = {}): Promise<Rendered> {
  return (await congruent.render({ source, to: 'kubernetes', ...more })).rendered
}

/** What a check says of a cluster in which a rendered state was applied. */
async function checked(source: Source, { environment, ...answer }: Rendered): Promise<readonly string[]> {
  const bytes = Buffer.from(renderedStream({ environment, ...answer }))
  const files = [{ name: 'applied.yaml', read: async () => ({ ok: true, bytes }) as const }]
  const { report } = await congruent.check({ source, environments: [environment], files })
  return report.findings.map(({ kind, at, message }) => `${kind} ${at}: ${message}`)
}

const one = (cue: string, more: Readonly<Record<string, string>> = {}): Source =>
  memorySource({
    'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [./a] } }\n',
    'a/a.cue': `package a\n${cue}`,
    ...more,
  })

t.test('all that is in the way is told, with who speaks there, and nothing is rendered', async (t) => {
  const open = await rendered(one('namespaces: n: Pod: p: spec: {nodeName: string, containers: web: image: >"a"}\n'))
  t.equal(open.files, undefined)
  t.strictSame(
    open.obstacles.map(({ at, reason, message, conjuncts }) => [
      at,
      reason,
      message,
      conjuncts.map(({ line }) => line),
    ]),
    [
      ['namespaces.n.Pod.p.spec.containers.web.image', 'open', '>"a"', [2]],
      ['namespaces.n.Pod.p.spec.nodeName', 'open', 'string', [2]],
    ],
  )
  const wrong = await rendered(one('namespaces: n: Pod: p: metadata: name: "q"\nnamespaces: n: "X.x.io": x: {}\n'))
  t.strictSame(
    wrong.obstacles.map(({ at, reason, conjuncts }) => [at, reason, conjuncts.map(({ line }) => line)]),
    [
      ['namespaces.n.Pod.p.metadata.name', 'impossible', [2]],
      ['namespaces.n."X.x.io".x.apiVersion', 'impossible', [3]],
    ],
  )
  const conflict = await rendered(one('a: 1\na: 2\n'))
  t.match([conflict.findings[0]?.kind, conflict.files], ['conflict', undefined])
  const nothing = await rendered(one('a: 1\n'), { path: ['b'] })
  t.match(nothing.obstacles, [{ at: 'b', message: /^the fragments say nothing here/ }])
  t.match((await rendered(one('a: 1\n'))).obstacles, [{ message: /^there is no Kubernetes object/ }])
  const secret = one('namespaces: n: ConfigMap: c: data: k: "swordfish"\n', {
    'congruent.yaml':
      'workspace: w\nteams: { a: { fragments: [./a, { path: m.yaml, as: kubernetes }] } }\nsensitive: ["*.*.ConfigMap"]\n',
    'm.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: "n" }\nstringData: { k: hunter2 }\n',
  })
  t.match((await rendered(secret)).obstacles, [{ at: 'namespaces.n.Secret.s.data.k', reason: 'hidden' }])
  t.match((await rendered(secret, { path: ['namespaces', 'n', 'ConfigMap'] })).obstacles, [
    { at: 'namespaces.n.ConfigMap.c.data.k', reason: 'hidden' },
  ])
})

t.test('what reads otherwise in a cluster is noted', async (t) => {
  const odd = 'namespaces: n: Pod: p: spec: {nodeSelector: {}, containers: web: resources: limits: cpu: "0.5"}\nx: 1\n'
  const told = await rendered(one(odd))
  t.strictSame(
    told.notes.map(({ code, message }) => [code, message.split('`')[1]]),
    [
      ['not-rendered', 'x'],
      ['reads-otherwise', 'namespaces.n.Pod.p.spec.containers.web.resources.limits.cpu'],
      ['reads-otherwise', 'namespaces.n.Pod.p.spec.nodeSelector'],
    ],
  )
  const order = memorySource({
    'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [./a] }, b: { fragments: [./b] } }\n',
    'a/a.cue': 'package a\nnamespaces: n: Pod: p: spec: initContainers: x: {}\n',
    'b/b.cue': 'package b\nnamespaces: n: Pod: p: spec: initContainers: y: {}\n',
  })
  t.match((await rendered(order)).notes, [{ code: 'order-undefined', message: /`a`, `b`/ }])
})

t.test('a part knows the definitions beside it', async (t) => {
  const definition = `cluster: "CustomResourceDefinition.apiextensions.k8s.io": "t.x.io": spec: {
	group: "x.io", scope: "Namespaced", names: kind: "T"
	versions: [{name: "v1", schema: openAPIV3Schema: properties: ports: {
		"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port"]
		items: properties: port: type: "integer"
	}}]
}
namespaces: n: "T.x.io": t: ports: "80": on: true
`
  const { files = [] } = await rendered(one(definition), { path: ['namespaces', 'n'] })
  t.strictSame(files, [
    {
      name: 'namespaces/n/T.x.io/t.yaml',
      text: 'apiVersion: x.io/v1\nkind: T\nmetadata:\n  name: t\n  namespace: "n"\nports:\n  - port: 80\n    "on": true\n',
    },
  ])
})

t.test('the examples and the corpora, as desired state, are the same objects when they are rendered', async (t) => {
  const corpora = '../shared/corpora'
  const deploy = readdirSync('deploy', { recursive: true, encoding: 'utf8' })
    .filter((name) => /ya?ml$/.test(name))
    .map((name) => join('deploy', name))
  const sets: Record<string, readonly string[]> = { deploy }
  for (const corpus of existsSync(corpora) ? ['online-boutique', 'kube-prometheus'] : [])
    sets[corpus] = readdirSync(join(corpora, corpus), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => join(corpora, corpus, name))
  for (const [name, files] of Object.entries(sets)) {
    const texts = files
      .map((file) => readFileSync(file, 'utf8'))
      .filter((text) => /^kind: /m.test(text) && !/^kind: Secret/m.test(text))
    const settings = { yaml: '1.1', duplicateKeys: 'last' } as const
    const documents = texts.flatMap(
      (text, index) => readDocuments(`${index}.yaml`, Buffer.from(text), settings).documents,
    )
    const projected = projectKubernetes(documents, { lists: 'keyed' })
    const source = memorySource({
      'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [{ path: m/*.yaml, as: kubernetes }] } }\n',
      ...Object.fromEntries(texts.map((text, index) => [`m/${index}.yaml`, text])),
    })
    const answer = await rendered(source)
    t.strictSame(answer.obstacles, [], name)
    t.equal(answer.files?.length ?? 0, projected.objectPaths.length, `${name}: ${projected.objectPaths.length} objects`)
    const again = projectKubernetes(
      (answer.files ?? []).flatMap((file) => readDocuments(file.name, Buffer.from(file.text), settings).documents),
      { lists: 'keyed' },
    )
    t.strictSame(await checked(source, answer), [], `${name} conforms`)
    const plain = (state: typeof again.state): string =>
      toJson(state, { sorted: true }).replaceAll(/,?"namespace":"default"/g, '')
    t.equal(plain(again.state) === plain(projected.state), true, `${name} is the same`)
  }
})

t.test('a state of Compose is a document that conforms to it', async (t) => {
  const source = memorySource({
    'congruent.yaml':
      'workspace: w\nteams: { a: { fragments: [./a] }, b: { fragments: [{ path: base.yaml, as: compose }] } }\n',
    'base.yaml': readFileSync('compose.yaml', 'utf8'),
    'a/a.cue': `package a
services: [string]: restart: "unless-stopped" | *"always"
services: cache: {image: "valkey:9", ports: "6379/tcp": host_ip: "127.0.0.1", volumes: "/data": source: "cache"}
volumes: cache: {}
other: 1
`,
  })
  const answer = await rendered(source, { to: 'compose' })
  t.strictSame(answer.obstacles, [])
  t.match(answer.files?.[0]?.text, /- host_ip: "127\.0\.0\.1"\n {8}target: 6379\n|target: 6379\n {8}host_ip/)
  t.strictSame(
    answer.notes.filter(({ file }) => file === undefined).map(({ code }) => code),
    ['compose-unresolved', 'not-rendered'],
  )
  const bytes = Buffer.from(renderedStream(answer))
  const files = [{ name: 'compose.yaml', read: async () => ({ ok: true, bytes }) as const }]
  const { report } = await congruent.check({ source, files, override: { adapter: 'compose' } })
  t.strictSame(
    report.findings.filter(({ at }) => at !== 'other').map(({ at, message }) => `${at} ${message}`),
    [],
  )
  const wrong = one('services: w: {ports: "80": {}, volumes: "/a": {target: "/b"}, environment: A: []}\n')
  t.strictSame(
    (await rendered(wrong, { to: 'compose' })).obstacles.map(({ at, reason }) => `${reason} ${at}`),
    ['impossible services.w.ports."80"', 'impossible services.w.volumes."/a"', 'impossible services.w.environment.A'],
  )
  t.match((await rendered(one('a: 1\n'), { to: 'compose' })).obstacles, [{ message: /^there is nothing of a Compose/ }])
})

const labels = fc.constantFrom('web', 'api', 'a-b', 'x', 'log')
const texts = fc.oneof(
  fc.constantFrom(
    'yes',
    '0644',
    '1e3',
    '=x',
    '12345678901234567890',
    'a\nb\n',
    ' x\ny',
    '',
    '~',
    '\\(x)',
    '"',
    '${A}',
    '$(A)',
  ),
  fc.string({ unit: fc.constantFrom('a', '\n', ' ', '\t', ':', '#', '\u2028', 'é', '\\', '"', '\u007f') }),
)
const mapOf = (value: fc.Arbitrary<unknown>, keys: fc.Arbitrary<string> = labels): fc.Arbitrary<object> =>
  fc.dictionary(keys, value, { minKeys: 1, maxKeys: 3 })
const some = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record(members, { requiredKeys: [] })
const portKeys = fc.constantFrom('80/TCP', '53/UDP', '53/TCP')
const container = some({
  image: texts,
  ports: mapOf(some({ name: labels, hostPort: fc.nat(70_000) }), portKeys),
  env: mapOf(some({ value: texts }), fc.constantFrom('A', 'B', '1')),
  command: fc.array(texts, { minLength: 1, maxLength: 3 }),
  volumeMounts: mapOf(some({ name: labels }), fc.constantFrom('/data', '/', 'a.b')),
  resources: some({ limits: mapOf(fc.constantFrom('500m', '2', '1Gi'), fc.constantFrom('cpu', 'memory', 'x.io/gpu')) }),
})
const podSpec = some({
  containers: mapOf(container),
  initContainers: mapOf(container),
  volumes: mapOf(some({ emptyDir: fc.constant({}) })),
  topologySpreadConstraints: mapOf(
    some({ maxSkew: fc.nat(3) }),
    fc.constantFrom('kubernetes.io/zone/DoNotSchedule', 'a/ScheduleAnyway'),
  ),
  priority: fc.integer(),
})
const kinds: Readonly<Record<string, fc.Arbitrary<object>>> = {
  Pod: some({ spec: podSpec }),
  'Deployment.apps': some({ spec: some({ replicas: fc.nat(5), template: some({ spec: podSpec }) }) }),
  ConfigMap: some({ data: mapOf(texts, fc.oneof(labels, texts)) }),
  Service: some({ spec: some({ ports: mapOf(some({ targetPort: fc.oneof(fc.nat(9), labels) }), portKeys) }) }),
}
const objects = fc.record(Object.fromEntries(Object.entries(kinds).map(([kind, object]) => [kind, mapOf(object)])), {
  requiredKeys: [],
})
const tree = fc.record({
  namespaces: mapOf(objects, fc.constantFrom('shop', 'kube-system', '1')),
  cluster: fc.constant({ Namespace: { shop: {} } }),
})

/** A way to say one value, by which of two teams: alone, both the same, a default that is left, or chosen against it. */
const ways = fc.constantFrom('first', 'second', 'both', 'default', 'chosen')

/** The tree as two teams write it: at each leaf the next way of `next`. */
function fragments(value: unknown, next: () => string): readonly [string | undefined, string | undefined] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value).map(([label, member]) => ({ label, said: fragments(member, next) }))
    return [0, 1].map((team) => {
      const lines = members.flatMap(({ label, said }) =>
        said[team] === undefined ? [] : [`${JSON.stringify(label)}: ${said[team]}`],
      )
      return lines.length === 0 ? undefined : `{\n${lines.join('\n')}\n}`
    }) as [string | undefined, string | undefined]
  }
  const text = JSON.stringify(value)
  const kind = typeof value === 'number' ? 'int' : 'string'
  const scalar = typeof value !== 'object'
  switch (next()) {
    case 'second':
      return [undefined, text]
    case 'both':
      return [text, text]
    case 'default':
      return scalar ? [`*${text} | ${kind}`, undefined] : [text, undefined]
    case 'chosen':
      return scalar ? [`*${kind === 'int' ? '-7' : '"-"'} | ${kind}`, text] : [text, kind === 'string' ? '_' : text]
    default:
      return [text, undefined]
  }
}

t.test('lists are in the order of the fragments, whatever the labels are', async (t) => {
  const names = fc.oneof(fc.constantFrom('10-tcp', '08', '-1', 'a', '4294967296'), fc.nat(20).map(String))
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(names, { minLength: 2, maxLength: 8 }), fc.boolean(), async (labels, part) => {
      const said = (label: string): string => `${JSON.stringify(label)}: value: "v"\n`
      const source = one(`namespaces: "1": Pod: "0": spec: containers: "7": env: {\n${labels.map(said).join('')}}\n`)
      const { files = [] } = await rendered(source, part ? { path: ['namespaces', '1', 'Pod'] } : {})
      t.strictSame(
        [...(files[0]?.text ?? '').matchAll(/- name: (.*)\n +value: v/g)].map(([, name = '']) =>
          name.replaceAll('"', ''),
        ),
        labels,
      )
    }),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 15) },
  )
})

t.test('whatever is desired, what is rendered of it conforms to it', async (t) => {
  await fc.assert(
    fc.asyncProperty(tree, fc.infiniteStream(ways), async (state, stream) => {
      const [first = '{}', second = '{}'] = fragments(state, () => stream.next().value)
      const source = memorySource({
        'congruent.yaml': 'workspace: w\nteams: { a: { fragments: [./a] }, b: { fragments: [./b] } }\n',
        'a/a.cue': `package a\n${first}\n`,
        'b/b.cue': `package b\n${second}\n`,
      })
      const answer = await rendered(source)
      t.strictSame([answer.obstacles, answer.findings], [[], []])
      t.strictSame(
        answer.notes.filter(({ code }) => code === 'reads-otherwise'),
        [],
      )
      t.strictSame(await checked(source, answer), [])
    }),
    { numRuns: Number(process.env['CONGRUENT_FUZZ_RUNS'] ?? 15) },
  )
})
