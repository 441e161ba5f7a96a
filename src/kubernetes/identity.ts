import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import type { CustomKinds } from './custom-kinds.ts'
import { groupKind, type GroupKind } from './group-kind.ts'
import { scopeOf, stableVersions } from './known-kinds.ts'

/** Why something in a tree is no object, and what to do about it. */
export interface TreeProblem {
  readonly path: Path
  readonly problem: string
  readonly remedy: string
}

/** An object that says who it is, or why it cannot be the one that its place says. */
export type Identified = { readonly object: DataObject; readonly kind: GroupKind } | TreeProblem

/**
 * The object of a place in the tree with its identity filled in: what it leaves out of apiVersion, kind, name and namespace
 * is taken from its path. A version that nobody states is the newest stable one of its kind.
 */
export function identified(path: Path, data: Data, custom: CustomKinds): Identified {
  const wrong: Wrong = (problem, remedy, ...labels) => ({ path: [...path, ...labels], problem, remedy })
  if (!isDataObject(data)) return wrong(`${described(data)} stands where an object is required`, 'write a map there')
  const place = placeIn(path, custom)
  const metadata = memberOf(data, 'metadata') ?? dataMap([])
  const apiVersion = memberOf(data, 'apiVersion') ?? place.apiVersion
  if (!isDataObject(metadata)) return wrong(`\`metadata\` is ${described(metadata)}`, 'write a map there', 'metadata')
  if (apiVersion === undefined)
    return wrong(`nothing says in which version \`${place.kindName}\` is written`, 'state `apiVersion`', 'apiVersion')
  if (typeof apiVersion !== 'string')
    return wrong(`\`apiVersion\` is ${described(apiVersion)}`, 'write a text there', 'apiVersion')
  const kind = groupKind(apiVersion, place.kind)
  const problem =
    kind.name === place.kindName
      ? (placeProblem(place, wrong) ?? nameProblem(place, data, metadata, wrong))
      : wrong(`\`${apiVersion}\` is no version of \`${place.kindName}\``, groupText(place.group), 'apiVersion')
  if (problem !== undefined) return problem
  const identity: readonly (readonly [string, Data])[] = [
    ...(isMadeUp(place, metadata) ? [] : [['name', place.name] as const]),
    ...(place.namespace === undefined ? [] : [['namespace', place.namespace] as const]),
  ]
  return {
    kind,
    object: dataMap([
      ['apiVersion', apiVersion],
      ['kind', place.kind],
      ['metadata', dataMap([...identity, ...Object.entries(metadata)])],
      ...Object.entries(data).filter(([label]) => label !== 'metadata'),
    ]),
  }
}

/** What a path says of the object there. */
interface ObjectPlace {
  readonly kindName: string
  readonly kind: string
  readonly group?: string
  readonly name: string
  readonly namespace?: string
  readonly scope?: 'cluster' | 'namespace'
  /** Of the newest stable version, if there is one that is known. */
  readonly apiVersion?: string
}

type Wrong = (problem: string, remedy: string, ...labels: readonly string[]) => TreeProblem

function placeIn(path: Path, custom: CustomKinds): ObjectPlace {
  const [kindName = '', name = ''] = path.slice(-2)
  const [kind = '', ...groups] = kindName.split('.')
  const group = groups.length === 0 ? undefined : groups.join('.')
  const [version] = stableVersions(kindName, custom)
  const scope = scopeOf({ name: kindName, version: '' }, custom)
  return {
    kindName,
    kind,
    name,
    ...(group === undefined ? {} : { group }),
    ...(path[0] === 'namespaces' && path[1] !== undefined ? { namespace: path[1] } : {}),
    ...(scope === undefined ? {} : { scope }),
    ...(version === undefined ? {} : { apiVersion: group === undefined ? version : `${group}/${version}` }),
  }
}

function placeProblem({ kindName, namespace, scope }: ObjectPlace, wrong: Wrong): TreeProblem | undefined {
  if (scope === 'cluster' && namespace !== undefined)
    return wrong(`\`${kindName}\` belongs to no namespace`, 'put it below `cluster`')
  if (scope === 'namespace' && namespace === undefined)
    return wrong(`\`${kindName}\` belongs to a namespace`, 'put it below `namespaces`')
  return undefined
}

/** What an object says of its kind, name and namespace that its place does not. */
function nameProblem(
  place: ObjectPlace,
  data: DataObject,
  metadata: DataObject,
  wrong: Wrong,
): TreeProblem | undefined {
  const said = [
    { label: 'kind', of: data, above: [], expected: place.kind },
    { label: 'name', of: metadata, above: ['metadata'], expected: place.name },
    { label: 'namespace', of: metadata, above: ['metadata'], expected: place.namespace },
  ]
  for (const { label, of, above, expected } of said) {
    const value = memberOf(of, label)
    if (value === undefined || expected === undefined || value === expected) continue
    const problem = `\`${[...above, label].join('.')}\` is ${described(value)}, and the place of the object says \`${expected}\``
    return wrong(problem, 'leave it out or let both be the same', ...above, label)
  }
  return undefined
}

/** Whether a server makes up the name: the place is `PREFIX*` or, of several, `PREFIX*#2`. */
function isMadeUp({ name }: ObjectPlace, metadata: DataObject): boolean {
  const prefix = memberOf(metadata, 'generateName')
  return (
    memberOf(metadata, 'name') === undefined &&
    typeof prefix === 'string' &&
    name.replace(/#[1-9]\d*$/, '') === `${prefix}*`
  )
}

function groupText(group: string | undefined): string {
  return group === undefined ? 'the core group has bare versions, such as `v1`' : `its group is \`${group}\``
}

function described(data: Data): string {
  if (data === null) return 'null'
  if (typeof data === 'string') return `\`${data}\``
  if (Array.isArray(data)) return 'a list'
  return isDataObject(data) ? 'a map' : typeof data === 'boolean' ? 'a boolean' : 'a number'
}
