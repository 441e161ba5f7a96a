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
    const namespace = `${level}-v1.${judged.minor}`
    const name = `p${index}`
    return kinds.slice(index % kinds.length, (index % kinds.length) + 1).map(({ kind, apiVersion, around }) => ({
      judged,
      level,
      key: `${namespace} ${kindWithGroup(kind, apiVersion)} ${name}`,
      namespace: namespaceFor(namespace, level, judged.minor),
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

function namespaceFor(name: string, level: Level, minor: number): object {
  const labels = {
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/enforce-version': `v1.${minor}`,
  }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}
