import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { createCongruent, createCueGo, folderSource, type RenderTarget } from '../../src/index.ts'

// What is rendered of an example conforms to it. Where nothing can be rendered, what stands in the way is the point.

const targets: Readonly<Record<string, RenderTarget>> = { boutique: 'kubernetes', cluster: 'kubernetes' }

const refused: Readonly<Record<string, readonly string[]>> = {
  'boutique prod': [
    'open checkoutservice.spec.replicas',
    'open checkoutservice.spec.template.spec.containers.server.image',
    'open checkoutservice.spec.template.spec.containers.server.readinessProbe',
    'open checkoutservice.spec.template.spec.containers.server.resources.requests',
  ],
  'cluster prod': ['impossible '],
  'shop broken': [
    'conflict services.checkout.replicas',
    'conflict services.ledger.replicas',
    'open databases.ledger.version',
    'open databases.orders.version',
    'open services.checkout.memory',
    'open services.ledger.memory',
  ],
  'shop prod': [
    'open databases.ledger.version',
    'open databases.orders.version',
    'open services.checkout.memory',
    'open services.checkout.replicas',
    'open services.ledger.memory',
  ],
}

const congruent = createCongruent({ engine: createCueGo(), clock: () => new Date(0) })
t.teardown(() => congruent.close())

for (const example of readdirSync('examples').toSorted())
  t.test(`what ${example} comes to`, async (t) => {
    const source = folderSource(`examples/${example}`)
    const { environments = { default: {} } } = parse(readFileSync(`examples/${example}/congruent.yaml`, 'utf8'))
    let written = 0
    for (const environment of Object.keys(environments).toSorted()) {
      const { rendered } = await congruent.render({ source, environment, to: targets[example] ?? 'json' })
      const inTheWay = [
        ...rendered.findings.map(({ kind, at }) => `${kind} ${at}`),
        ...rendered.obstacles.map(({ reason, at }) => `${reason} ${at}`),
      ].map((line) => line.replace('namespaces.default."Deployment.apps".', ''))
      t.strictSame(inTheWay, refused[`${example} ${environment}`] ?? [], environment)
      if (rendered.files === undefined) continue
      written++
      const files = rendered.files.map(({ name, text }) => ({
        name,
        read: async () => ({ ok: true, bytes: Buffer.from(text) }) as const,
      }))
      const { report } = await congruent.check({ source, environments: [environment], files })
      t.strictSame([report.verdict, report.findings], ['conforms', []], `${environment} conforms`)
    }
    t.ok(written > 0, 'an environment can be made from files')
  })
