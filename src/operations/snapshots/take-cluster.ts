import type { ClusterView } from '../../cluster/holding.ts'
import { isBuiltIn } from '../../kubernetes/known-kinds.ts'
import { projectKubernetes } from '../../kubernetes/project.ts'
import { dataMap } from '../../model/data-map.ts'
import { comparePath, compareText } from '../../model/order.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import type { Note } from '../../model/report.ts'
import { sortedNotes } from '../../model/sorted-notes.ts'
import type { Taken } from './taken.ts'

/** How a cluster's objects become state. */
export interface TakeClusterSettings {
  /** Where the tree is put. */
  readonly at: Path
}

/** The tree of a cluster. A list that holds something that cannot be understood is not covered: what is missing there may be just that. */
export function takeCluster(view: ClusterView, { at }: TakeClusterSettings): Taken {
  const { state, masked, applied, unreadable, notes, kindPatterns } = projectKubernetes(view.documents, {
    lists: 'keyed',
  })
  const kinds = new Set(kindPatterns.map((pattern) => pattern.at(-1) ?? ''))
  const doubtful = new Set(unreadable.map(({ file }) => file))
  const below = (pattern: PathPattern): PathPattern => [...at, ...pattern]
  const covers = [...view.covers].filter(([file]) => !doubtful.has(file)).map(([, pattern]) => below(pattern))
  return {
    state: at.reduceRight<Taken['state']>((value, label) => dataMap([[label, value]]), state),
    covers: covers.sort((a, b) => comparePath(a.map(String), b.map(String))),
    refused: view.refused.map(({ path, reason }) => ({ path: below(path), reason })),
    masked: masked.map((path) => [...at, ...path]),
    applied: applied.map((one) => ({ ...one, at: [...at, ...one.at] })),
    notes: sortedNotes([
      // A cluster itself has put each object where it belongs.
      ...notes
        .filter(({ code }) => code !== 'scope-unknown')
        .map(({ code, message, file = '' }) => ({ code, message, file })),
      ...undefinedKinds(view, [...kinds]),
      ...unreadable.map(({ file, message }) => ({ code: 'object-unreadable', message, file })),
    ]),
  }
}

const definition = 'CustomResourceDefinition.apiextensions.k8s.io'

/** Where definitions may not be listed, lists by key of custom kinds stay lists, and constraints on them by key miss everything. */
function undefinedKinds({ refused }: ClusterView, kinds: readonly string[]): readonly Note[] {
  const why = refused.find(({ path }) => path.at(-1) === definition)
  const custom = kinds.filter((name) => !isBuiltIn({ name, version: '' })).sort(compareText)
  if (why === undefined || custom.length === 0) return []
  const named = custom.map((name) => `\`${name}\``).join(', ')
  const what = `nothing tells which lists of ${named} have keys, since definitions are refused`
  const remedy = 'what is said by key of their lists finds nothing: allow `list` of `customresourcedefinitions`'
  return [{ code: 'definitions-refused', message: `${what} (${why.reason}): ${remedy}` }]
}
