import type { LabelOrder } from '../document/label-order.ts'
import { toJson } from '../document/to-json.ts'
import { yamlOfJson } from '../document/yaml-text.ts'
import { objectsInTree } from '../kubernetes/objects-in-tree.ts'
import { isDataObject, type Data, type DataObject } from '../model/data.ts'
import { formatPath, type Path } from '../model/path.ts'
import { sha256 } from '../model/sha256.ts'
import { compareForApplying } from './apply-order.ts'
import { fileLabel } from './file-label.ts'
import { readAgain } from './read-again.ts'
import type { Rendering } from './rendering.ts'

/** What a tree does not say itself. */
export interface TreeContext {
  /** Whether lists with keys are maps in it. */
  readonly lists: 'keyed' | 'plain'
  /** CustomResourceDefinitions beside it, that say more of its kinds. */
  readonly definitions: readonly DataObject[]
  /** Of the labels of its maps, for lists by key; by default as they stand in them. */
  readonly order?: LabelOrder
}

/** Renders a tree of Kubernetes objects: a manifest each, in an order in which they can be applied. */
export function renderKubernetes(state: Data, context: TreeContext): Rendering {
  const { objects, problems } = objectsInTree(state, context.definitions, context.order)
  if (!isDataObject(state) || problems.length > 0) return { files: [], problems, notes: [] }
  const sorted = objects.toSorted((a, b) => compareForApplying(a.path, b.path))
  const names = fileNames(sorted.map(({ path }) => path))
  const beside = Object.keys(state).filter((label) => label !== 'namespaces' && label !== 'cluster')
  return {
    files: sorted.map(({ object }, index) => ({ name: names[index] ?? '', text: yamlOfJson(toJson(object)) })),
    problems: objects.length === 0 ? [nothingThere] : [],
    notes: [
      ...beside.map((label) => ({
        code: 'not-rendered',
        message: `\`${formatPath([label])}\` stands beside \`namespaces\` and \`cluster\`, where Kubernetes has no objects, and is left out`,
      })),
      ...readAgain(state, objects, context),
    ],
  }
}

const nothingThere = {
  path: [],
  problem: 'there is no Kubernetes object in the desired state',
  remedy: 'state some at `namespaces.<namespace>."<Kind.group>".<name>` or `cluster."<Kind.group>".<name>`',
}

/** A name for each path; paths whose names differ in capitals alone get one more mark, since some file systems take them for one. */
function fileNames(paths: readonly Path[]): readonly string[] {
  const names = paths.map((path) => path.map(fileLabel).join('/'))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1)
  return names.map((name, index) => {
    const isAlone = counts.get(name.toLowerCase()) === 1
    return isAlone ? `${name}.yaml` : `${name}~${sha256(JSON.stringify(paths[index])).slice(0, 12)}.yaml`
  })
}
