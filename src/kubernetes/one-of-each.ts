import type { Unreadable } from '../model/document.ts'
import { comparePath, compareText } from '../model/order.ts'
import type { Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { groupBy } from './group-by.ts'
import type { FormedObject } from './object.ts'
import { objectName } from './place.ts'

/** An object and its place in the tree. */
export interface PlacedObject {
  readonly path: Path
  readonly object: FormedObject
}

/** Objects of which no two share a place, and what became of those that did. */
export interface OneOfEach {
  /** Sorted by path. */
  readonly objects: readonly PlacedObject[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}

/**
 * Settles which object stands where several have one name. Equal ones are one; of different ones none is believed, or
 * the last one if that is asked for. Objects whose names a server makes up are different ones: `web-*`, `web-*#2`.
 */
export function oneOfEach(placed: readonly PlacedObject[], duplicates: 'refuse' | 'last'): OneOfEach {
  const objects: PlacedObject[] = []
  const unreadable: Unreadable[] = []
  const notes: Note[] = []
  const groups = groupBy(placed, ({ path }) => JSON.stringify(path))
  for (const group of groups.values()) {
    const [first, ...others] = group
    if (first === undefined) continue
    if (others.length === 0) objects.push(first)
    else if (group.some(({ object }) => object.manifest.generated)) objects.push(...numbered(group, groups))
    else settle(first, others)
  }
  return { objects: objects.sort((a, b) => comparePath(a.path, b.path)), unreadable, notes }

  function settle(first: PlacedObject, others: readonly PlacedObject[]): void {
    const group = [first, ...others]
    const name = `\`${objectName(first.path)}\``
    const places = group.map(({ object }) => `\`${placeOf(object)}\``)
    const content = first.object.content()
    const last = others.at(-1) ?? first
    if (others.every(({ object }) => object.content() === content)) {
      objects.push(first)
      notes.push({
        code: 'object-repeated',
        message: `${name} stands at ${listed(places)} with equal content and counts once`,
        ...lineOf(last.object),
      })
    } else if (duplicates === 'last') {
      objects.push(last)
      notes.push({
        code: 'object-replaced',
        message: `${name} stands at ${listed(places)} with different content; the last one counts`,
        ...lineOf(last.object),
      })
    } else {
      const { document, pointer } = last.object.manifest.item
      const message = `${name} stands at ${listed(places)} with different content, so that none of them can be believed`
      unreadable.push({ file: document.file, position: document.locate(pointer), message })
    }
  }
}

/** Numbers objects by content, so that the order of documents has no meaning; a number that is a name already is left out. */
function numbered(group: readonly PlacedObject[], taken: ReadonlyMap<string, unknown>): readonly PlacedObject[] {
  const contents = group.map((placed) => ({ placed, content: placed.object.content() }))
  let count = 1
  return contents
    .sort((a, b) => compareText(a.content, b.content))
    .map(({ placed: { path, object } }, index) => {
      if (index === 0) return { path, object }
      let numberedPath = path
      do numberedPath = [...path.slice(0, -1), `${path.at(-1)}#${++count}`]
      while (taken.has(JSON.stringify(numberedPath)))
      return { path: numberedPath, object }
    })
}

function placeOf(object: FormedObject): string {
  const { document, pointer } = object.manifest.item
  return `${document.file}:${document.locate(pointer).line}`
}

function lineOf(object: FormedObject): { readonly file: string; readonly line: number } {
  const { document, pointer } = object.manifest.item
  return { file: document.file, line: document.locate(pointer).line }
}

function listed(places: readonly string[]): string {
  return `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`
}
