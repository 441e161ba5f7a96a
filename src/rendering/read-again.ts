import { projectKubernetes } from '../kubernetes/project.ts'
import type { TreeObject } from '../kubernetes/objects-in-tree.ts'
import { Decimal, isDataList, isDataObject, type Data, type DataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import { formatPath, type Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Document } from '../model/document.ts'

/** Of more differences than this only the number is told. */
const mostTold = 20

/**
 * What of a tree would be another if its objects came back from a cluster, so that a check would report it although all was
 * applied: a quantity that a server writes otherwise, a member that it drops, an object that reports leave out.
 */
export function readAgain(
  state: DataObject,
  objects: readonly TreeObject[],
  { lists, definitions }: { readonly lists: 'keyed' | 'plain'; readonly definitions: readonly DataObject[] },
): readonly Note[] {
  const documents = [...definitions, ...objects.map(({ object }) => object)].map(documentOf)
  const again = projectKubernetes(documents, { lists, duplicates: 'last' })
  const hidden = new Set(again.masked.map((path) => JSON.stringify(path)))
  const found: string[] = []
  const compare = (path: Path, said: Data, read: Data | undefined): void => {
    if (hidden.has(JSON.stringify(path))) return
    if (read === undefined) {
      found.push(`\`${formatPath(path, state)}\` is as good as absent for Kubernetes: leave it out`)
    } else if (isDataObject(said) && isDataObject(read)) {
      for (const [label, member] of Object.entries(said)) compare([...path, label], member, memberOf(read, label))
    } else if (isDataList(said) && isDataList(read) && said.length === read.length) {
      for (const [index, element] of said.entries()) compare([...path, `${index}`], element, read[index])
    } else if (!isSame(said, read)) {
      found.push(`\`${formatPath(path, state)}\` is what Kubernetes writes as \`${written(read)}\`: write it like that`)
    }
  }
  for (const { path } of objects) {
    const [said, read] = [valueAt(state, path), valueAt(again.state, path)]
    if (read === undefined)
      found.push(`\`${formatPath(path)}\` is left out of reports: another object's controller makes such`)
    else if (said !== undefined) compare(path, said, read)
  }
  const left = found.length - mostTold
  return [
    ...found.slice(0, mostTold),
    ...(left > 0 ? [`${left} more values are other ones when they are read again`] : []),
  ].map((text) => ({ code: 'reads-otherwise', message: left > 0 ? text : `${text}, or a check will report it` }))
}

function documentOf(data: DataObject, index: number): Document {
  return { file: 'rendered', index, data, locate: () => ({ line: 1, column: 1 }) }
}

function valueAt(data: Data, path: Path): Data | undefined {
  return path.reduce<Data | undefined>(memberOf, data)
}

function isSame(a: Data, b: Data): boolean {
  return a instanceof Decimal && b instanceof Decimal ? a.text === b.text : a === b
}

function written(data: Data): string {
  if (data === null || typeof data !== 'object') return String(data)
  if (data instanceof Decimal) return data.text
  return isDataList(data) ? 'a list' : 'a map'
}
