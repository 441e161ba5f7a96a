import type { Applied } from '../model/applied.ts'
import type { Data, DataObject } from '../model/data.ts'
import type { ReadingTime } from '../document/reading-time.ts'
import type { Document, Unreadable } from '../model/document.ts'
import { comparePath, compareText } from '../model/order.ts'
import type { Path, PathPattern } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { learnCustomKinds } from './custom-kinds.ts'
import { dataMap } from '../model/data-map.ts'
import { flatten } from './flatten.ts'
import { kindReader } from './group-kind.ts'
import { readManifest, type Manifest } from './manifest.ts'
import { doubtNotes, listNotes, skippedNotes, type Skipped } from './notes.ts'
import { formObject } from './object.ts'
import { oneOfEach, type PlacedObject } from './one-of-each.ts'
import { placeOf } from './place.ts'

/** How manifests become a tree. */
export interface ProjectOptions {
  /** Whether lists with keys become maps. */
  readonly lists: 'keyed' | 'plain'
  /** Of objects that name none, though their kind belongs to one; default `default`. */
  readonly namespace?: string
  /** What to do about different objects of one name: believe none of them (the default), or the last. */
  readonly duplicates?: 'refuse' | 'last'
  /** CustomResourceDefinitions that are not among the documents; those that are count before them. */
  readonly definitions?: readonly DataObject[]
  /** Whether hooks of Helm are objects like any other (the default), or are left out. */
  readonly hooks?: 'keep' | 'skip'
  /** How long it may take; default: as long as it takes. */
  readonly time?: ReadingTime
}

/** The objects of many documents as one tree, and the way back. */
export interface Projected {
  /** `namespaces.<namespace>."<Kind.group>".<name>` and `cluster."<Kind.group>".<name>`; both top fields are always there. */
  readonly state: DataObject
  /** Where a path from an object downwards (or, for `label`, its last label) was written; none above objects and beside them. */
  readonly origin: (path: Path, label?: boolean) => { readonly document: Document; readonly pointer: Path } | undefined
  /** Values that are there but hidden: those of Secrets. */
  readonly masked: readonly Path[]
  /** What earlier applies set of the objects and is still there, sorted by object and who applied. */
  readonly applied: readonly Applied[]
  /** Every pair of namespace and kind that occurs, sorted. */
  readonly kindPatterns: readonly PathPattern[]
  /** Where objects stand, sorted. */
  readonly objectPaths: readonly Path[]
  readonly unreadable: readonly Unreadable[]
  /** Sorted by file, line and message. */
  readonly notes: readonly Note[]
}

/**
 * Makes one tree of Kubernetes manifests: lists flattened, objects under namespace, kind and name, their lists by key,
 * what is as good as absent dropped, values of Secrets hidden. The order of documents has no meaning, unless the last of
 * several is to count.
 */
export function projectKubernetes(documents: readonly Document[], options: ProjectOptions): Projected {
  const { manifests, skipped, unreadable } = readManifests(
    options.duplicates === 'last' ? documents : inOrder(documents),
    options.hooks,
  )
  const definitions = manifests.filter(({ kind }) => kind.name === 'CustomResourceDefinition.apiextensions.k8s.io')
  const custom = learnCustomKinds([...(options.definitions ?? []), ...definitions.map(({ data }) => data)])
  const placed = manifests.map((manifest) => ({
    manifest,
    place: placeOf(manifest, custom, options.namespace ?? 'default'),
  }))
  const each = oneOfEach(
    placed.map(({ manifest, place }) => {
      options.time?.check()
      return { path: place.path, object: formObject(manifest, custom, options.lists) }
    }),
    options.duplicates ?? 'refuse',
  )
  const notes = [
    ...skippedNotes(skipped),
    ...doubtNotes(placed.map(({ manifest, place }) => ({ item: manifest.item, kind: manifest.kind.name, place }))),
    ...each.notes,
    ...each.objects.flatMap(({ path, object }) => listNotes(path, object)),
  ]
  return {
    state: treeOf(each.objects),
    origin: originIn(each.objects),
    masked: each.objects.flatMap(({ path, object }) => object.masked.map((inside) => [...path, ...inside])),
    applied: each.objects.flatMap(({ path, object }) => object.applied().map((applied) => ({ at: path, ...applied }))),
    kindPatterns: kindPatterns(each.objects),
    objectPaths: each.objects.map(({ path }) => path),
    unreadable: [...unreadable, ...each.unreadable],
    notes: notes.sort(
      (a, b) =>
        compareText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || compareText(a.message, b.message),
    ),
  }
}

/** Documents by file and place, so that the order in which files are named has no meaning. */
function inOrder(documents: readonly Document[]): readonly Document[] {
  return documents.toSorted((a, b) => compareText(a.file, b.file) || a.index - b.index)
}

function readManifests(
  documents: readonly Document[],
  hooks: 'keep' | 'skip' | undefined,
): {
  manifests: Manifest[]
  skipped: Skipped[]
  unreadable: Unreadable[]
} {
  const manifests: Manifest[] = []
  const skipped: Skipped[] = []
  const unreadable: Unreadable[] = []
  const kindOf = kindReader()
  for (const item of documents.flatMap(flatten)) {
    const read = readManifest(item, kindOf, hooks)
    if (read.is === 'manifest') manifests.push(read.manifest)
    else if (read.is === 'skipped') skipped.push({ item, reason: read.reason, what: read.what })
    else
      unreadable.push({ file: item.document.file, position: item.document.locate(read.pointer), message: read.message })
  }
  return { manifests, skipped, unreadable }
}

function treeOf(objects: readonly PlacedObject[]): DataObject {
  const tree: Tree = new Map([
    ['namespaces', new Map()],
    ['cluster', new Map()],
  ])
  for (const { path, object } of objects) {
    let level = tree
    for (const label of path.slice(0, -1)) {
      const known = level.get(label)
      const next: Tree = known instanceof Map ? known : new Map()
      level.set(label, next)
      level = next
    }
    level.set(path.at(-1) ?? '', object.data)
  }
  return dataOf(tree)
}

type Tree = Map<string, Tree | Data>

function dataOf(tree: Tree): DataObject {
  return dataMap([...tree].map(([label, value]) => [label, value instanceof Map ? dataOf(value) : value]))
}

function originIn(objects: readonly PlacedObject[]): Projected['origin'] {
  const byPath = new Map(objects.map(({ path, object }) => [JSON.stringify(path), object]))
  return (path) => {
    const depth = path[0] === 'namespaces' ? 4 : 3
    const object = byPath.get(JSON.stringify(path.slice(0, depth)))
    return object && { document: object.manifest.item.document, pointer: object.pointer(path.slice(depth)) }
  }
}

function kindPatterns(objects: readonly PlacedObject[]): readonly PathPattern[] {
  const kinds = new Map(objects.map(({ path }) => [JSON.stringify(path.slice(0, -1)), path.slice(0, -1)]))
  return [...kinds.values()].sort(comparePath)
}
