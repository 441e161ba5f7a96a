import type { TreeObject } from '../kubernetes/objects-in-tree.ts'
import { projectKubernetes } from '../kubernetes/project.ts'
import type { Data, DataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Document } from '../model/document.ts'
import { formatPath, type Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { differences, inWords } from './differences.ts'

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
  const found = objects.flatMap(({ path }) => {
    const read = valueAt(again.state, path)
    if (read === undefined)
      return [`\`${formatPath(path)}\` is left out of reports, as what another object's controller makes is`]
    return differences(valueAt(state, path) ?? null, read, path)
      .filter((difference) => !hidden.has(JSON.stringify(difference.path)))
      .map((difference) => {
        const at = `\`${formatPath(difference.path, state)}\``
        if (difference.read !== undefined)
          return `${at} is what Kubernetes writes as ${inWords(difference.read)}: write it like that, or a check will report it`
        if (isStringData(difference.path))
          return `${at} is what Kubernetes keeps in \`data\`, in base64: write it like that, or a check will report it`
        return `${at} is as good as absent for Kubernetes: leave it out, or a check will report it`
      })
  })
  const left = found.length - mostTold
  return [
    ...found.slice(0, mostTold),
    ...(left > 0 ? [`${left} more values are other ones when they are read again`] : []),
  ].map((message) => ({ code: 'reads-otherwise', message }))
}

function isStringData(path: Path): boolean {
  return path[2] === 'Secret' && path[4] === 'stringData'
}

function documentOf(data: DataObject, index: number): Document {
  return { file: 'rendered', index, data, locate: () => ({ line: 1, column: 1 }) }
}

function valueAt(data: Data, path: Path): Data | undefined {
  return path.reduce<Data | undefined>(memberOf, data)
}
