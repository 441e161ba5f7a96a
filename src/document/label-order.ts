import type { DataObject } from '../model/data.ts'
import type { Document } from '../model/document.ts'
import { isListPosition } from '../model/order.ts'
import type { Path } from '../model/path.ts'

/** The labels of a map, which stands at a path, in an order that means something. */
export type LabelOrder = (map: DataObject, path: Path) => readonly string[]

/** The order of a document whose data stands at `root`: in JavaScript's maps labels such as `8080` come first, wherever they were written. */
export function labelOrder(document: Pick<Document, 'locate'>, root: Path = []): LabelOrder {
  return (map, path) => {
    const labels = Object.keys(map)
    const [first = ''] = labels
    if (labels.length < 2 || !isListPosition(first)) return labels
    const inside = path.slice(root.length)
    const places = new Map(labels.map((label) => [label, document.locate([...inside, label], 'key')]))
    return labels.toSorted((a, b) => {
      const [one, other] = [places.get(a), places.get(b)]
      return (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0)
    })
  }
}
