import type { DataObject } from '../../model/data.ts'
import type { Document } from '../../model/document.ts'
import type { Path } from '../../model/path.ts'
import type { Reported } from './adapter.ts'

/** A document that became a tree of its own, whose places lead back into it alone. */
interface ProjectedDocument {
  readonly document: Document
  readonly state: DataObject
  /** Undefined where the tree has what the document does not say. */
  readonly pointer: (path: Path) => Path | undefined
  readonly masked: readonly Path[]
  readonly objectPaths: readonly Path[]
}

/** What such a document reports. */
export function reportOf({ document, state, pointer, masked, objectPaths }: ProjectedDocument): Reported {
  return {
    state,
    files: [document.file],
    masked,
    objects: objectPaths,
    origin: (path) => {
      const found = pointer(path)
      return found && { document, pointer: found }
    },
  }
}
