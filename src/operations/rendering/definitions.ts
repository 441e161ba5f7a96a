import { readDocuments } from '../../document/read.ts'
import { objectsInTree } from '../../kubernetes/objects-in-tree.ts'
import type { DataObject } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import type { Path } from '../../model/path.ts'
import type { Asked } from './speakers.ts'

const kind = 'CustomResourceDefinition.apiextensions.k8s.io'

/** The CustomResourceDefinitions of a desired state of which only a part is looked at: they say how its kinds are written. */
export async function definitionsBeside(
  path: Path,
  { engine, fragments, limits }: Asked,
): Promise<readonly DataObject[]> {
  if (path.length === 0 || (path[0] === 'cluster' && path.length === 1)) return []
  const asked = { fragments: fragments.fragments, path: ['cluster', kind], want: ['json'] } as const
  const { desired } = await engine.unify(asked, limits)
  if (desired?.json === undefined) return []
  const [document] = readDocuments('desired', new TextEncoder().encode(desired.json), { format: 'json' }).documents
  const tree = dataMap([['cluster', dataMap([[kind, document?.data ?? null]])]])
  return objectsInTree(tree).objects.map(({ object }) => object)
}
