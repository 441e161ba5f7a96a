import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { main } from '../../../src/cli/main.ts'
import { validateSnapshot } from '../../../src/schema/validators.js'
import { fakeCluster, type FakeCluster, type FakeKind } from '../../support/fake-cluster.ts'
import { fakeIo } from '../../support/fake-io.ts'

const services: FakeKind = { kind: 'Service', resource: 'services', apiVersion: 'v1', namespaced: true }
const secrets: FakeKind = { kind: 'Secret', resource: 'secrets', apiVersion: 'v1', namespaced: true }

async function cluster(): Promise<FakeCluster> {
  const fake = await fakeCluster([services, secrets])
  fake.put(services, service('web'))
  return fake
}

const service = (name: string) => ({ metadata: { name, namespace: 'shop' } })

interface Written {
  readonly observer: string
  readonly sequence: number
  readonly covers: readonly string[]
  readonly refused?: readonly { readonly path: string }[]
  readonly state: { readonly namespaces: { readonly shop?: { readonly Service: object } } }
}

function read(file: string): Written {
  const written = JSON.parse(readFileSync(file, 'utf8'))
  t.ok(validateSnapshot(written), file)
  return written
}

/** Asks again until something is there: what is waited for comes from outside. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}

t.test('a live cluster becomes a snapshot, counted on from the file that it replaces', async (t) => {
  const fake = await cluster()
  t.teardown(fake.close)
  fake.misfortune = (path) => (path.endsWith('/secrets') ? 'forbidden' : 'none')
  const cwd = t.testdir({
    'congruent.yaml': 'workspace: x\nteams: { a: { fragments: [./a] } }\n',
    a: { 'a.cue': rule },
  })
  const kubeconfig = fake.kubeconfig(cwd)
  const run = async (...words: readonly string[]) => {
    const io = fakeIo({ cwd })
    return { status: await main(words, io), out: io.stdout.text, err: io.stderr.text }
  }
  const take = ['snapshot', '--from', 'kubernetes', '--kubeconfig', kubeconfig, '--out', 'cluster.json']
  const first = await run(...take)
  t.equal(first.status, 0)
  t.match(first.err, /written to cluster\.json\ncongruent: not seen: 1 kind /)
  const written = read(join(cwd, 'cluster.json'))
  t.match(written, {
    observer: 'fake',
    covers: ['namespaces.*.Service'],
    refused: [{ path: 'namespaces.*.Secret' }],
    state: { namespaces: { shop: { Service: { web: {} } } } },
  })
  t.equal((await run(...take)).status, 0)
  t.equal(read(join(cwd, 'cluster.json')).sequence, written.sequence + 1)
  const checked = await run('check', '--no-cache', '--color', 'never', 'cluster.json')
  t.equal(checked.status, 1)
  t.match(checked.out, /missing namespaces\.shop\.Service\.db/)
  t.match(checked.out, /refused namespaces\.shop\.Secret/)
})

const rule =
  'package a\nnamespaces: shop: Service: { web: {}, db: kind: "Service" }\nnamespaces: shop: Secret: key: kind: "Secret"\n'

t.test('watched, each change is a snapshot of its own, until the user wants an end', async (t) => {
  const fake = await cluster()
  t.teardown(fake.close)
  const cwd = t.testdir({})
  const ending = new AbortController()
  const io = fakeIo({ cwd, interrupted: ending.signal })
  mkdirSync(join(cwd, 'seen'))
  const words = [
    'snapshot',
    '--from',
    'kubernetes',
    '--kubeconfig',
    fake.kubeconfig(cwd),
    '--watch',
    '--out',
    'seen',
    '-q',
  ]
  const running = main([...words, '--sequence', '1'], io)
  const written = (name: string): Promise<Written> =>
    until(() => (readdirSync(join(cwd, 'seen')).includes(name) ? read(join(cwd, 'seen', name)) : undefined))
  t.strictSame(Object.keys((await written('1.json')).state.namespaces.shop?.Service ?? {}), ['web'])
  await until(() => (fake.watchers(services) > 0 ? true : undefined))
  fake.put(services, service('db'))
  t.strictSame(Object.keys((await written('2.json')).state.namespaces.shop?.Service ?? {}), ['db', 'web'])
  ending.abort()
  t.equal(await running, 0)
  t.equal(io.stderr.text, '')
  t.strictSame(readdirSync(join(cwd, 'seen')).sort(), ['1.json', '2.json'])
})
