import type { JudgedPod, Level } from './judged-pods.ts'

/** A pod as an object of some kind, in a namespace that asks for a level of a version. */
export interface PlacedPod {
  readonly judged: JudgedPod
  readonly level: Level
  /** `namespace Kind.group name`. */
  readonly key: string
  readonly namespace: object
  readonly object: object
}

type Template = JudgedPod['pod']

interface PodKind {
  readonly kind: string
  readonly apiVersion: string
  readonly around: (template: Template) => object
}

const inTemplate = ({ metadata, spec }: Template): object => ({ spec: { template: { metadata, spec } } })

/** Every kind that holds a pod. */
const kinds: readonly PodKind[] = [
  { kind: 'Pod', apiVersion: 'v1', around: ({ spec }) => ({ spec }) },
  { kind: 'ReplicationController', apiVersion: 'v1', around: inTemplate },
  { kind: 'ReplicaSet', apiVersion: 'apps/v1', around: inTemplate },
  { kind: 'Deployment', apiVersion: 'apps/v1', around: inTemplate },
  { kind: 'StatefulSet', apiVersion: 'apps/v1', around: inTemplate },
  { kind: 'DaemonSet', apiVersion: 'apps/v1', around: inTemplate },
  { kind: 'Job', apiVersion: 'batch/v1', around: inTemplate },
  { kind: 'CronJob', apiVersion: 'batch/v1', around: (pod) => ({ spec: { jobTemplate: inTemplate(pod) } }) },
  { kind: 'PodTemplate', apiVersion: 'v1', around: ({ metadata, spec }) => ({ template: { metadata, spec } }) },
]

/** Puts each pod into an object, one kind after the other, in the namespace of its level and version. */
export function placePods(
  pods: readonly JudgedPod[],
  levelOf: (judged: JudgedPod, index: number) => Level,
): readonly PlacedPod[] {
  return pods.flatMap((judged, index) => {
    const level = levelOf(judged, index)
    const ways = waysToChoose(level, judged.minor)
    const [namespace, labels] = ways[Math.floor(index / 2) % ways.length] ?? ['', {}]
    const name = `p${index}`
    return kinds.slice(index % kinds.length, (index % kinds.length) + 1).map(({ kind, apiVersion, around }) => ({
      judged,
      level,
      key: `${namespace} ${kindWithGroup(kind, apiVersion)} ${name}`,
      namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
      object: {
        apiVersion,
        kind,
        metadata: { ...(kind === 'Pod' ? judged.pod.metadata : {}), namespace, name },
        ...around(judged.pod),
      },
    }))
  })
}

/** The objects, and the namespaces that they are in, as one document. */
export function documentOf(placed: readonly PlacedPod[]): string {
  const namespaces = new Map(placed.map(({ namespace }) => [JSON.stringify(namespace), namespace]))
  return JSON.stringify([...namespaces.values(), ...placed.map(({ object }) => object)])
}

function kindWithGroup(kind: string, apiVersion: string): string {
  const [group, version] = apiVersion.split('/')
  return version === undefined ? kind : `${kind}.${group}`
}

/** The newest version with a check of its own: `latest` is the same. */
const newest = 37

/** Names and labels of namespaces in which a level and version apply; a label is left out where the pack's parameter says the same by itself. */
function waysToChoose(level: Level, minor: number): readonly (readonly [name: string, labels: object])[] {
  const enforce = { 'pod-security.kubernetes.io/enforce': level }
  const version = 'pod-security.kubernetes.io/enforce-version'
  const named = [`${level}-v1.${minor}`, { ...enforce, [version]: `v1.${minor}` }] as const
  if (minor < newest) return [named]
  return [
    named,
    [`${level}-latest`, { ...enforce, [version]: 'latest' }],
    [`${level}-unversioned`, enforce],
    ...(level === 'baseline' ? [['unlabelled', {}] as const] : []),
  ]
}
