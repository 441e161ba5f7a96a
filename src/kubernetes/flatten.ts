import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import type { Document } from '../model/document.ts'
import type { Path } from '../model/path.ts'
import { dataMap, mapAt } from '../model/data-map.ts'
import { namedByRequest } from './admission-review.ts'

/** One thing of a document that should be a Kubernetes object, and where in the document it stands. */
export interface Item {
  readonly document: Document
  readonly pointer: Path
  readonly data: Data
}

/**
 * The objects of a document: its own, or those of its lists (`List`, `PodList`, a JSON array), however deep, or the one that an AdmissionReview is about. Items of a
 * `PodList` inherit apiVersion and kind, which an API server leaves out there. Empty documents and items hold nothing.
 */
export function flatten(document: Document): readonly Item[] {
  const items: Item[] = []
  const open: Item[] = [{ document, pointer: [], data: document.data }]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const elements = elementsOf(item)
    if (elements !== undefined) for (const element of elements.toReversed()) open.push(element)
    else if (item.data !== null) items.push(item)
  }
  return items
}

/** The elements of a list, each as an item; none for what is no list. */
function elementsOf({ document, pointer, data }: Item): Item[] | undefined {
  if (Array.isArray(data))
    return data.map((element, index) => ({ document, pointer: [...pointer, `${index}`], data: element }))
  if (!isDataObject(data)) return undefined
  const { kind, items, metadata } = data
  if (kind === 'AdmissionReview') return admitted({ document, pointer, data })
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined
  const named = metadata !== undefined && isDataObject(metadata) && metadata['name'] !== undefined
  if (!Array.isArray(items)) return (items === undefined || items === null) && !named ? [] : undefined
  return items.map((element, index) => ({
    document,
    pointer: [...pointer, 'items', `${index}`],
    data: isDataObject(element) ? inherit(element, data, kind) : element,
  }))
}

/** The object of an AdmissionReview, as the one element; of DELETE, and of an answer, there is none. */
function admitted({ document, pointer, data }: Item): Item[] {
  const request = mapAt(data, 'request')
  const object = mapAt(request, 'object')
  if (request === undefined || object === undefined) return []
  return [{ document, pointer: [...pointer, 'request', 'object'], data: namedByRequest(object, request) }]
}

function inherit(element: DataObject, list: DataObject, kind: string): DataObject {
  if (kind === 'List') return element
  const apiVersion = list['apiVersion'] ?? null
  return dataMap([['apiVersion', apiVersion], ['kind', kind.slice(0, -'List'.length)], ...Object.entries(element)])
}
