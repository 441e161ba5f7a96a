import type { Data, DataObject } from '../model/data.ts'
import { mapAt, memberOf as member } from '../model/data-map.ts'
import type { Field, Shape } from './shape.ts'
import { isStable } from './stable-version.ts'

/** What a CustomResourceDefinition says of its kind. */
interface CustomKind {
  readonly scope: 'cluster' | 'namespace'
  /** By version, in the order of the definition. */
  readonly shapes: ReadonlyMap<string, Shape>
  /** Its stable versions that are served, newest first. */
  readonly stable: readonly string[]
}

/** The kinds that CustomResourceDefinitions of the same input define, by `Kind.group`. */
export type CustomKinds = ReadonlyMap<string, CustomKind>

/** Learns scope and lists by key from CustomResourceDefinitions; of two definitions of one kind the last counts. */
export function learnCustomKinds(definitions: readonly DataObject[]): CustomKinds {
  const kinds = new Map<string, CustomKind>()
  for (const definition of definitions) {
    const spec = member(definition, 'spec')
    const kind = member(member(spec, 'names'), 'kind')
    const group = member(spec, 'group')
    if (typeof kind !== 'string' || typeof group !== 'string') continue
    const scope = member(spec, 'scope') === 'Cluster' ? 'cluster' : 'namespace'
    kinds.set(`${kind}.${group}`, { scope, shapes: versionShapes(spec), stable: servedStable(spec) })
  }
  return kinds
}

function servedStable(spec: Data | undefined): readonly string[] {
  const names = list(member(spec, 'versions')).flatMap((version) => {
    const name = member(version, 'name')
    return typeof name === 'string' && isStable(name) && member(version, 'served') !== false ? [name] : []
  })
  return names.sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)))
}

function versionShapes(spec: Data | undefined): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>()
  const shared = member(member(spec, 'validation'), 'openAPIV3Schema')
  for (const version of list(member(spec, 'versions'))) {
    const name = member(version, 'name')
    const schema = member(member(version, 'schema'), 'openAPIV3Schema') ?? shared
    if (typeof name === 'string') shapes.set(name, schemaShape(schema))
  }
  return shapes
}

function schemaShape(schema: Data | undefined): Shape {
  const shape: Record<string, Field> = Object.create(null)
  for (const [label, property] of Object.entries(mapAt(schema, 'properties') ?? {})) {
    const field = schemaField(property)
    if (field !== undefined) shape[label] = field
  }
  return shape
}

/** A field worth knowing, or none: plain values and structs without lists by key below them are left out. */
function schemaField(schema: Data): Field | undefined {
  const items = member(schema, 'items')
  if (items !== undefined) {
    const type = schemaShape(items)
    const keys = list(member(schema, 'x-kubernetes-list-map-keys')).filter((key) => typeof key === 'string')
    if (member(schema, 'x-kubernetes-list-type') === 'map' && keys.length > 0) {
      return { in: 'list', type, keys, numbers: numberKeys(items, keys), defaults: keyDefaults(items, keys) }
    }
    return isEmpty(type) ? undefined : { in: 'list', type }
  }
  const values = member(schema, 'additionalProperties')
  const type = schemaShape(values ?? schema)
  if (isEmpty(type)) return undefined
  return values === undefined ? { type } : { in: 'map', type }
}

function numberKeys(items: Data, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const type = member(member(member(items, 'properties'), key), 'type')
    return type === 'integer' || type === 'number'
  })
}

function keyDefaults(items: Data, keys: readonly string[]): Record<string, string> {
  const defaults: Record<string, string> = {}
  for (const key of keys) {
    const value = member(member(member(items, 'properties'), key), 'default')
    if (typeof value === 'string' || typeof value === 'number') defaults[key] = String(value)
  }
  return defaults
}

function isEmpty(shape: Shape): boolean {
  return Object.keys(shape).length === 0
}

function list(data: Data | undefined): readonly Data[] {
  return Array.isArray(data) ? data : []
}
