import { posix } from 'node:path'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { Path } from '../model/path.ts'
import type { Item } from './flatten.ts'
import type { groupKind, GroupKind } from './group-kind.ts'

/** A Kubernetes object: what it is called, and where it stands. */
export interface Manifest {
  readonly item: Item
  readonly data: DataObject
  readonly kind: GroupKind
  /** The name or, if a server is to make one up, `PREFIX*`. */
  readonly name: string
  /** Whether a server is to make up the name, so that objects with this name are different ones. */
  readonly generated: boolean
  readonly namespace?: string
}

/** What an item turned out to be: an object, something to leave out, or nothing that could be understood. */
export type ReadManifest =
  | { readonly is: 'manifest'; readonly manifest: Manifest }
  | {
      readonly is: 'skipped'
      readonly reason: 'build-input' | 'local' | 'nameless' | 'controlled' | 'hook'
      readonly what: string
    }
  | { readonly is: 'wrong'; readonly message: string; readonly pointer: Path }

const kustomizations = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** Reads what makes an item an object (apiVersion, kind, name, namespace) and decides whether it is one to look at. */
export function readManifest(item: Item, kindOf: typeof groupKind, hooks: 'keep' | 'skip' = 'keep'): ReadManifest {
  const { data } = item
  const wrong = (message: string, ...labels: readonly string[]): ReadManifest => ({
    is: 'wrong',
    message,
    pointer: [...item.pointer, ...labels],
  })
  if (!isDataObject(data)) return wrong(`a Kubernetes object was expected, found ${describe(data)}`)
  const { apiVersion, kind, metadata = null } = data
  if (apiVersion === undefined && kustomizations.includes(posix.basename(item.document.file))) {
    return { is: 'skipped', reason: 'build-input', what: 'Kustomization' }
  }
  if (typeof apiVersion !== 'string')
    return wrong(`\`apiVersion\` must be a string, found ${describe(apiVersion)}`, 'apiVersion')
  if (typeof kind !== 'string') return wrong(`\`kind\` must be a string, found ${describe(kind)}`, 'kind')
  const what = kindOf(apiVersion, kind)
  if (kind === 'Kustomization' && apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return { is: 'skipped', reason: 'build-input', what: what.name }
  }
  if (metadata === null) return { is: 'skipped', reason: 'nameless', what: what.name }
  if (!isDataObject(metadata)) return wrong(`\`metadata\` must be a map, found ${describe(metadata)}`, 'metadata')
  for (const label of ['name', 'generateName', 'namespace']) {
    const value = metadata[label] ?? null
    if (value === null || typeof value === 'string') continue
    return wrong(`\`metadata.${label}\` must be a string, found ${describe(value)}`, 'metadata', label)
  }
  if (isLocal(metadata)) return { is: 'skipped', reason: 'local', what: what.name }
  if (hooks === 'skip' && isHook(metadata)) return { is: 'skipped', reason: 'hook', what: what.name }
  if (isControlled(metadata)) return { is: 'skipped', reason: 'controlled', what: what.name }
  const name = text(metadata['name'])
  const prefix = text(metadata['generateName'])
  if (name === undefined && prefix === undefined) return { is: 'skipped', reason: 'nameless', what: what.name }
  const namespace = text(metadata['namespace'])
  const manifest = { item, data, kind: what, name: name ?? `${prefix}*`, generated: name === undefined }
  return { is: 'manifest', manifest: namespace === undefined ? manifest : { ...manifest, namespace } }
}

/** Objects that only tools on the developer's machine read. */
function isLocal(metadata: DataObject): boolean {
  const annotations = metadata['annotations'] ?? null
  const local = isDataObject(annotations) ? annotations['config.kubernetes.io/local-config'] : undefined
  return typeof local === 'string' && local !== 'false'
}

/** Objects that Helm makes on the way, which are no part of what is there afterwards. */
function isHook(metadata: DataObject): boolean {
  const annotations = metadata['annotations'] ?? null
  return isDataObject(annotations) && typeof annotations['helm.sh/hook'] === 'string'
}

/** Objects that another object's controller makes: a rule about them would be broken once per replica. */
function isControlled(metadata: DataObject): boolean {
  const owners = metadata['ownerReferences']
  return Array.isArray(owners) && owners.some((owner: Data) => isDataObject(owner) && owner['controller'] === true)
}

function text(value: Data | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function describe(value: Data | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isDataObject(value)) return 'a map'
  return typeof value === 'object' || typeof value === 'bigint' ? 'a number' : `a ${typeof value}`
}
