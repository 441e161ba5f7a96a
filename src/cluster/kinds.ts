import { Fault } from '../errors.ts'
import { isDataList, type Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import { compareText } from '../model/order.ts'
import { groupKind } from '../kubernetes/group-kind.ts'
import type { Asking } from './api.ts'
import { ask, type Answer } from './ask.ts'

/** A kind that a cluster can list. */
export interface ClusterKind {
  /** As the tree names it: `Deployment.apps`. */
  readonly name: string
  readonly apiVersion: string
  readonly kind: string
  /** `deployments`, and how else people call it. */
  readonly resource: string
  readonly shortNames: readonly string[]
  readonly namespaced: boolean
  readonly watchable: boolean
}

/** What a cluster says that it can list. */
export interface Discovered {
  /** By name, each in the version that its group prefers. */
  readonly kinds: readonly ClusterKind[]
  /** API groups that could not be asked, and why. */
  readonly unknown: readonly { readonly group: string; readonly reason: string }[]
}

/** Asks for every kind that can be listed; without any word about its groups a cluster cannot be read, which is a Fault. */
export async function discoverKinds(asking: Asking): Promise<Discovered> {
  const groups = answered(await ask('/apis', {}, asking), asking)
  const versions = ['v1', ...listAt(groups, 'groups').flatMap(versionsOf)]
  const kinds = new Map<string, ClusterKind>()
  const unknown: { group: string; reason: string }[] = []
  for (const version of versions) {
    const answer = await ask(version === 'v1' ? '/api/v1' : `/apis/${version}`, {}, asking)
    if (!answer.ok) {
      unknown.push({ group: version, reason: answer.reason })
      continue
    }
    for (const resource of listAt(answer.data, 'resources')) {
      const kind = kindOf(resource, version)
      if (kind !== undefined && !kinds.has(kind.name)) kinds.set(kind.name, kind)
    }
  }
  return { kinds: [...kinds.values()].sort((a, b) => compareText(a.name, b.name)), unknown }
}

function answered(answer: Answer, { api }: Asking): Data {
  if (answer.ok) return answer.data
  throw new Fault('CLUSTER_UNAVAILABLE', `\`${api.server}\` cannot be read: ${answer.reason}`)
}

/** The versions of a group, the preferred one first. */
function versionsOf(group: Data): readonly string[] {
  const preferred = textAt(memberOf(group, 'preferredVersion') ?? null, 'groupVersion')
  const all = listAt(group, 'versions').map((version) => textAt(version, 'groupVersion'))
  return [...new Set([preferred, ...all])].filter((version) => version !== '')
}

function kindOf(resource: Data, apiVersion: string): ClusterKind | undefined {
  const name = textAt(resource, 'name')
  const kind = textAt(resource, 'kind')
  const verbs = listAt(resource, 'verbs')
  // A name with a slash is a part of another resource: `pods/log`.
  if (name === '' || kind === '' || name.includes('/') || !verbs.includes('list')) return undefined
  return {
    name: groupKind(apiVersion, kind).name,
    apiVersion,
    kind,
    resource: name,
    shortNames: listAt(resource, 'shortNames').filter((short) => typeof short === 'string'),
    namespaced: memberOf(resource, 'namespaced') === true,
    watchable: verbs.includes('watch'),
  }
}

function listAt(data: Data, label: string): readonly Data[] {
  const list = memberOf(data, label)
  return list !== undefined && isDataList(list) ? list : []
}

function textAt(data: Data, label: string): string {
  const text = memberOf(data, label)
  return typeof text === 'string' ? text : ''
}
