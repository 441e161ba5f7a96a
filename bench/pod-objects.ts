import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { root } from './root.ts'

const corpus = join(root, '../shared/corpora/pod-security')

/** Objects that hold pods, and the paths of those that break the level that their namespace asks for. */
export interface PodObjects {
  readonly objects: readonly object[]
  readonly wrong: ReadonlySet<string>
}

/** A pod alone, with the namespace that asks for its level, and whether it breaks that level. */
export interface LonePod {
  readonly objects: readonly object[]
  readonly wrong: boolean
}

interface Manifest {
  readonly metadata: { readonly name: string; readonly [other: string]: unknown }
  readonly spec: object
}

/**
 * Every pod of the corpus as a Pod, in a Deployment and in a CronJob, so many times; absent where the corpus is not
 * there. Each copy has a namespace of its own for each level.
 */
export function podObjects(copies: number): PodObjects | undefined {
  const pods = corpusPods()
  if (pods === undefined) return undefined
  const numbers = Array.from({ length: copies }, (_, copy) => copy)
  const namespaces = numbers.flatMap((copy) =>
    ['baseline', 'restricted'].map((level) => namespaceOf(level, `${level}-${copy}`)),
  )
  const wrong = new Set<string>()
  const objects = numbers.flatMap((copy) =>
    pods.flatMap(({ level, expect, pod }) => {
      const name = `${expect}-${pod.metadata.name}`
      const namespace = `${level}-${copy}`
      if (expect === 'fail') kinds.forEach(({ key }) => wrong.add(pathOf([namespace, key, name])))
      return kinds.map(({ wrap }) => wrap({ ...pod.metadata, name, namespace }, pod))
    }),
  )
  return { objects: [...namespaces, ...objects], wrong }
}

/** Every pod of the corpus, each alone in its namespace, whose name begins as given; absent where the corpus is not there. */
export function lonePods(prefix = ''): readonly LonePod[] | undefined {
  return corpusPods()?.map(({ level, expect, pod }, position) => {
    const namespace = `${prefix}${level}-${position}`
    const metadata = { ...pod.metadata, namespace }
    return {
      objects: [namespaceOf(level, namespace), { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod.spec }],
      wrong: expect === 'fail',
    }
  })
}

interface CorpusPod {
  readonly level: string
  readonly expect: string
  readonly pod: Manifest
}

function corpusPods(): readonly CorpusPod[] | undefined {
  const index = join(corpus, 'index.json')
  if (!existsSync(index)) return undefined
  const { cases }: { readonly cases: readonly { path: string; level: string; expect: string }[] } = JSON.parse(
    readFileSync(index, 'utf8'),
  )
  return cases.map(({ path, level, expect }) => ({ level, expect, pod: podIn(join(corpus, path)) }))
}

/** How an object is named: its namespace, kind and name. */
export function pathOf(labels: readonly string[]): string {
  return labels.slice(0, 3).join('/')
}

const kinds: readonly { readonly key: string; readonly wrap: (metadata: object, pod: Manifest) => object }[] = [
  { key: 'Pod', wrap: (metadata, { spec }) => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec }) },
  {
    key: 'Deployment.apps',
    wrap: (metadata, pod) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, annotations: {} },
      spec: { selector: {}, template: templateOf(pod) },
    }),
  },
  {
    key: 'CronJob.batch',
    wrap: (metadata, pod) => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { ...metadata, annotations: {} },
      spec: { schedule: '0 4 * * *', jobTemplate: { spec: { template: templateOf(pod) } } },
    }),
  },
]

function templateOf({ metadata: { name: _, ...metadata }, spec }: Manifest): object {
  return { metadata, spec }
}

function namespaceOf(level: string, name: string): object {
  const labels = { 'pod-security.kubernetes.io/enforce': level }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

function podIn(file: string): Manifest {
  const manifest: unknown = load(readFileSync(file, 'utf8'))
  if (!isManifest(manifest)) throw new Error(`${file} holds no pod`)
  return manifest
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'spec' in value
}
