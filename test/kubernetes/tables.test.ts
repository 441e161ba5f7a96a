import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import t from 'tap'
import { isBuiltIn, scopeOf, shapeOf } from '../../src/kubernetes/known-kinds.ts'
import type { Field } from '../../src/kubernetes/shape.ts'
import { apiKinds, apiTypes } from '../../src/kubernetes/tables/api-types.ts'
import { clusterScopedKinds } from '../../src/kubernetes/tables/cluster-scoped.ts'

const generator = 'scripts/kubernetes/tables'
// Modules come from Go's own cache only: a test does not use the network.
const options = { cwd: generator, encoding: 'utf8', env: { ...process.env, GOPROXY: 'off', GOFLAGS: '' } } as const
const fields: readonly Field[] = Object.values(apiTypes).flatMap((shape) => Object.values(shape))

t.test('the tables hold what k8s.io/api v0.37.2 is known to hold', async (t) => {
  t.equal(fields.filter(({ keys }) => keys !== undefined).length, 135, 'lists by key')
  t.equal(fields.filter(({ keys }) => (keys ?? []).length > 1).length, 9, 'with several keys')
  t.equal(fields.filter(({ type }) => type === 'Quantity').length, 81, 'quantities')
  t.equal(clusterScopedKinds.length, 38, 'kinds of the cluster')
  t.equal(Object.values(apiKinds).flatMap((versions) => Object.keys(versions)).length, 171, 'versions of kinds')
})

t.test('samples', async (t) => {
  t.strictSame(apiTypes['core/v1.Container']?.['ports'], {
    in: 'list',
    keys: ['containerPort', 'protocol'],
    numbers: ['containerPort'],
    defaults: { protocol: 'TCP' },
  })
  t.strictSame(apiTypes['core/v1.PodSpec']?.['containers'], { in: 'list', type: 'core/v1.Container', keys: ['name'] })
  t.strictSame(apiTypes['core/v1.ResourceRequirements']?.['limits'], { in: 'map', type: 'Quantity' })
  t.strictSame(apiTypes['core/v1.PodSpec']?.['nodeSelector'], { in: 'map' })
  t.strictSame(apiTypes['apps/v1.DeploymentSpec']?.['template'], { type: 'core/v1.PodTemplateSpec' })
  for (const atomic of ['tolerations', 'hostIPs'])
    t.equal(apiTypes['core/v1.PodSpec']?.[atomic], undefined, `${atomic} is one value`)
  t.equal(
    apiTypes['core/v1.PodStatus']?.['hostIPs'],
    undefined,
    'a list that is one value has no key, whatever its tag says',
  )
  t.equal(apiTypes['core/v1.PodSecurityContext']?.['sysctls'], undefined)
  t.strictSame(Object.keys(apiKinds['HorizontalPodAutoscaler.autoscaling'] ?? {}), ['v2', 'v1'], 'newest version first')
  t.strictSame(Object.keys(apiKinds['CSIStorageCapacity.storage.k8s.io'] ?? {}), ['v1', 'v1beta1', 'v1alpha1'])
})

t.test('every type that a field names is there', async (t) => {
  const names = fields.map(({ type }) => type).filter((type) => typeof type === 'string' && type !== 'Quantity')
  t.ok(names.length > 500, `${names.length} names`)
  t.strictSame(
    names.filter((name) => typeof name !== 'string' || apiTypes[name] === undefined),
    [],
  )
  const roots = Object.values(apiKinds).flatMap((versions) => Object.values(versions))
  t.strictSame(
    roots.filter((name) => apiTypes[name]?.['metadata'] === undefined),
    [],
  )
})

t.test('what is asked of the tables', async (t) => {
  const none = new Map()
  t.equal(scopeOf({ name: 'ClusterRole.rbac.authorization.k8s.io', version: 'v1' }, none), 'cluster')
  t.equal(scopeOf({ name: 'CustomResourceDefinition.apiextensions.k8s.io', version: 'v1' }, none), 'cluster')
  t.equal(scopeOf({ name: 'Pod', version: 'v1' }, none), 'namespace')
  t.equal(scopeOf({ name: 'toString', version: 'v1' }, none), undefined)
  t.equal(
    shapeOf({ name: 'Deployment.apps', version: 'v9' }, none),
    apiTypes['apps/v1.Deployment'],
    'an unknown version is read as the newest',
  )
  t.equal(isBuiltIn({ name: 'constructor', version: 'v1' }), false)
})

