import type { Data, DataObject } from '../model/data.ts'
import { dataMap, mapAt, memberOf } from '../model/data-map.ts'
import type { Document } from '../model/document.ts'
import { comparePath, compareText } from '../model/order.ts'
import type { PathPattern } from '../model/path.ts'
import type { Scope } from './scopes.ts'
import type { Listing } from './list.ts'

/** What is known of a cluster by now. */
export interface Holding {
  /** Takes the place of all that was known of a scope. */
  put(scope: Scope, listing: Listing): void
  /** One object came, changed or went. */
  change(scope: Scope, object: DataObject, isThere: boolean): void
  /** From where on changes of a scope are not known yet; undefined where it could not be listed. */
  version(scope: Scope): string | undefined
  view(): ClusterView
}

/** A cluster as it was seen. */
export interface ClusterView {
  /** One a scope, as a list of objects; the name is the path of the list. */
  readonly documents: readonly Document[]
  /** By the document's name: where its objects stand. What was not listed whole is not among them. */
  readonly covers: ReadonlyMap<string, PathPattern>
  readonly refused: readonly { readonly path: PathPattern; readonly reason: string }[]
}

type Held =
  | { readonly ok: true; readonly items: Map<string, DataObject>; readonly version: string }
  | { readonly ok: false; readonly reason: string }

/** Holds what was listed, and what changed since. */
export function holding(): Holding {
  const held = new Map<Scope, Held>()
  return {
    put: (scope, listing) => {
      if (!listing.ok) held.set(scope, listing)
      else held.set(scope, { ...listing, items: new Map(listing.items.map((item) => [keyOf(item), item])) })
    },
    change: (scope, object, isThere) => {
      const known = held.get(scope)
      if (known?.ok !== true) return
      if (isThere) known.items.set(keyOf(object), object)
      else known.items.delete(keyOf(object))
    },
    version: (scope) => {
      const known = held.get(scope)
      return known?.ok === true ? known.version : undefined
    },
    view: () => viewOf([...held].sort(([a], [b]) => compareText(a.path, b.path))),
  }
}

function viewOf(held: readonly (readonly [Scope, Held])[]): ClusterView {
  return {
    documents: held.flatMap(([scope, one]) => (one.ok ? [documentOf(scope, sorted(one.items))] : [])),
    covers: new Map(held.flatMap(([scope, one]) => (one.ok ? [[scope.path, scope.pattern] as const] : []))),
    refused: held
      .flatMap(([{ pattern }, one]) => (one.ok ? [] : [{ path: pattern, reason: one.reason }]))
      .sort((a, b) => comparePath(a.path.map(String), b.path.map(String))),
  }
}

/** Objects of a list leave out what kind they are, and the list says it. Nobody reads it as a text: it has one place. */
function documentOf({ kind, path }: Scope, items: readonly Data[]): Document {
  const data = dataMap([
    ['apiVersion', kind.apiVersion],
    ['kind', `${kind.kind}List`],
    ['items', items],
  ])
  return { file: path, index: 0, data, locate: () => ({ line: 1, column: 1 }) }
}

/** By namespace and name, so that the order of changes has no meaning. */
function sorted(items: ReadonlyMap<string, DataObject>): readonly DataObject[] {
  return [...items].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item)
}

function keyOf(object: DataObject): string {
  const metadata = mapAt(object, 'metadata')
  return JSON.stringify([memberOf(metadata, 'namespace') ?? '', memberOf(metadata, 'name') ?? ''])
}
