import type { ClusterView } from '../../cluster/holding.ts'
import { projectKubernetes } from '../../kubernetes/project.ts'
import { dataMap } from '../../model/data-map.ts'
import { comparePath } from '../../model/order.ts'
import type { Path, PathPattern } from '../../model/path.ts'
import { sortedNotes } from '../../model/sorted-notes.ts'
import type { Taken } from './taken.ts'

/** How a cluster's objects become state. */
export interface TakeClusterSettings {
  /** Where the tree is put. */
  readonly at: Path
}

/** The tree of a cluster. A list that holds something that cannot be understood is not covered: what is missing there may be just that. */
export function takeCluster(view: ClusterView, { at }: TakeClusterSettings): Taken {
  const { state, masked, applied, unreadable, notes } = projectKubernetes(view.documents, { lists: 'keyed' })
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
      ...unreadable.map(({ file, message }) => ({ code: 'object-unreadable', message, file })),
    ]),
  }
}
