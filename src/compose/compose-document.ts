import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Path } from '../model/path.ts'
import { textOf } from './forms.ts'
import { typeOfSource } from './mounts.ts'

/** A Compose document, and what of its tree it cannot say. */
export interface ComposeDocument {
  readonly data: DataObject
  /** Labels under which an element would not stand when the document is read again, and those that it would have. */
  readonly lost: readonly { readonly path: Path; readonly becomes: string }[]
}

/**
 * The document that a tree stands for: what is kept by key is a list again, where Compose wants one. Members of a key that an
 * element leaves out are read from its label (`ports: "53/udp": {}`), as is what a long form must have: the type of a mount,
 * the condition of a dependency.
 */
export function composeDocument(tree: DataObject): ComposeDocument {
  const lost: { path: Path; becomes: string }[] = []
  const service = (name: string, data: Data): Data =>
    membersIn(data, (label, member) => {
      const path = ['services', name, label]
      const form = Object.hasOwn(lists, label) ? lists[label] : undefined
      if (form !== undefined && isDataObject(member)) return listIn(member, form, path, lost)
      if (label === 'extra_hosts') return hostsIn(member)
      if (label === 'build')
        return membersIn(member, (inner, value) => (inner === 'extra_hosts' ? hostsIn(value) : value))
      return label === 'depends_on'
        ? membersIn(member, (_, one) => withFirst(one, 'condition', 'service_started'))
        : member
    })
  const data = dataMap(
    Object.entries(tree).map(([label, member]) => [label, label === 'services' ? membersIn(member, service) : member]),
  )
  return { data, lost }
}

/** How elements of a list by key say their key. */
interface ListForm {
  /** The element with what its key says. */
  readonly complete: (element: DataObject, key: string) => DataObject
  /** The key that an element says. */
  readonly keyOf: (element: DataObject) => string
}

const ports: ListForm = {
  complete: (port, key) => {
    const [, target = key, protocol = 'tcp'] = /^(.*)\/([^/]*)$/s.exec(key) ?? []
    const number = /^\d{1,5}$/.test(target) ? Number(target) : target
    const complete = withFirst(port, 'target', number)
    return protocol === 'tcp' || memberOf(port, 'protocol') !== undefined
      ? complete
      : dataMap([...Object.entries(complete), ['protocol', protocol]])
  },
  keyOf: (port) => `${memberText(port, 'target') ?? ''}/${memberText(port, 'protocol') ?? 'tcp'}`,
}

const mounts: ListForm = {
  complete: (mount, key) => {
    const source = memberText(mount, 'source')
    const type = source === undefined ? 'volume' : typeOfSource(source)
    const complete = withFirst(mount, 'target', key)
    return type === undefined ? complete : withFirst(complete, 'type', type)
  },
  keyOf: (mount) => memberText(mount, 'target') ?? '',
}

const grants: ListForm = {
  complete: (grant, key) => withFirst(grant, 'source', key),
  keyOf: (grant) => memberText(grant, 'source') ?? '',
}

const lists: Readonly<Record<string, ListForm>> = { ports, volumes: mounts, secrets: grants, configs: grants }

function listIn(
  map: DataObject,
  { complete, keyOf }: ListForm,
  path: Path,
  lost: { path: Path; becomes: string }[],
): readonly Data[] {
  return Object.entries(map).map(([label, element]) => {
    if (!isDataObject(element)) return element
    const key = keyOfLabel(label, map)
    const one = complete(element, key)
    if (keyOf(one) !== key) lost.push({ path: [...path, label], becomes: keyOf(one) })
    return one
  })
}

/** Addresses of hosts as a list, since one host may have several. */
function hostsIn(data: Data): Data {
  if (!isDataObject(data)) return data
  return Object.entries(data).map(([label, address]) => `${keyOfLabel(label, data)}=${textOf(address) ?? ''}`)
}

/** The key of a label; `KEY#2` is a second element of `KEY`, if there is a first. */
function keyOfLabel(label: string, map: DataObject): string {
  const key = /^(.*)#[1-9]\d*$/s.exec(label)?.[1]
  return key !== undefined && Object.hasOwn(map, key) ? key : label
}

function membersIn(data: Data, valueFor: (label: string, value: Data) => Data): Data {
  if (!isDataObject(data)) return data
  return dataMap(Object.entries(data).map(([label, value]) => [label, valueFor(label, value)]))
}

function withFirst(data: Data, label: string, value: Data): DataObject {
  const members = isDataObject(data) ? data : dataMap([])
  return memberOf(members, label) === undefined ? dataMap([[label, value], ...Object.entries(members)]) : members
}

function memberText(data: DataObject, label: string): string | undefined {
  const value = memberOf(data, label)
  return value === undefined ? undefined : textOf(value)
}