t.test('the generator writes the committed bytes', async (t) => {
  const out = mkdtempSync(join(tmpdir(), 'congruent-tables-'))
  t.teardown(() => rmSync(out, { recursive: true }))
  const run = spawnSync('go', ['run', '.', '--out', out, '--pack', out], options)
  if (run.error !== undefined || run.stderr.includes('cannot be had')) {
    t.pass('NOT compared: Go or its modules k8s.io/api and k8s.io/apimachinery are not here')
    return
  }
  t.equal(run.status, 0, run.stderr)
  for (const name of ['api-types.ts', 'cluster-scoped.ts']) {
    t.ok(readFileSync(join(out, name)).equals(readFileSync(`src/kubernetes/tables/${name}`)), name)
  }
  const versions = 'api-versions.cue'
  t.ok(
    readFileSync(join(out, versions)).equals(readFileSync(`policies/kubernetes/good-practice/${versions}`)),
    versions,
  )
  t.match(spawnSync('go', ['run', '.', '--help'], options).stderr, /Writes the tables of Kubernetes' types/)
})

/** The schema by which client-go merges what is applied, as far as it is compared. */
interface MergeSchema {
  readonly types: readonly { readonly name: string; readonly map?: { readonly fields?: readonly MergeField[] } }[]
}

interface MergeField {
  readonly name: string
  readonly default?: unknown
  readonly type?: {
    readonly list?: { readonly keys?: readonly string[]; readonly elementType?: { readonly namedType?: string } }
  }
}

t.test('lists by key and defaults of keys are those that client-go carries', async (t) => {
  const run = spawnSync('go', ['mod', 'download', '-json', 'k8s.io/client-go'], options)
  if (run.error !== undefined || run.status !== 0) {
    t.pass('NOT compared: Go or its module k8s.io/client-go is not here')
    return
  }
  const { Dir: folder }: { readonly Dir: string } = JSON.parse(run.stdout)
  const source = readFileSync(join(folder, 'applyconfigurations/internal/internal.go'), 'utf8')
  const schema = load(source.slice(source.indexOf('YAMLObject(`') + 12, source.lastIndexOf('`)')))
  if (!isMergeSchema(schema)) throw new Error('client-go holds no schema')
  const types = new Map(schema.types.map(({ name, map }) => [name, map?.fields ?? []]))
  const theirs = schema.types.flatMap(({ name, map }) =>
    (map?.fields ?? []).flatMap(({ name: field, type }) => {
      if (type?.list?.keys === undefined) return []
      const members = types.get(type.list.elementType?.namedType ?? '') ?? []
      // What is 0 or empty there says that the member is required.
      const defaults = type.list.keys.flatMap((key) => {
        const value = members.find((member) => member.name === key)?.default
        return typeof value === 'string' && value !== '' ? [`${key}=${value}`] : []
      })
      return [[`${ours(name)}.${field}`, ...type.list.keys, ...defaults].join(' ')]
    }),
  )
  const mine = Object.entries(apiTypes).flatMap(([name, shape]) =>
    Object.entries(shape).flatMap(([field, { keys, defaults }]) => {
      if (keys === undefined) return []
      const given = keys.flatMap((key) => (defaults?.[key] === undefined ? [] : [`${key}=${defaults[key]}`]))
      return [[`${name}.${field}`, ...keys, ...given].join(' ')]
    }),
  )
  t.equal(theirs.length, 135)
  t.strictSame(mine.toSorted(), theirs.toSorted())
})

/** `io.k8s.api.core.v1.Pod` as `core/v1.Pod`. */
function ours(name: string): string {
  return name.replace(/^io\.k8s\.(?:api|apimachinery\.pkg\.apis)\.(.+)\.(\w+)\.(\w+)$/, '$1/$2.$3')
}

function isMergeSchema(value: unknown): value is MergeSchema {
  return typeof value === 'object' && value !== null && 'types' in value && Array.isArray(value.types)
}
