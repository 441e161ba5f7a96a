import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import t from 'tap'
import { parse as parseYaml } from 'yaml'
import { createCongruent, createCueGo, type Finding } from '../../src/index.ts'
import { applyPatch } from '../support/json-patch.ts'
import { memorySource } from '../support/memory-source.ts'

const folder = '../shared/corpora/argocd-live-pairs'
const skip = existsSync(folder) ? false : `${folder} is not here: real manifests were NOT read`

interface Case {
  readonly desired: string
  readonly observed: string
  readonly upstream_modified: boolean
}

/** By manifest and live object: what is found of the pairs that Argo CD calls out of sync, without the part up to the object. */
const visible: Readonly<Record<string, readonly string[]>> = {
  'smd-service-config.yaml smd-service-live.yaml': ['mismatch spec.ports."1935/TCP".targetPort'],
  'smd-service-config.yaml smd-service-live-with-type.yaml': [
    'mismatch spec.ports."1935/TCP".targetPort',
    'unexpected spec.type',
  ],
  'smd-service-config-ports.yaml smd-service-live.yaml': [
    'missing spec.ports."1935/UDP"',
    'missing spec.ports."443/UDP"',
  ],
  'ssd-deploy-nested-config.yaml ssd-deploy-nested-live.yaml': [
    'missing spec.template.spec.containers."main-container".env.ENV_VAR2',
    'missing spec.template.spec.containers."main-container".ports."443/TCP"',
  ],
  'ssd-deploy-with-manual-apply-config.yaml ssd-deploy-with-manual-apply-live.yaml': [
    'missing spec.template.spec.containers."main-container".ports."40/TCP"',
  ],
  'ssd-deploy-composite-key-config.yaml ssd-deploy-composite-key-live.yaml': [
    'missing spec.template.spec.containers.nginx.ports."8080/TCP"',
  ],
  'aggr-clusterrole-config.json aggr-clusterrole-live.json': ['unexpected rules'],
  'smd-service-config-2-ports.yaml smd-service-live.yaml': ['unexpected spec.ports."443/TCP"'],
  'smd-deploy2-config.yaml smd-deploy2-live.yaml': ['unexpected spec.template.spec.containers.nginx.resources'],
  'ssd-svc-no-label-config.yaml ssd-svc-label-live.yaml': ['unexpected metadata.labels."delete-me"'],
  'ssd-configmap-config.yaml ssd-configmap-live.yaml': ['unexpected data.key3'],
}

/** Out of sync for Argo CD, which asks a server what a webhook would make of it; manifest and object are equal. */
const limits: readonly string[] = ['ssd-service-config.yaml']

function source({ desired, observed }: Case, text?: string) {
  const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')
  const manifest = `desired${extname(desired)}`
  const live = `live${extname(observed)}`
  // The one manifest without a namespace was applied to this one.
  const namespace = desired.startsWith('elasticsearch') ? ', namespace: elasticsearch4' : ''
  const workspace = `workspace: pair
teams: { app: { fragments: [{ path: ./${manifest}, as: kubernetes${namespace} }] } }
observations: [{ files: [${live}], adapter: kubernetes }]
`
  return memorySource({ 'congruent.yaml': workspace, [manifest]: read(desired), [live]: text ?? read(observed) })
}

/** A finding without the place of its object: `missing spec.ports."443/UDP"`. */
function told({ kind, at }: Finding): string {
  return `${kind} ${at.replace(/^(?:namespaces\.[\w-]+|cluster)\.(?:"[^"]*"|\w+)\.(?:"[^"]*"|\w+)\.?/, '')}`
}

t.test('manifests against live objects', { skip }, async (t) => {
  const index: { readonly cases: readonly Case[] } = JSON.parse(readFileSync(`${folder}/index.json`, 'utf8'))
  const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
  t.teardown(() => congruent.close())
  t.equal(index.cases.length, 18)
  for (const pair of index.cases) {
    const name = `${pair.desired} ${pair.observed}`
    const { report } = await congruent.check({ source: source(pair) })
    const expected = visible[name] ?? []
    t.equal(pair.upstream_modified, visible[name] !== undefined || limits.includes(pair.desired), `${name}: known`)
    t.strictSame(report.findings.map(told), expected, name)
    t.equal(report.verdict, expected.length > 0 ? 'violates' : 'conforms', name)
    const { patch } = await congruent.patch({ source: source(pair) })
    t.strictSame([patch.open, patch.create], [[], []], `${name}: all that is wrong can be put right`)
    const operations = patch.patches.flatMap((one) => one.operations)
    const live: unknown = parseYaml(readFileSync(`${folder}/${pair.observed}`, 'utf8'))
    const patched = await congruent.check({ source: source(pair, JSON.stringify(applyPatch(live, operations))) })
    t.strictSame(patched.report.findings.map(told), [], `${name}: what is patched conforms`)
    for (const { kind, conjuncts, observations, rule, message, teams } of report.findings) {
      if (kind === 'unexpected') {
        t.equal(rule.id, 'congruent:removed', `${name}: the rule`)
        t.match(message, /`(argocd-controller|kubectl)`/, `${name}: who set it`)
        t.strictSame(teams, ['app'], `${name}: whose the object is`)
        t.match(observations, [{ file: /^live/, line: Number }], `${name}: the line of the object`)
      }
      t.ok(
        conjuncts.every(({ file, line }) => file.startsWith('desired') && line > 1),
        `${name}: the manifest's line`,
      )
      if (kind === 'mismatch')
        t.match(observations, [{ file: /^live/, line: Number, value: 1935 }], `${name}: the object's line`)
    }
  }
})
