import type { Path } from '../model/path.ts'
import type { RenderedFile } from '../model/rendered.ts'
import type { Note } from '../model/report.ts'

/** What a state comes to, written for somebody: files, or why some of it cannot be written. */
export interface Rendering {
  readonly files: readonly RenderedFile[]
  readonly problems: readonly StateProblem[]
  readonly notes: readonly Note[]
}

/** Something in a state for which there is no way to write it, and what to do about it. */
export interface StateProblem {
  readonly path: Path
  readonly problem: string
  readonly remedy: string
}
